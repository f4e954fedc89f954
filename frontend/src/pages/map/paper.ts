// On paper: the map as wide as the page, its legend under it, then its table.

import type { Frame } from "./layout";

/** The width of an A4 page between its margins, CSS px. */
const PAPER_PX = 700;

/** The stage keeps the size it was drawn in, made smaller where the page is narrower: letters stay on their places. */
export function wakePaper(frame: Frame, fillTable: () => unknown): void {
  const { style } = frame.holder;
  const printed = ["position", "width", "height", "zoom"];
  window.addEventListener("beforeprint", () => {
    fillTable();
    const { clientWidth, clientHeight } = frame.holder;
    style.position = "relative";
    style.width = `${clientWidth}px`;
    style.height = `${clientHeight}px`;
    style.setProperty("zoom", String(Math.min(1, PAPER_PX / Math.max(1, clientWidth))));
  });
  window.addEventListener("afterprint", () => {
    for (const name of printed) style.removeProperty(name);
  });
}
