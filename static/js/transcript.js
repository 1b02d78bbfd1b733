// The conversation as it grows: follow the end only for a reader who is there, say aloud what changes, end dead polls.
(() => {
  const turns = document.getElementById("turns");
  if (!turns) return;
  const live = document.getElementById("live");
  const toEnd = document.querySelector("[data-to-end]");
  const root = document.documentElement;
  const header = document.querySelector(".desk-head");

  // Where a reader of the newest turn wants to be: at the end, but never past the beginning of that turn, so that a
  // long reply is read from its first line.
  const place = () => {
    const end = root.scrollHeight - window.innerHeight;
    const last = turns.lastElementChild;
    if (!last) return end;
    const top = window.scrollY + last.getBoundingClientRect().top - header.offsetHeight - 24;
    return Math.max(0, Math.min(end, top));
  };
  const more = () => root.scrollHeight - window.scrollY - window.innerHeight > 160;
  const settle = () => window.scrollTo({ top: place() });

  // The first thing to do with a turn takes the focus that would fall to the page with what is taken away.
  const focusOn = (turn) => turn?.querySelector("[data-stop], [data-retry], [data-edit]")?.focus({ preventScroll: true });
  const reached = () => {
    if (document.activeElement === toEnd) focusOn(turns.lastElementChild);
    toEnd.hidden = true;
  };

  let following = true;
  window.addEventListener("scroll", () => {
    following = Math.abs(window.scrollY - place()) < 160;
    if (!more()) reached();
  }, { passive: true });
  toEnd.addEventListener("click", () => {
    window.scrollTo({ top: root.scrollHeight });
    reached();
  });

  // What a thumb down asks would stand under the ask box.
  const show = (part) => part?.closest(".feedback")?.scrollIntoView({ block: "nearest" });
  document.addEventListener("toggle", (event) => { if (event.target.matches(".missed")) show(event.target); }, true);

  const unfinished = "[data-state=queued], [data-state=running]";
  const grow = () => { if (turns.querySelector(unfinished)) turns.classList.add("growing"); };
  grow();
  if (!location.hash || turns.querySelector(unfinished)) settle();

  const status = () => [...turns.querySelectorAll("[data-status]")].at(-1)?.textContent.trim() ?? "";
  let said = status();
  const speak = () => {
    const words = status();
    // The region speaks on change only; every poll would be a chatter.
    if (words && words !== said) { said = words; live.textContent = words; }
  };

  const own = (event) => event.detail.requestConfig && event.detail.requestConfig.verb === "post";
  let held = null;
  document.addEventListener("htmx:beforeSwap", (event) => {
    // A button that is disabled while it sends has lost the focus by now: its post stands for it.
    if (turns.contains(event.target)) held = own(event) || turns.contains(document.activeElement) ? event.target : null;
  });

  document.addEventListener("htmx:afterSettle", (event) => {
    if (!turns.contains(event.target) && event.target !== turns) return;
    if (own(event) && /\/(ask|more)\/$/.test(event.detail.requestConfig.path)) following = true;
    grow();
    if (following) settle();
    if (own(event)) show(document.getElementById(event.target.id));
    if (turns.querySelector("[data-state=running]") && more()) toEnd.hidden = false;
    speak();
    if (held && document.activeElement === document.body) {
      const asked = own(event) && !event.detail.requestConfig.path.endsWith("/stop/");
      focusOn(asked ? turns.lastElementChild : document.getElementById(event.target.id));
    }
    held = null;
  });

  // The answer to an ask brings what this page has not shown: also a turn whose own answer was lost.
  document.addEventListener("htmx:configRequest", (event) => {
    const shown = [...turns.querySelectorAll("[data-turn]")].map((turn) => Number(turn.dataset.turn));
    if (/\/(ask|more)\/$/.test(event.detail.path)) event.detail.parameters.after = Math.max(0, ...shown);
  });

  // A turn that is not there any more would be asked for forever: let the page say what happened.
  document.addEventListener("htmx:responseError", (event) => {
    if (event.detail.xhr.status === 404 && turns.contains(event.target)) location.reload();
  });
})();
