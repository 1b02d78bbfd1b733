// The operators' desk by keyboard: a key presses the button, follows the link or goes into the field that names it,
// digits answer the first open criterion. Esc leaves a field, Ctrl and Enter submits out of it.
// While the desk is open, it says so every half minute, so that nobody else is given the same reply.
(() => {
  const form = document.querySelector("[data-desk]");
  if (!form) return;
  const RENEW = 30_000;

  const allGood = form.querySelector("[data-all-good]");
  allGood.hidden = false;
  allGood.addEventListener("click", () => {
    for (const criterion of criteria()) {
      if (!criterion.querySelector(":checked")) answer(criterion, best(criterion)); // a "no" that was given stays
    }
  });

  function best(criterion) {
    const choices = [...criterion.querySelectorAll("input[type=radio]")];
    return choices.reduce((one, other) => (Number(other.value) > Number(one.value) ? other : one));
  }

  function isTyping(target) {
    return target.closest("textarea, select, input:not([type=radio], [type=checkbox])");
  }

  const criteria = () => [...form.querySelectorAll("[data-criterion]")];
  const answered = [];

  function answer(criterion, choice) {
    choice.checked = true;
    answered.push(criterion);
    criterion.scrollIntoView({ block: "nearest" }); // who answers by key sees what was answered
    mark();
  }

  // The criterion that the next key answers is the one that stands out.
  function mark() {
    const open = criteria().find((one) => !one.querySelector(":checked"));
    for (const one of criteria()) one.classList.toggle("is-next", one === open);
  }
  form.addEventListener("change", mark);
  mark();

  function takeBack() {
    const last = answered.pop() ?? criteria().findLast((one) => one.querySelector(":checked"));
    const choice = last?.querySelector(":checked");
    if (choice) choice.checked = false;
    mark();
  }

  function inField(event) {
    if (event.key === "Escape") event.target.blur();
    if (event.key !== "Enter" || event.isComposing) return;
    if (event.target.id === "flag") {
      event.preventDefault(); // else the first button of the form would be pressed, which submits
      form.querySelector("button[value=flag]").click();
    } else if (event.ctrlKey || event.metaKey) {
      form.querySelector("button[value=submit]").click();
    }
  }

  // With a Korean or Japanese keyboard on, a key says ㅛ or "Process": where it lies tells which letter it is.
  function keyOf(event) {
    const isLetter = /^Key[A-Z]$/.test(event.code) && !/^[a-z]$/i.test(event.key);
    return isLetter ? event.code.at(-1).toLowerCase() : event.key;
  }

  document.addEventListener("keydown", (event) => {
    if (isTyping(event.target)) return inField(event);
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const key = keyOf(event);
    const named = document.querySelector(`[data-key="${CSS.escape(key)}"]`);
    if (named) {
      if (key === "Enter" && event.target.closest("a, button, summary")) return;
      event.preventDefault();
      if (isTyping(named)) named.focus();
      else named.click();
      // What unfolds is shown, wherever it stands.
      const folded = named.matches("summary") && named.parentElement;
      if (folded) setTimeout(() => folded.scrollIntoView({ block: "nearest" }));
    } else if (key === "u") {
      takeBack();
    } else if (/^[0-9yn]$/.test(key)) {
      const open = criteria().find((one) => !one.querySelector(":checked"));
      const value = { y: "1", n: "0" }[key] ?? key;
      const choice = open?.querySelector(`input[value="${value}"]`);
      if (choice) answer(open, choice);
    }
  });

  // Words that were typed are not lost by a key or a link that leads away.
  let isTyped = false;
  for (const field of form.querySelectorAll("textarea")) field.addEventListener("input", () => (isTyped = true));
  form.addEventListener("submit", () => (isTyped = false));
  window.addEventListener("beforeunload", (event) => {
    if (isTyped) event.preventDefault();
  });

  const address = form.dataset.renew;
  if (address) {
    const token = form.querySelector("[name=csrfmiddlewaretoken]").value;
    setInterval(async () => {
      const answer = await fetch(address, { method: "POST", headers: { "X-CSRFToken": token } }).catch(() => null);
      form.querySelector("[data-lost]").hidden = answer?.status !== 409;
    }, RENEW);
  }
})();
