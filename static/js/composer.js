// Writing an ask: the box grows with the words, what is left to write is counted, what was sent is taken out.
(() => {
  const form = document.querySelector("form[data-ask]");
  if (!form) return;
  const text = form.elements.text;
  const count = form.querySelector("[data-count]");
  const limit = Number(text.dataset.limit);
  const inConversation = form.matches(".composer");

  const fit = () => {
    if (!CSS.supports("field-sizing", "content") && inConversation) {
      text.style.height = "auto";
      text.style.height = `${text.scrollHeight}px`;
    }
    const left = limit - [...text.value].length;
    count.hidden = left > 400;
    count.textContent = left;
    count.classList.toggle("over", left < 0);
  };
  text.addEventListener("input", fit);
  fit();

  form.addEventListener("asked", () => document.getElementById("ask-error").replaceChildren());
  if (!inConversation) return;

  // What stands at the foot of the talk keeps clear of the composer, however tall the words make it.
  new ResizeObserver(() => document.documentElement.style.setProperty("--composer", `${form.offsetHeight}px`)).observe(form);

  let sent = "";
  form.addEventListener("htmx:beforeRequest", (event) => { if (event.target === form) sent = text.value; });
  form.addEventListener("asked", () => {
    // What was typed since the sending is the next ask; only what was sent is taken away.
    if (text.value === sent) text.value = "";
    fit();
    text.focus({ preventScroll: true });
  });
})();
