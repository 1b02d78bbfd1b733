// Says so when the line is down, and takes it back when it is up again.
(() => {
  const notice = () => document.getElementById("offline");
  const show = (down) => { if (notice()) notice().hidden = !down; };
  document.addEventListener("htmx:sendError", () => show(true));
  document.addEventListener("htmx:afterOnLoad", () => show(false));
  window.addEventListener("offline", () => show(true));
  window.addEventListener("online", () => show(false));
})();
