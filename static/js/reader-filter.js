// Names the box that select2 puts in place of the list of readers; its own markup leaves it without a name.
(() => {
  const list = document.getElementById("id_reader");
  const name = list.labels[0].textContent;
  new MutationObserver(() => {
    list.parentElement.querySelectorAll("[role=combobox], [role=textbox]").forEach((box) => {
      box.removeAttribute("aria-labelledby");
      box.setAttribute("aria-label", name);
    });
  }).observe(list.parentElement, { childList: true });
})();
