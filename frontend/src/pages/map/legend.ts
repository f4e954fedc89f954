// Bottom of the map: the legend, always open, with unit and period; and what cannot be shown here.

import type { Choices, Picture } from "../../api/answers";
import { hatch } from "../../charts/hatch";
import { type Shape, shapeSvg } from "../../map/glyphs";
import { STREET_WIDTHS } from "../../map/style_values";
import { withheldCodes } from "../../map/withheld";
import { CORRIDOR_M, routeOf } from "../../state/along";
import { acrossWords } from "../../state/classes";
import { countedNoun, periodShort, sentenceCase, tellings } from "../../state/format";
import { legendClasses, measuredWords, measureShown, untoldWords } from "../../state/measure";
import type { OverlayGroup } from "../../state/overlay";
import type { Level, Measure, View } from "../../state/view";
import { fill, h, s } from "../dom";
import { TESTED_RESOLUTION as TESTED } from "./asker";
import type { Overlaid } from "./overlaid";

const ANCHORS = "Points are those the feed publishes. There is no street layer here.";

const WHERE: Record<Level, string> = {
  district: " in a district",
  ward: " in a ward",
  cell: "",
  street: " on a street",
};

/** `overlaid`: what lies over the counts, for its keys. */
export function showLegend(
  parent: HTMLElement,
  view: View,
  picture: Picture,
  choices: Choices,
  overlaid: Overlaid,
): void {
  const anchored = choices.street_kind === "anchor";
  const where = view.level === "street" && anchored ? " at a published point" : WHERE[view.level];
  const measure = measureShown(view.measure, picture.units);
  const what = measuredWords(
    measure,
    sentenceCase(countedNoun(picture.about.counted)),
    picture.about.denominator,
  );
  const title = `${what}${where} ${periodShort(...picture.about.period)}`;
  const classes = legendClasses(view.level, measure, picture.about);
  const { words } = classes;
  fill(
    parent,
    h("p", { class: "legend-title" }, title),
    view.level === "street" ? streetKey(words, classes.first, anchored) : ramp(words, classes.first),
    h(
      "p",
      { class: "legend-marks" },
      ...marks(view, picture, anchored),
      measure !== "count" && untoldKey(measure, view.level),
      withheldCodes(picture.units).length > 0 && withheldKey(),
      ...(routeOf(view) ? routeKeys() : []),
      ...overKeys(overlaid),
    ),
    measure === "people" && picture.about.people_sentence
      ? h(
          "details",
          { class: "legend-note" },
          h("summary", {}, "How people are counted"),
          h("p", {}, picture.about.people_sentence),
        )
      : null,
    view.level === "street" && anchored && h("p", { class: "legend-note" }, ANCHORS),
  );
}

/** The width of a figure of the ramp, and the air between two words. */
const TICK_PX = 8;
const TICK_AIR_PX = 8;

/** `first` is the class of the first word. The last word may be longer than its colour. */
function ramp(words: readonly string[], first: number): SVGSVGElement {
  const longest = Math.max(...words.slice(0, -1).map((word) => word.length));
  const step = Math.max(37, TICK_PX * longest + (longest > 4 ? TICK_AIR_PX : 0));
  const last = TICK_PX * (words.at(-1)?.length ?? 0);
  return s(
    "svg",
    {
      class: "ramp",
      width: step * (words.length - 1) + Math.max(step, last),
      height: 36,
      role: "img",
      "aria-label": `Classes from ${words.join(", ")}`,
    },
    ...words.flatMap((word, k) => [
      s("rect", { class: `count-${k + first} soft`, x: k * step, y: 0, width: step, height: 13 }),
      s("text", { class: "tick", x: k * step, y: 31 }, word),
    ]),
  );
}

function streetKey(words: readonly string[], first: number, points: boolean): SVGSVGElement {
  const step = 52;
  return s(
    "svg",
    {
      class: "ramp",
      width: step * words.length,
      height: 40,
      role: "img",
      "aria-label": `Classes ${words.join(", ")}`,
    },
    ...words.flatMap((word, k) => [
      points
        ? s("circle", {
            class: `count-${k + first + 1}`,
            cx: k * step + 24,
            cy: 10,
            r: 3 + (k + first - 1) * 1.6,
          })
        : s("line", {
            class: `line-${k + first + 1}`,
            x1: k * step + 6,
            x2: k * step + 44,
            y1: 10,
            y2: 10,
            "stroke-width": STREET_WIDTHS[k + first - 1],
          }),
      s("text", { class: "tick middle", x: k * step + 24, y: 35 }, word),
    ]),
  );
}

function marks(view: View, picture: Picture, anchored: boolean): Node[] {
  if (view.level === "street" && !anchored) {
    const line = s("svg", { width: 40, height: 16, "aria-hidden": true });
    line.append(
      s("line", { class: "hot-street-casing", x1: 8, x2: 32, y1: 8, y2: 8 }),
      s("line", { class: "hot-street", x1: 8, x2: 32, y1: 8, y2: 8 }),
    );
    return [h("span", {}, line, "hot street"), h("span", {}, emptyHot(), "hot, none on it")];
  }
  const box = s(
    "svg",
    { width: 26, height: 18, "aria-hidden": true },
    s("rect", { class: "hotspot-key", x: 2, y: 2, width: 22, height: 14 }),
  );
  return [h("span", {}, box, hotspotWords(view, picture))];
}

