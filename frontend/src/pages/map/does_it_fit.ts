// From a hotspot's panel to its sense-check: does this fit what you know?

import type { Hotspot } from "../../api/answers";
import { h } from "../dom";

const KEPT = ["level", "from", "to"];

/** The place's page among the sense-checks: its units, and the level and the months it was tested over. */
export function checkAddress(page: string, tested: URLSearchParams, units: readonly string[]): string {
  const query = new URLSearchParams(KEPT.flatMap((name) => tested.getAll(name).map((word) => [name, word])));
  for (const unit of units) query.append("unit", unit);
  return `${page}?${query}`;
}

/** Below the buttons of a hotspot's panel, where the reader may check. */
export function offerCheck(
  panel: HTMLElement,
  page: string | undefined,
  tested: URLSearchParams,
  spot: Hotspot | null,
): void {
  if (!page || !spot) return;
  const link = h("a", { href: checkAddress(page, tested, spot.units) }, "Does this fit what you know?");
  panel.querySelector(".panel-buttons")?.after(h("p", { class: "does-it-fit" }, link));
}
