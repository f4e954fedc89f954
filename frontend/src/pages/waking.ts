// What pages with a map share when they wake: single keys, and words for a page that cannot be drawn.

import { h } from "./dom";

/** Single keys act unless someone is typing. */
export function wakeKeys(acts: Record<string, () => void>): void {
  document.addEventListener("keydown", (event) => {
    const typing =
      event.target instanceof HTMLElement &&
      event.target.closest("input:not([type=checkbox]), select, textarea");
    const plain = !event.ctrlKey && !event.metaKey && !event.altKey;
    if (plain && !typing) acts[event.key.toLowerCase()]?.();
  });
}

export function sayBroken(app: HTMLElement, error: unknown): void {
  const words = error instanceof Error ? error.message : "The page could not be drawn.";
  app.prepend(h("p", { class: "panel error", role: "alert" }, words));
}
