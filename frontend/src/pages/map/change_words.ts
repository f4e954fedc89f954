// The two periods in the panel and in the legend: in words first, then the places that changed.

import type { Change } from "../../api/change";
import {
  changeClass,
  changeSentences,
  type Place,
  placesOf,
  STRENGTH_WORDS,
  stateWords,
  tallyOf,
  tallyWords,
} from "../../state/change";
import { spanWords } from "../../state/compare";
import { countedNoun, number, sentenceCase } from "../../state/format";
import { fill, h, s } from "../dom";
import { traceOf } from "../trace";
import { section } from "./evidence";

const FEW = 8;

export function spansOf({ about }: Change): [string, string] {
  const [earlier, later] = [about.earlier, about.later].map(([from, to]) => spanWords({ from, to }));
  return [earlier ?? "", later ?? ""];
}

/** What changed over all: a sentence, the places that did, and what was left out of both. */
export function changeOverview(change: Change, choose: (code: string) => void): HTMLElement {
  const [earlier, later] = spansOf(change);
  const { totals, counted, not_compared: out, sentence } = change.about;
  const whole = `${number(totals[0])} and ${number(totals[1])} ${countedNoun(counted)} in all.`;
  const places = placesOf(change).filter((p) => p.strength !== null && p.strength !== 0);
  return section(
    `${later} against ${earlier}`,
    h("p", { class: "verdict" }, h("b", {}, tallyWords(tallyOf(change))), ` ${whole}`),
    places.length > 0 && h("ul", { class: "changed" }, ...strongest(places).map((p) => row(p, choose))),
    out.length > 0 && leftOut(out),
    h("p", { class: "hint" }, sentence),
    traceOf(change.about),
  );
}

function strongest(places: Place[]): Place[] {
  const apart = (p: Place) => Math.abs(p.comparedLater - p.comparedEarlier);
  return [...places].sort((a, b) => apart(b) - apart(a)).slice(0, FEW);
}

function row(place: Place, choose: (code: string) => void): HTMLElement {
  const press = {
    type: "button",
    class: "link",
    "data-key": `changed-${place.code}`,
    onclick: () => choose(place.code),
  };
  return h(
    "li",
    {},
    key(changeClass(place.strength)),
    h("span", {}, h("button", press, place.name), `: ${stateWords(place.strength)}`),
    h("span", { class: "n" }, `${number(place.earlier)} → ${number(place.later)}`),
  );
}

/** Left out of both periods, a sentence for each feed and reason. */
function leftOut(sentences: readonly string[]): HTMLElement {
  const words = `Left out of both periods, because it cannot be compared (${sentences.length})`;
  return h(
    "details",
    { class: "left-out", open: sentences.length <= 2 },
    h("summary", {}, words),
    h("ul", { class: "gaps" }, ...sentences.map((one) => h("li", {}, one))),
  );
}

/** One place: how many then and now, and whether that can be told from chance. */
export function changeOfPlace(change: Change, code: string): HTMLElement {
  const place = placesOf(change).find((p) => p.code === code);
  const [earlier, later] = spansOf(change);
  const [lead, ...rest] = place
    ? changeSentences(place, change.about.counted)
    : [`No ${countedNoun(change.about.counted)} here in either period. That is a nought, not a silence.`];
  return section(
    `${later} against ${earlier}`,
    h("p", { class: "verdict" }, h("b", {}, lead ?? ""), ` ${rest.join(" ")}`),
    traceOf(change.about),
  );
}

export function showChangeLegend(parent: HTMLElement, change: Change): void {
  const [earlier, later] = spansOf(change);
  const noun = sentenceCase(countedNoun(change.about.counted));
  const order = [-3, -2, -1, 0, 1, 2, 3];
  const step = 42;
  const ramp = s(
    "svg",
    {
      class: "ramp",
      width: step * 7 + 8,
      height: 36,
      role: "img",
      "aria-label": `From ${STRENGTH_WORDS.join(", ")}`,
    },
    ...order.map((strength, k) =>
      s("rect", { class: `change-${strength + 4}`, x: k * step, y: 0, width: step, height: 13 }),
    ),
    s("text", { class: "tick", x: 0, y: 31 }, "− halved or less"),
    s("text", { class: "tick middle", x: step * 3.3, y: 31 }, "cannot tell"),
    s("text", { class: "tick end", x: step * 7, y: 31 }, "+ doubled or more"),
  );
  fill(
    parent,
    h("p", { class: "legend-title" }, `${noun}: ${later} against ${earlier}`),
    ramp,
    h("p", { class: "legend-marks" }, h("span", {}, key(changeClass(null)), "cannot be compared")),
  );
}

/** The colour of a class as a small square; a hatch for what cannot be compared. */
export function key(its: number): SVGSVGElement {
  const box = {
    class: its === changeClass(null) ? "change-none" : `change-${its - 100}`,
    x: 1,
    y: 1,
    width: 20,
    height: 12,
  };
  const lines =
    its === changeClass(null)
      ? [3, 9, 15].map((x) => s("path", { class: "hatch-line", d: `M${x} 13l6-12` }))
      : [];
  return s(
    "svg",
    { class: "change-key", width: 22, height: 14, "aria-hidden": true },
    s("rect", box),
    ...lines,
  );
}
