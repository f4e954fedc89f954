// "More" in the header: it closes when somebody goes on elsewhere, and with Escape.

export function wakeMore(): void {
  const more = document.querySelector<HTMLDetailsElement>("details.nav-more");
  if (!more) return;
  document.addEventListener("click", (event) => {
    if (!(event.target instanceof Node && more.contains(event.target))) more.open = false;
  });
  more.addEventListener("focusout", (event) => {
    if (event.relatedTarget instanceof Node && !more.contains(event.relatedTarget)) more.open = false;
  });
  more.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !more.open) return;
    event.stopPropagation();
    more.open = false;
    more.querySelector("summary")?.focus();
  });
}
