// Says when a passkey could not be had; allauth's scripts only write it to the console.
(() => {
  const buttons = () => document.querySelectorAll("[data-passkey]");
  const say = (what) => {
    const status = document.querySelector("[data-passkey-status]");
    if (status) status.textContent = status.dataset[what];
  };
  if (!window.PublicKeyCredential) {
    buttons().forEach((button) => { button.disabled = true; });
    say("missing");
  }
  document.addEventListener("allauth.error", (event) => {
    event.preventDefault();
    say("failed");
  });
})();
