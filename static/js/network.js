// Says so when the line is down, and takes it back when it is up again.
(() => {
  const notice = () => document.getElementById("offline");
  const show = (down) => { if (notice()) notice().hidden = !down; };
  document.addEventListener("htmx:sendError", () => show(true));
  // 502 to 504: it came through, but there is nobody behind.
  document.addEventListener("htmx:afterOnLoad", (event) => show(event.detail.xhr.status > 501));
  window.addEventListener("offline", () => show(true));
  window.addEventListener("online", () => show(false));
})();
