// The service worker shows a page of ours while the line is down. Without it everything works as before.
if (navigator.serviceWorker) {
  window.addEventListener("load", () => navigator.serviceWorker.register("/sw.js").catch(() => {}));
}
