// Nothing typed is lost: each form with data-keep keeps its words in this tab until the server says `asked`, through a
// page that is left, an answer that is lost and a login elsewhere. What was sent is kept with its key, so that the same
// words sent once more stay one turn.
(() => {
  const forms = () => document.querySelectorAll("form[data-keep]");
  if (!forms().length) return;
  const reader = forms()[0].dataset.keep.split(" ")[0];
  sessionStorage.setItem("reader", reader); // for the page that stands while the line is down
  const slot = (form) => `words ${form.dataset.keep}`;
  const fields = (form) => [...form.querySelectorAll("textarea, input[type=text]")];
  const wordsOf = (form) => Object.fromEntries(fields(form).map((field) => [field.name, field.value]));
  const read = (name) => JSON.parse(sessionStorage.getItem(name));
  const drop = (form) => sessionStorage.removeItem(slot(form));
  const keep = (form, key) => {
    if (fields(form).every((field) => field.value === field.defaultValue)) return drop(form);
    try {
      sessionStorage.setItem(slot(form), JSON.stringify({ words: wordsOf(form), key }));
    } catch {
      drop(form); // More than the browser keeps; the box has it still.
    }
  };
  const sayUnsent = (form, unsent) => {
    const notice = form.querySelector("[data-unsent]");
    if (notice) notice.hidden = !unsent;
  };
  // Without crypto.randomUUID, which a page over plain HTTP has not.
  const newKey = () =>
    "10000000-1000-4000-8000-100000000000".replace(/[018]/g, (digit) =>
      (Number(digit) ^ (crypto.getRandomValues(new Uint8Array(1))[0] & (15 >> (Number(digit) / 4)))).toString(16));

  const fill = (form, { words, key }) => {
    for (const field of fields(form)) {
      field.value = words[field.name] ?? field.value;
      field.dispatchEvent(new Event("input", { bubbles: true }));
    }
    if (key) form.elements.key.value = key;
    keep(form, key);
    sayUnsent(form, Boolean(key));
  };
  const restore = (form) => {
    const kept = read(slot(form));
    if (!kept) return;
    // The answer was lost, and not the words.
    if (kept.key && document.querySelector(`[data-key="${kept.key.slice(0, 8)}"]`)) drop(form);
    else fill(form, kept);
  };

  // The words of an edit that was sent and did not arrive: in its form, or where the ask is not here, in the box below.
  const reopen = () => {
    const box = document.querySelector("form.composer[data-keep]");
    if (!box) return;
    const edits = `${slot(box)} edit-`;
    for (const name of Object.keys(sessionStorage).filter((one) => one.startsWith(edits) && read(one).key)) {
      const edit = document.querySelector(`[data-turn="${name.slice(edits.length)}"] [data-edit]`);
      if (edit) edit.click();
      else if (!box.elements.text.value) {
        fill(box, read(name));
        sessionStorage.removeItem(name);
      }
    }
  };

  document.addEventListener("input", (event) => {
    const form = event.target.closest("form[data-keep]");
    if (!form) return;
    sayUnsent(form, false);
    keep(form);
  });

  const sent = new WeakMap();
  document.addEventListener("htmx:beforeRequest", (event) => {
    const form = event.target;
    if (!form.matches("form[data-keep]")) return;
    sent.set(form, JSON.stringify(wordsOf(form)));
    keep(form, form.elements.key.value);
  });
  document.addEventListener("asked", (event) => {
    const form = event.target;
    if (!form.matches("form[data-keep]")) return;
    sayUnsent(form, false);
    // What was typed since the sending is the next ask.
    if (JSON.stringify(wordsOf(form)) === sent.get(form)) drop(form);
    else keep(form);
  });
  document.addEventListener("htmx:responseError", (event) => {
    if (event.target.matches("form[data-keep]")) sayUnsent(event.target, true);
  });
  document.addEventListener("click", (event) => {
    const left = event.target.closest("[data-leave]");
    if (left) drop(left.closest("form"));
  });

  document.addEventListener("htmx:load", (event) => {
    if (event.target.matches("form[data-keep]")) restore(event.target);
  });

  // A guest who has logged in goes on as the reader, as all else that was theirs. Another reader at the same machine gets
  // nothing to see of what was written.
  if (reader !== "guest") {
    for (const name of Object.keys(sessionStorage).filter((one) => one.startsWith("words guest "))) {
      const mine = name.replace("words guest ", `words ${reader} `);
      if (!sessionStorage.getItem(mine)) sessionStorage.setItem(mine, sessionStorage.getItem(name));
    }
  }
  Object.keys(sessionStorage).filter((name) => name.startsWith("words ") && !name.startsWith(`words ${reader} `))
    .forEach((name) => sessionStorage.removeItem(name));
  window.addEventListener("pageshow", (event) => {
    const back = event.persisted || performance.getEntriesByType("navigation")[0]?.type === "back_forward";
    for (const form of forms()) {
      if (back) form.elements.key.value = newKey();
      restore(form);
    }
    if (!event.persisted) reopen();
  });
})();
