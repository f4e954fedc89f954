// Who sees it: a bar an agency, in ink, because agencies have names and an order, never colours.

import type { CodedCount } from "../api/answers";
import { h, s } from "../pages/dom";
import { number } from "../state/format";

const WIDTH = 108;
/** A longer reason is given in full among the gaps; here it would be a column of words. */
const LONGEST = 32;

export function agencyBars(agencies: readonly CodedCount[]): HTMLElement {
  const most = Math.max(1, ...agencies.map((a) => a.count ?? 0));
  const order = [...agencies].sort((a, b) => (b.count ?? -1) - (a.count ?? -1));
  return h("dl", { class: "agency-bars" }, ...order.map((a) => row(a, most)));
}

function row(agency: CodedCount, most: number): HTMLElement {
  const name = h("dt", {}, agency.name);
  if (agency.count === null) {
    return h("div", { class: "is-quiet" }, name, h("dd", {}, shortReason(agency.why)));
  }
  if (agency.count === 0)
    return h("div", { class: "is-quiet" }, name, h("dd", {}, agency.why || "nothing here"));
  const wide = Math.max(2, (agency.count / most) * WIDTH);
  const bar = s(
    "svg",
    { width: wide, height: 12, "aria-hidden": true },
    s("rect", { width: wide, height: 12 }),
  );
  return h("div", {}, name, h("dd", {}, bar, h("b", {}, number(agency.count))));
}

function shortReason(why: string | null | undefined): string {
  if (!why) return "withheld";
  return why.length > LONGEST ? "not shown here" : why;
}
