// A press that takes a while says so, and cannot be pressed again meanwhile. Without scripts the browser shows that it loads.

export function wakeWorking(root: ParentNode = document): void {
  for (const button of root.querySelectorAll<HTMLButtonElement>("button[data-working]")) {
    const form = button.form;
    form?.addEventListener("submit", (event) => {
      if ((event as SubmitEvent).submitter !== button) return;
      const said = form.querySelector<HTMLElement>("[data-working-said]");
      if (said) said.textContent = button.dataset.working ?? "";
      form.setAttribute("aria-busy", "true");
      // after the form is sent: a disabled button sends no value
      setTimeout(() => {
        button.disabled = true;
      });
    });
  }
  // back by the browser's own button: the page may be shown as it was left
  window.addEventListener("pageshow", (event) => {
    if (event.persisted) location.reload();
  });
}
