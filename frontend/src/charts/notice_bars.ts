// Notices as small bars over the year, today's line across them. Filled: in force. Hollow: ended.

import type { AroundNotice } from "../api/answers";
import { s } from "../pages/dom";
import { dayWords } from "../state/format";

const [WIDTH, HEIGHT] = [150, 18];

/** `from` and `to` are days; a bar that runs beyond them is cut there. */
export function noticeBar(notice: AroundNotice, from: string, to: string, on: string): SVGSVGElement {
  const x = (day: string | null, otherwise: number) =>
    day === null
      ? otherwise
      : Math.min(WIDTH, Math.max(0, (WIDTH * (time(day) - time(from))) / (time(to) - time(from))));
  const start = x(notice.starts ?? notice.served, 0);
  const end = Math.max(start + 2, x(notice.ends, WIDTH));
  const today = x(on, 0);
  const ended = notice.state === "ended";
  const words = `${notice.starts ? `from ${dayWords(notice.starts)}` : "begun"}, ${notice.ends ? `${ended ? "ended" : "ends"} ${dayWords(notice.ends)}` : "no end told"}`;
  return s(
    "svg",
    { class: "notice-bar", viewBox: `0 0 ${WIDTH} ${HEIGHT}`, role: "img", "aria-label": words },
    s("line", { class: "notice-ground", x1: 0, x2: WIDTH, y1: HEIGHT - 1, y2: HEIGHT - 1 }),
    s("rect", {
      class: ended ? "notice-ended" : "notice-on",
      x: start,
      width: Math.max(2, end - start),
      y: 4,
      height: 8,
    }),
    s("line", { class: "notice-today", x1: today, x2: today, y1: 0, y2: HEIGHT }),
  );
}

function time(day: string): number {
  return Date.parse(`${day}T00:00:00Z`);
}
