// On a narrow screen the menu scrolls by itself: the page that one is on is brought into sight.

const AIR_PX = 12;

export function showHere(): void {
  const menu = document.querySelector<HTMLElement>(".site-nav");
  const here = menu?.querySelector<HTMLElement>("[aria-current], [data-here]");
  if (menu && here && menu.scrollWidth > menu.clientWidth) menu.scrollLeft = here.offsetLeft - AIR_PX;
}
