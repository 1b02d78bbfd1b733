// What was being written stays at hand while the line is down: words.js keeps it in this tab under the same name, and
// puts it back into its box when the page is there again.
(() => {
  const reader = sessionStorage.getItem("reader");
  const talk = location.pathname.match(/^\/conversations\/(\d+)\//)?.[1];
  const kept = Object.keys(sessionStorage).filter((name) => name.startsWith("words ") && !name.includes(" edit-"));
  const here = reader && `words ${reader} ${talk ? `talk-${talk}` : "new "}`;
  const name = kept.includes(here) ? here : kept[0] ?? here;
  if (name) {
    const box = document.getElementById("words");
    const entry = JSON.parse(sessionStorage.getItem(name)) ?? { words: {} };
    box.value = entry.words.text ?? "";
    box.addEventListener("input", () => {
      const words = { ...entry.words, text: box.value };
      sessionStorage.setItem(name, JSON.stringify({ words })); // without its key: other words are another ask
    });
    document.getElementById("kept").hidden = false;
  }
  document.getElementById("again").addEventListener("click", () => location.reload());
  window.addEventListener("online", () => location.reload());
})();
