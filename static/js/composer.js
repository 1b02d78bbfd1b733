// Writing an ask: Enter sends, Shift+Enter breaks the line, and a composition (한글, かな) is never cut off.
(() => {
  const form = document.querySelector("form[data-ask]");
  if (!form) return;
  const text = form.elements.text;
  const count = form.querySelector("[data-count]");
  const limit = Number(text.dataset.limit);
  const inConversation = form.hasAttribute("hx-post");

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

  text.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.shiftKey || !inConversation) return;
    // 229: Safari ends a composition before the Enter that confirmed it arrives.
    if (event.isComposing || event.keyCode === 229) return;
    event.preventDefault();
    if (text.value.trim()) form.requestSubmit();
  });

  if (!inConversation) {
    // The page changes with the answer; a second press meanwhile would be an empty gesture.
    form.addEventListener("submit", () => { form.querySelector("button[type=submit]").disabled = true; });
    window.addEventListener("pageshow", () => { form.querySelector("button[type=submit]").disabled = false; });
    return;
  }

  // What stands at the foot of the talk keeps clear of the composer, however tall the words make it.
  new ResizeObserver(() => document.documentElement.style.setProperty("--composer", `${form.offsetHeight}px`)).observe(form);

  let sent = "";
  form.addEventListener("htmx:beforeRequest", (event) => { if (event.target === form) sent = text.value; });
  form.addEventListener("htmx:afterRequest", (event) => {
    if (event.target !== form || !event.detail.successful || event.detail.xhr.status >= 400) return;
    document.getElementById("ask-error").replaceChildren();
    // What was typed since the sending is the next ask; only what was sent is taken away.
    if (text.value === sent) text.value = "";
    fit();
    text.focus({ preventScroll: true });
  });
})();
