// Every form is sent with the token of this moment: a login in another tab changes it under a page that stands open.
(() => {
  const renew = (form) => {
    const field = form.elements.csrfmiddlewaretoken;
    const fresh = document.cookie.match(/(?:^|; )csrftoken=([^;]+)/)?.[1];
    if (field && fresh) field.value = fresh;
  };
  document.addEventListener("submit", (event) => renew(event.target), true);

  // Where there was none in the cookies any more, a page brings a new one, and the form is sent once more.
  const again = new WeakSet();
  document.addEventListener("htmx:afterRequest", (event) => {
    if (event.detail.successful) again.delete(event.target);
  });
  document.addEventListener("htmx:responseError", async (event) => {
    const form = event.detail.elt;
    if (event.detail.xhr.status !== 403 || !form.elements?.csrfmiddlewaretoken || again.has(form)) return;
    again.add(form);
    const submitter = event.detail.requestConfig.triggeringEvent?.submitter;
    if (await fetch(location.href).catch(() => null)) form.requestSubmit(submitter ?? undefined);
  });
})();
