// Copies the words of a reply. The button is hidden where there is no clipboard to copy to.
(() => {
  if (!navigator.clipboard) return;
  const reveal = (root) => root.querySelectorAll("[data-copy]").forEach((button) => { button.hidden = false; });
  reveal(document);
  document.addEventListener("htmx:afterSettle", () => reveal(document));
  document.addEventListener("click", async (event) => {
    const button = event.target.closest("[data-copy]");
    if (!button) return;
    const reply = button.closest("[data-turn]").querySelector("[data-reply]");
    await navigator.clipboard.writeText(reply.innerText.trim());
    const done = button.querySelector("[data-copied]");
    done.hidden = false;
    setTimeout(() => { done.hidden = true; }, 1600);
  });
})();
