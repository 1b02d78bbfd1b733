// A menu made of details closes like any other: by Escape, or when the reader turns elsewhere.
(() => {
  const menus = () => document.querySelectorAll("details.menu[open]");
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    menus().forEach((menu) => {
      menu.open = false;
      menu.querySelector("summary").focus();
    });
  });
  const leave = (event) => menus().forEach((menu) => { if (!menu.contains(event.target)) menu.open = false; });
  document.addEventListener("click", leave);
  // At the foot of the screen, where the ask box stands, a menu would open out of sight: it opens upwards there.
  document.addEventListener("toggle", (event) => {
    const menu = event.target.closest("details.menu[open]");
    const list = menu && menu.querySelector(".menu-list, .marks-menu");
    if (!list) return;
    menu.classList.remove("above");
    const button = menu.getBoundingClientRect();
    const box = document.querySelector(".composer")?.getBoundingClientRect().top ?? window.innerHeight;
    const floor = box > button.bottom ? box : window.innerHeight;
    const height = list.getBoundingClientRect().height;
    menu.classList.toggle("above", button.bottom + height > floor && button.top > floor - button.bottom);
    list.scrollIntoView({ block: "nearest" });
  }, true);
  // What was chosen is done, but for a list within the menu that answers in its own place.
  document.addEventListener("submit", (event) => menus().forEach((menu) => {
    if (menu.contains(event.target) && !event.target.closest("[data-never]")) menu.open = false;
  }));
  document.addEventListener("focusin", leave);

  document.querySelectorAll("[data-print]").forEach((button) => {
    button.hidden = false;
    button.addEventListener("click", () => {
      menus().forEach((menu) => { menu.open = false; });
      window.print();
    });
  });
})();
