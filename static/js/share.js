// Copies a link. The button is hidden where there is no clipboard to copy to.
(() => {
  if (!navigator.clipboard) return;
  document.querySelectorAll("[data-copy-link]").forEach((button) => {
    button.hidden = false;
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(document.getElementById(button.dataset.copyLink).value);
      const done = button.querySelector("[data-copied]");
      done.hidden = false;
      setTimeout(() => { done.hidden = true; }, 1600);
    });
  });
})();
