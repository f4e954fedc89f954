// The evidence panel: name, verdict, trend, who sees it, around, gaps, two buttons. Always that order.

import type { Around, Break, Evidence, Why } from "../../api/answers";
import { agencyBars } from "../../charts/agency_bars";
import { trend } from "../../charts/trend";
import { symbolSvg } from "../../map/glyphs";
import { countedNoun, distances, rate, sentenceCase, tellings } from "../../state/format";
import type { Counted } from "../../state/view";
import { fill, h } from "../dom";
import { traceOf } from "../trace";

export interface PanelButtons {
  primary: { words: string; press: () => void } | null;
  second: { words: string; press: () => void } | null;
  close: () => void;
}

export interface Told {
  letter: string | null;
  period: [string, string];
  /** What stands behind a hotspot, a sentence each; nothing of a place that is none. */
  behind: readonly string[];
  /** The place in two periods, where a second one is asked for. */
  compared: HTMLElement | null;
}

export function showEvidence(parent: HTMLElement, e: Evidence, told: Told, buttons: PanelButtons): void {
  fill(
    parent,
    heading(e.title, e.subtitle, told.letter),
    section(null, verdict(e), tested(e), traceOf(...(e.trace ?? []).map((trace) => ({ trace })))),
    told.compared,
    told.behind.length > 0 && section("Who stands behind it", sentences(told.behind)),
    series(e.months, e.counted, told.period),
    section("Who sees it", agencyBars(e.agencies)),
    h("section", { class: "around-place" }, h("h3", {}, "Around it"), ...e.around.map(aroundRow)),
    h(
      "section",
      { class: "gaps-place", hidden: e.cannot_show.length === 0 },
      h("h3", {}, "Gaps"),
      gaps(e.cannot_show),
    ),
    h(
      "div",
      { class: "panel-buttons" },
      buttons.primary &&
        h(
          "button",
          { type: "button", class: "button", onclick: buttons.primary.press },
          buttons.primary.words,
        ),
      buttons.second &&
        h(
          "button",
          { type: "button", class: "button secondary", onclick: buttons.second.press },
          buttons.second.words,
        ),
      h("button", { type: "button", class: "button secondary", onclick: buttons.close }, "Close"),
    ),
  );
}

export function heading(title: string, subtitle: string, letter: string | null): HTMLElement {
  const words = h(
    "div",
    {},
    h("h2", { class: "place-name", tabindex: -1 }, title),
    h("p", { class: "hint" }, subtitle),
  );
  return h(
    "header",
    { class: "place" },
    letter && h("span", { class: "plate s36", "aria-hidden": "true" }, letter),
    words,
  );
}

export function section(title: string | null, ...children: (Node | string | null | false)[]): HTMLElement {
  return h("section", {}, title && h("h3", {}, title), ...children);
}

/** The months as a chart, and under it every change of definition that falls in them. */
export function series(months: Evidence["months"], of: Counted, period: [string, string]): HTMLElement {
  return section(
    sentenceCase(`${countedNoun(of)} a month`),
    months.month.length > 1 && trend(months, of, ...period),
    months.expected_note !== undefined && h("p", { class: "hint" }, months.expected_note),
    breakList(months.breaks ?? []),
  );
}

function breakList(breaks: readonly Break[]): HTMLElement | null {
  if (breaks.length === 0) return null;
  return h("ul", { class: "definition-breaks" }, ...breaks.map((one) => h("li", {}, one.sentence)));
}

function verdict(e: Evidence): HTMLElement {
  const n =
    e.count === null ? h("span", { class: "withheld" }, "Count withheld.") : tellings(e.count, e.counted);
  const per = e.rate !== null && e.denominator ? `, ${rate(e.rate)} per 1,000 ${e.denominator}` : "";
  const first = e.test?.sentence ? h("b", {}, `${e.test.sentence} `) : null;
  const rest = [e.test?.detail, e.test?.uncertainty].filter(Boolean).join(" ");
  return h(
    "div",
    { class: "verdict" },
    first && h("p", {}, first),
    rest && h("p", { class: "verdict-rest" }, rest),
    h("p", { class: "count-line" }, n, per ? `${per}.` : ".", e.harm ? ` ${e.harm}` : ""),
  );
}

function sentences(told: readonly string[]): HTMLElement {
  return h("ul", { class: "behind" }, ...told.map((one) => h("li", {}, one)));
}

/** The test's own figures, for those who want them. */
function tested({ test }: Evidence): HTMLElement | null {
  if (!test) return null;
  const rows: [string, number | null | undefined][] = [
    ["z", test.z],
    ["p, exact, upper tail", test.p],
    ["q, over every place tested", test.q],
  ];
  const list = rows.flatMap(([name, value]) =>
    value === null || value === undefined ? [] : [h("dt", {}, name), h("dd", {}, figure(value))],
  );
  if (list.length === 0) return null;
  return h(
    "details",
    { class: "trace" },
    h("summary", {}, "The test's own figures"),
    h("dl", { class: "figures" }, ...list),
  );
}

function figure(value: number): string {
  if (Number.isInteger(value)) return String(value);
  return Math.abs(value) < 0.001 ? value.toExponential(1) : value.toFixed(Math.abs(value) < 0.1 ? 4 : 2);
}

function aroundRow(a: Around): HTMLElement {
  const words = a.n > 1 ? `${a.label}, ${a.n}` : a.label;
  const right = a.kept === "area" ? (a.sentence ?? "place not shown") : distances(a.distances_m);
  return h(
    "p",
    { class: "around" },
    symbolSvg(a.class, 20),
    h("span", {}, words, a.kept === "point" && a.sentence ? h("small", {}, ` ${a.sentence}`) : null),
    h("span", { class: "n" }, right),
  );
}

export function gaps(rows: readonly (string | Why)[]): HTMLElement {
  const words = (row: string | Why) =>
    typeof row === "string" ? row : [row.sentence, row.clause ? `Clause ${row.clause}.` : ""].join(" ");
  return h("ul", { class: "gaps" }, ...rows.map((row) => h("li", {}, words(row))));
}

export function showWaiting(parent: HTMLElement, title: string, letter: string | null): void {
  fill(parent, heading(title, "", letter), h("p", { class: "hint" }, "Counting…"));
}
