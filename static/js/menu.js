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
  document.addEventListener("focusin", leave);
})();