/** A street that a hotspot holds and no record lies on. */
function emptyHot(): SVGSVGElement {
  const line = (name: string) => s("line", { class: name, x1: 8, x2: 32, y1: 8, y2: 8 });
  return s(
    "svg",
    { width: 40, height: 16, "aria-hidden": true },
    line("hot-street-casing"),
    line("hot-street empty"),
  );
}

/** The line that the map keeps to, under the streets along it, and the edge of what is counted. */
function routeKeys(): HTMLElement[] {
  const key = (name: string, words: string) =>
    h(
      "span",
      {},
      s(
        "svg",
        { width: 34, height: 14, "aria-hidden": true },
        s("line", { class: name, x1: 2, x2: 32, y1: 7, y2: 7 }),
      ),
      words,
    );
  return [key("route-key", "the route"), key("route-key edge", `${CORRIDOR_M} m from it`)];
}

/** What is tested, where it is not what is drawn; else what a hexagon measures. */
function hotspotWords(view: View, picture: Picture): string {
  const across = `${acrossWords(TESTED)} hexagons`;
  return view.level === "cell" && picture.about.level === `cell:${TESTED}`
    ? `hotspot, of ${across}`
    : `hotspot, tested on ${across}`;
}

const GROUP_KEYS: [OverlayGroup, string, string][] = [
  ["vulnerable", "circle", "vulnerable"],
  ["transport", "square", "transport"],
  ["disruption", "diamond", "notice"],
  ["work", "triangle", "our work"],
  ["guardian", "pentagon", "staffed"],
];

/** The shape of every group drawn, the dotted ring of what is kept coarse, the hatch of silence. */
function overKeys(overlaid: Overlaid): (HTMLElement | false)[] {
  const drawn = new Set(overlaid.shown.map((one) => one.group));
  const groups = GROUP_KEYS.filter(([group]) => drawn.has(group)).map(([, shape, words]) =>
    h("span", { class: "group-key" }, shapeSvg(shape as Shape, 16), words),
  );
  const coarse = overlaid.shown.some((one) => one.coarse && one.area);
  return [...groups, coarse && coarseKey(), (overlaid.silence?.areas.length ?? 0) > 0 && silentKey()];
}

/** The mark of a unit of which nothing can be said: a plain face and a broken edge, as on the map. */
function untoldKey(measure: Measure, level: Level): HTMLElement {
  const box = s(
    "svg",
    { width: 26, height: 18, "aria-hidden": true },
    level === "street"
      ? s("line", { class: "untold-line", x1: 2, x2: 24, y1: 9, y2: 9 })
      : s("rect", { class: "untold-key", x: 3, y: 3, width: 20, height: 12 }),
  );
  return h("span", {}, box, measure === "rate" ? "no population known" : untoldWords(level));
}

/** As on the map: a plain face, a whole edge and a dash. */
function withheldKey(): HTMLElement {
  const box = s(
    "svg",
    { width: 26, height: 18, "aria-hidden": true },
    s("rect", { class: "withheld-key", x: 2, y: 2, width: 22, height: 14 }),
    s("line", { class: "withheld-dash-key", x1: 8, x2: 18, y1: 9, y2: 9 }),
  );
  return h("span", {}, box, "withheld");
}

function coarseKey(): HTMLElement {
  const ring = s(
    "svg",
    { width: 20, height: 20, viewBox: "0 0 20 20", "aria-hidden": true },
    s("circle", { class: "coarse-key", cx: 10, cy: 10, r: 8 }),
  );
  return h("span", { class: "group-key" }, ring, "place kept coarse");
}

function silentKey(): HTMLElement {
  const { defs, url } = hatch();
  const box = s(
    "svg",
    { width: 26, height: 18, "aria-hidden": true },
    defs,
    s("rect", { class: "silent-key", x: 1, y: 1, width: 24, height: 16, fill: url }),
  );
  return h("span", {}, box, "a feed is silent");
}

export function showUnplaced(parent: HTMLElement, picture: Picture): void {
  const { unplaced, why } = picture.about;
  parent.hidden = unplaced === 0 && why.length === 0;
  const reasons = why.map((w) => h("li", {}, w.sentence, w.clause ? ` (clause ${w.clause})` : ""));
  const words =
    unplaced > 0
      ? [h("b", {}, tellings(unplaced, picture.about.counted)), " cannot be shown at this level. "]
      : ["Some records are not shown. "];
  const list = h(
    "ul",
    {},
    ...reasons,
    reasons.length === 0 && h("li", {}, "They have no place as fine as this. They are in the total."),
  );
  fill(parent, h("details", {}, h("summary", {}, ...words, h("span", { class: "why" }, "Why")), list));
}
