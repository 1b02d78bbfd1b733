// Tells the time zone of the browser, by a cookie, to whom makes an account or sets its clock: days begin at midnight there.
(() => {
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const secure = location.protocol === "https:" ? ";secure" : "";
  if (/^[\w+\-/]{1,40}$/.test(zone)) document.cookie = `zone=${zone};path=/;max-age=86400;samesite=lax${secure}`;
})();
