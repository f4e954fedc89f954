// What is counted a month as a line, with the band that was expected, silence hatched, breaks named.

import type { Evidence } from "../api/answers";
import { s } from "../pages/dom";
import { breakPlace } from "../state/breaks";
import {
  countedNoun,
  dayShort,
  monthLong,
  monthShort,
  number,
  sentenceCase,
  silentWords,
  tellings,
} from "../state/format";
import type { Counted } from "../state/view";
import { hatch } from "./hatch";

const [WIDTH, HEIGHT, LEFT, TOP, RIGHT] = [360, 106, 42, 10, 90];

export function trend(months: Evidence["months"], of: Counted, from: string, to: string): SVGSVGElement {
  const n = months.month.length;
  const counts = months.count.map((c) => c ?? 0);
  const top = niceTop(Math.max(4, ...counts, ...(months.expected_high ?? [])));
  const x = (k: number) => LEFT + (k * (WIDTH - LEFT - RIGHT)) / Math.max(1, n - 1);
  const y = (v: number) => TOP + (HEIGHT - TOP) * (1 - v / top);
  const { defs, url } = hatch();
  const last = n - 1;
  const line = counts.map((v, k) => `${k ? "L" : "M"}${x(k).toFixed(1)} ${y(v).toFixed(1)}`).join("");
  const total = counts.reduce((a, b) => a + b, 0);
  const title = `${sentenceCase(countedNoun(of))} a month, ${monthLong(months.month[0] ?? "")} to ${monthLong(months.month[last] ?? "")}: ${total} in all, ${counts[last] ?? 0} in the last month.`;
  return s(
    "svg",
    { class: "trend", viewBox: `0 0 ${WIDTH} ${HEIGHT + 22}`, role: "img", "aria-label": title },
    defs,
    ...[0, top / 2, top].flatMap((v) => [
      s("line", { class: "grid-line", x1: LEFT, x2: WIDTH - RIGHT, y1: y(v), y2: y(v) }),
      s("text", { class: "tick end", x: LEFT - 6, y: y(v) + 5 }, short(v)),
    ]),
    band(months, x, y),
    period(months.month, from, to, x),
    ...silences(months, url, x),
    s("path", { class: "trend-line", d: line }),
    s("circle", { class: "trend-end", cx: x(last), cy: y(counts[last] ?? 0), r: 4.5 }),
    s(
      "text",
      { class: "trend-words", x: x(last) + 9, y: Math.max(15, y(counts[last] ?? 0) + 5) },
      endWords(counts[last] ?? 0, of),
    ),
    bandWords(months, last, y, counts[last] ?? 0),
    ...breakLines(months, x),
    s("text", { class: "tick", x: LEFT, y: HEIGHT + 18 }, monthShort(months.month[0] ?? "")),
    s("text", { class: "tick end", x: WIDTH - RIGHT, y: HEIGHT + 18 }, monthShort(months.month[last] ?? "")),
  );
}

function short(n: number): string {
  return n >= 10000 ? `${n / 1000}k` : number(n);
}

function endWords(n: number, of: Counted): string {
  return n < 100 && of === "records" ? tellings(n, of) : number(n);
}

function niceTop(most: number): number {
  const power = 10 ** Math.floor(Math.log10(most));
  const step = [1, 2, 4, 6, 8, 10].find((k) => k * power >= most) ?? 10;
  return step * power;
}

type Scale = (v: number) => number;

function band(
  { expected_low: low, expected_high: high }: Evidence["months"],
  x: Scale,
  y: Scale,
): SVGElement | null {
  if (!low || !high) return null;
  const over = high.map((v, k) => `${k ? "L" : "M"}${x(k)} ${y(v)}`);
  const under = low.map((v, k) => `L${x(k)} ${y(v)}`).reverse();
  return s("path", { class: "expected-band", d: `${over.join("")}${under.join("")}Z` });
}

function bandWords(months: Evidence["months"], last: number, y: Scale, end: number): SVGElement | null {
  const [low, high] = [months.expected_low?.[last], months.expected_high?.[last]];
  if (low === undefined || high === undefined) return null;
  const middle = y((low + high) / 2) + 12;
  const at = Math.min(HEIGHT - 2, y(end) > middle - 34 && y(end) < middle + 4 ? y(end) - 14 : middle);
  const words = [`${Math.round(low)} to ${Math.round(high)}`, "expected"];
  const x = WIDTH - RIGHT + 9;
  return s("g", {}, ...words.map((w, k) => s("text", { class: "tick", x, y: at - 16 * k }, w)));
}

/** A thin line under the months of the period in force. */
function period(months: string[], from: string, to: string, x: Scale): SVGElement | null {
  const first = months.findIndex((m) => `${m}-31` >= from);
  const after = months.findIndex((m) => `${m}-01` >= to);
  const last = after < 0 ? months.length - 1 : after - 1;
  if (first < 0 || last < first) return null;
  return s("line", { class: "trend-period", x1: x(first), x2: x(last), y1: HEIGHT + 1.5, y2: HEIGHT + 1.5 });
}

function silences(months: Evidence["months"], url: string, x: Scale): SVGElement[] {
  const wide = Math.max(3, Math.min(10, x(1) - x(0)));
  return (months.silent ?? []).flatMap(({ month, feeds }) => {
    const k = months.month.indexOf(month);
    if (k < 0) return [];
    const shape = { fill: url, x: x(k) - wide / 2, y: TOP, width: wide, height: HEIGHT - TOP };
    return [s("rect", shape, s("title", {}, silentWords(month, feeds)))];
  });
}

const DATE_WIDTH = 84;
const DATE_ROWS = 3;

/** A dashed line between the months before and after, its flag and its date; what changed is told under the chart. */
function breakLines(months: Evidence["months"], x: Scale): SVGElement[] {
  const ends: number[] = [];
  return (months.breaks ?? []).flatMap(({ day, name }) => {
    const place = breakPlace(months.month, day);
    if (place === null) return [];
    const at = x(Math.min(months.month.length - 1, Math.max(0, place - 0.5)));
    return [
      s("line", { class: "break-line", x1: at, x2: at, y1: 0, y2: HEIGHT }, s("title", {}, name)),
      s("path", { class: "break-flag", d: `M${at} 0h9l-2 3.5 2 3.5h-9Z` }),
      ...dateWords(at, dayShort(day), ends),
    ];
  });
}

/** The date beside its line, on the first row where it hides no other; none where all rows are full. `ends` is kept up. */
function dateWords(at: number, words: string, ends: number[]): SVGElement[] {
  const left = at - DATE_WIDTH > LEFT;
  const [from, to] = left ? [at - DATE_WIDTH, at] : [at, at + 13 + DATE_WIDTH];
  const row = Array.from({ length: DATE_ROWS }, (_, k) => k).find((k) => (ends[k] ?? 0) <= from);
  if (row === undefined) return [];
  ends[row] = to;
  const shape = { x: left ? at - 4 : at + 13, y: TOP + 2 + 16 * row };
  return [s("text", { class: left ? "tick strong end" : "tick strong", ...shape }, words)];
}
