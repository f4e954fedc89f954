// Question 10: which hotspots have nothing in place, and which notices have no concern around them. Both ways.

import type { Gaps } from "../../api/answers";
import { markName, symbolSvg } from "../../map/glyphs";
import { counted, dayWords, sentenceCase } from "../../state/format";
import { STATE_WORDS } from "../../state/overlay";
import { WALKS, type Walk } from "../../state/view";
import { fill, h, keepFocus } from "../dom";
import { traceOf } from "../trace";

const MOST = 12;
const NOTICES: Record<string, string> = {
  cawn: "Warning notice",
  closure: "Closure",
  cpn: "Community protection",
  pspo: "Public spaces order",
  dispersal: "Dispersal zone",
  hotel: "Hotel notice",
};

export interface GapsParts {
  gaps: Gaps;
  walk: Walk;
  setWalk(minutes: Walk): void;
  /** By the letter of a hotspot. */
  hotspot(letter: string): void;
  /** By the street, hexagon or ward that a notice may be told by. */
  place(code: string): void;
}

export function showGaps(parent: HTMLElement, parts: GapsParts): void {
  const { gaps } = parts;
  const bare = gaps.hotspots.filter((one) => one.gap);
  const somewhere = bare.filter((one) => one.by_ward > 0).length;
  const idle = gaps.notices.filter((one) => one.gap);
  keepFocus(parent, () =>
    fill(
      parent,
      h(
        "p",
        {},
        h(
          "b",
          {},
          `${bare.length} of ${counted(gaps.hotspots.length, "hotspot")} ${bare.length === 1 ? "has" : "have"} no notice in force near. `,
        ),
        somewhere > 0 && `In the ward of ${somewhere} one is in force that is told only as somewhere in it. `,
        `${idle.length} of ${counted(gaps.notices.length, "notice")} in force ${idle.length === 1 ? "has" : "have"} no concern around.`,
      ),
      walkSwitch(parts),
      list(
        "Hotspots with nothing in place",
        bare.length,
        bare.slice(0, MOST).map((one) => hotspotRow(one, parts)),
      ),
      list(
        "Notices with no concern around",
        idle.length,
        idle.slice(0, MOST).map((one) => noticeRow(one, parts)),
      ),
      inPlace(gaps, parts),
      h(
        "p",
        { class: "hint" },
        "Both are questions to ask, not faults found: other work may be in hand, and a notice may have done its work.",
      ),
      traceOf(gaps.about),
    ),
  );
}

function walkSwitch({ walk, setWalk }: GapsParts): HTMLElement {
  const button = (minutes: Walk) =>
    h(
      "button",
      {
        type: "button",
        "data-key": `gaps-${minutes}`,
        "aria-pressed": String(walk === minutes),
        onclick: () => setWalk(minutes),
      },
      `${minutes} min`,
    );
  return h(
    "div",
    { class: "ring-switch" },
    h("span", { id: "gaps-walk" }, "Within a walk of"),
    h("div", { class: "segmented", role: "group", "aria-labelledby": "gaps-walk" }, ...WALKS.map(button)),
  );
}

function list(title: string, all: number, rows: HTMLElement[]): HTMLElement {
  if (all === 0) return h("p", { class: "hint" }, `${title}: none.`);
  const rest = all - rows.length;
  return h(
    "div",
    {},
    h("h4", {}, `${title}, ${all}`),
    h("ul", { class: "gap-list" }, ...rows),
    rest > 0 && h("p", { class: "hint" }, `And ${rest} more.`),
  );
}

function hotspotRow(one: Gaps["hotspots"][number], { hotspot }: GapsParts): HTMLElement {
  const where = [one.ward, one.district].filter(Boolean).join(", ");
  const past = one.ended > 0 ? `${counted(one.ended, "notice")} ended` : "none there before";
  return h(
    "li",
    {},
    h(
      "button",
      { type: "button", class: "spot", "data-key": `gap-${one.letter}`, onclick: () => hotspot(one.letter) },
      h("span", { class: "plate s28", "aria-hidden": "true" }, one.letter),
      h("span", { class: "spot-words" }, h("b", {}, one.name), h("small", {}, where)),
      h("span", { class: "n" }, past),
    ),
  );
}

function noticeRow(one: Gaps["notices"][number], { place }: GapsParts): HTMLElement {
  const until = one.ends ? `ends ${dayWords(one.ends)}` : STATE_WORDS[one.state];
  const where = one.kept === "point" ? one.ward : `somewhere in ${one.ward}`;
  return h(
    "li",
    {},
    h(
      "button",
      {
        type: "button",
        class: "spot",
        "data-key": `idle-${one.place}-${one.kind}`,
        onclick: () => place(one.place),
      },
      symbolSvg(markName(one.kind, true), 24, one.state),
      h("span", { class: "spot-words" }, h("b", {}, NOTICES[one.kind] ?? one.kind), h("small", {}, where)),
      h("span", { class: "n" }, sentenceCase(until)),
    ),
  );
}

/** Every hotspot with what is in force around it, for whoever asks about one that is no gap. */
function inPlace({ hotspots }: Gaps, { hotspot }: GapsParts): HTMLElement | null {
  if (hotspots.length === 0) return null;
  const row = (one: Gaps["hotspots"][number]) =>
    h(
      "tr",
      {},
      h(
        "th",
        { scope: "row" },
        h(
          "button",
          {
            type: "button",
            class: "link",
            "data-key": `all-${one.letter}`,
            onclick: () => hotspot(one.letter),
          },
          `${one.letter} ${one.name}`,
        ),
      ),
      h("td", { class: "num" }, `${one.in_place}`),
      h("td", { class: "num" }, `${one.ends_soon}`),
      h("td", { class: "num" }, `${one.ended}`),
      h("td", { class: "num" }, `${one.by_ward}`),
    );
  return h(
    "details",
    {},
    h("summary", {}, "Every hotspot and its notices"),
    h(
      "table",
      { class: "table compact" },
      h("caption", { class: "visually-hidden" }, "Notices around every hotspot"),
      h(
        "thead",
        {},
        h(
          "tr",
          {},
          ...["Hotspot", "In force", "End soon", "Ended", "Somewhere in its ward"].map((w) =>
            h("th", { scope: "col" }, w),
          ),
        ),
      ),
      h("tbody", {}, ...hotspots.map(row)),
    ),
  );
}
