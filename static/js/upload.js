// Tells of a file that is too large before it is sent: the server hangs up on it unread, and could say nothing.
(() => {
  document.addEventListener("change", ({ target }) => {
    if (!target.matches("input[type=file][data-max-bytes]")) return;
    const [file] = target.files;
    target.setCustomValidity(file && file.size > Number(target.dataset.maxBytes) ? target.dataset.tooLarge : "");
    target.reportValidity();
  });
})();
