// Ticks all works of the page at once, which needs a script; ticking one by one does not.
(() => {
  const form = document.querySelector("[data-many]");
  const all = form && form.querySelector("[data-check-all]");
  if (!all) return;
  const box = all.querySelector("input");
  const ticks = () => [...form.elements.entries.length === undefined ? [form.elements.entries] : form.elements.entries];
  all.hidden = false;
  box.addEventListener("change", () => ticks().forEach((tick) => { tick.checked = box.checked; }));
  document.addEventListener("change", (event) => {
    if (event.target.form === form && event.target.name === "entries") {
      box.checked = ticks().every((tick) => tick.checked);
    }
  });
})();
