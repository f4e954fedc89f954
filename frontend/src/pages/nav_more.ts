// "More" in the header: it closes when somebody goes on elsewhere, and with Escape. On a phone the header scrolls
// sideways: the page one is on stands in sight, and an edge that hides something fades.

export function wakeHeader(): void {
  const bar = document.querySelector<HTMLElement>(".site-nav");
  if (!bar) return;
  const here = bar.querySelector<HTMLElement>(":scope > [aria-current], details[data-here]");
  const tell = () => {
    const left = bar.scrollWidth - bar.clientWidth - bar.scrollLeft;
    bar.toggleAttribute("data-more-before", bar.scrollLeft > 1);
    bar.toggleAttribute("data-more-after", left > 1);
  };
  bar.addEventListener("scroll", tell, { passive: true });
  new ResizeObserver(() => {
    if (here) bar.scrollLeft = here.offsetLeft - (bar.clientWidth - here.offsetWidth) / 2;
    tell();
  }).observe(bar);
}

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
