// The still parts of the period's histogram: bars, silence, breaks and the months under them.

import type { Months } from "../api/answers";
import { s } from "../pages/dom";
import { breakPlace } from "../state/breaks";
import type { MonthRun } from "../state/brush";
import { dayWords, monthLong, monthShort, number, silentWords } from "../state/format";
import { hatch } from "./hatch";

export const HEIGHT = 78;
export const AXIS = 20;

/** `step` is the width of a month, `run` the months inside the brush. */
export interface Layout {
  months: Months;
  run: MonthRun;
  width: number;
  step: number;
}

export function stillMarks(layout: Layout): SVGElement[] {
  const { defs, url } = hatch();
  return [defs, ...bars(layout), ...silences(layout, url), ...axis(layout), ...breaks(layout)];
}

function bars({ months, run, step }: Layout): SVGElement[] {
  const top = Math.max(1, ...months.count.map((n) => n ?? 0));
  return months.count.map((n, k) => {
    const tall = Math.max(n ? 1 : 0, ((n ?? 0) / top) * (HEIGHT - 8));
    const inside = k >= run.first && k < run.end;
    const shape = { x: k * step + 0.75, y: HEIGHT - tall, width: Math.max(1, step - 1.5), height: tall };
    const words = `${monthLong(months.month[k] ?? "")}: ${n === null ? "withheld" : number(n)}`;
    return s("rect", { class: inside ? "bar is-in" : "bar", ...shape }, s("title", {}, words));
  });
}

function silences({ months, step }: Layout, url: string): SVGElement[] {
  return (months.silent ?? []).flatMap(({ month, feeds }) => {
    const k = months.month.indexOf(month);
    if (k < 0) return [];
    const shape = { fill: url, x: k * step + 0.75, y: 4, width: Math.max(1, step - 1.5), height: HEIGHT - 4 };
    return [s("rect", shape, s("title", {}, silentWords(month, feeds)))];
  });
}

function breaks({ months, step }: Layout): SVGElement[] {
  return (months.breaks ?? []).flatMap(({ day, name }) => {
    const place = breakPlace(months.month, day);
    if (place === null) return [];
    const x = place * step;
    const line = s(
      "line",
      { class: "break-line", x1: x, x2: x, y1: 2, y2: HEIGHT },
      s("title", {}, `${dayWords(day)}: ${name}`),
    );
    return [line, s("path", { class: "break-flag", d: `M${x} 2h9l-2 3.5 2 3.5h-9Z` })];
  });
}

function axis({ months, width, step }: Layout): SVGElement[] {
  const every = Math.max(1, Math.ceil(96 / step / 6) * 6);
  const line = s("line", { class: "axis", x1: 0, x2: width, y1: HEIGHT, y2: HEIGHT });
  const words = months.month.flatMap((month, k) => {
    const x = k * step;
    if (k % every !== 0 || x > width - 62) return [];
    return [s("text", { class: "tick", x, y: HEIGHT + 16 }, monthShort(month))];
  });
  return [line, ...words];
}
