// One press of Enter sends, once and whole; Shift+Enter breaks the line.
//
// While Hangul is composed, a press is told differently by each platform: a keydown (229) before the composition ends,
// or after it (Safari), with a second keydown (13) behind it (macOS) or with a line break of its own (Windows), or with
// neither. Whichever comes first, the words are sent when the composition has ended, and what else the press brings does
// nothing. In kana and pinyin the Enter that ends a composition chooses what is written: nothing is sent then.
(() => {
  const form = document.querySelector("form[data-enter]");
  if (!form) return;
  const text = form.elements.text;
  const isHangul = (letters) => /^\p{Script=Hangul}+$/u.test(letters);

  let composed = ""; // the letters of the composition, or of the last one
  let composing = false;
  let waiting = false; // for the end of the composition, to send
  let timer = 0;
  let press = null; // the press of Enter that is going on: whether it has sent, or chose what is written
  let underway = null; // the words that have been sent and are not answered

  const send = () => {
    clearTimeout(timer);
    timer = 0;
    waiting = false;
    if (press) press.sent = true;
    if (text.value.trim() && text.value !== underway) form.requestSubmit();
  };

  text.addEventListener("compositionstart", () => {
    composing = true;
    composed = "";
  });
  text.addEventListener("compositionupdate", (event) => { composed = event.data; });
  text.addEventListener("compositionend", (event) => {
    composing = false;
    composed = event.data;
    // A turn later, as some browsers put the last letters in only now.
    if (waiting && isHangul(composed)) timer = setTimeout(send);
    waiting = false;
  });

  text.addEventListener("keydown", (event) => {
    const isEnter = event.key === "Enter" || event.code === "Enter" || event.code === "NumpadEnter";
    if (!isEnter || event.shiftKey) {
      press = null;
      waiting = false;
      return;
    }
    // Where nobody told that the key went up, time does.
    if (!press || (event.timeStamp - press.begun > 1000 && !event.repeat)) {
      press = { begun: event.timeStamp, sent: false, chose: false };
    }
    if (composing || event.isComposing || event.keyCode === 229) {
      press.chose ||= !isHangul(composed);
      waiting = !press.chose;
      if (composing || event.isComposing || press.chose) return;
    }
    event.preventDefault();
    if (!event.repeat && !press.sent && !press.chose) send();
  });
  text.addEventListener("keyup", (event) => {
    if (event.key === "Enter" || event.code === "Enter" || event.code === "NumpadEnter") press = null;
  });
  text.addEventListener("pointerdown", () => { waiting = false; });
  text.addEventListener("blur", () => { press = null; });
  // Written on: the press is over, though nobody told that the key is up.
  text.addEventListener("input", () => { if (press?.sent) press = null; });
  text.addEventListener("beforeinput", (event) => {
    if (press && ["insertLineBreak", "insertParagraph"].includes(event.inputType)) event.preventDefault();
  });

  form.addEventListener("htmx:beforeRequest", (event) => { if (event.target === form) underway = text.value; });
  form.addEventListener("htmx:afterRequest", (event) => {
    // Where it led to another page, that page comes yet.
    if (event.target === form && (form.matches(".composer") || !event.detail.successful)) underway = null;
  });
  window.addEventListener("pageshow", () => { underway = null; });
})();
