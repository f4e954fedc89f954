// When in the week: 7 days by 24 hours. The colour says how many, on a scale that filters do not move; the size says how
// near an hour comes to the busiest of those counted, so that a few records show their pattern too.
// Drag to keep some hours; the keyboard does the same.

import type { Picture } from "../api/answers";
import { announce, fill, h, s } from "../pages/dom";
import { classOf } from "../state/classes";
import { countedNoun } from "../state/format";
import type { Counted, Run, View } from "../state/view";
import { brushed, DAY_NAMES, type GridCell, moved, sideOf, weekSentence } from "../state/week";

const STEP = 9.4;
const ROW = 12;
const LEFT = 18;

export class WeekGrid {
  readonly element: HTMLElement;
  private readonly svg: SVGSVGElement;
  private readonly note: HTMLElement;
  private readonly marks = s("g");
  private cells: SVGRectElement[] = [];
  private counts: number[][] = [];
  private breaks: readonly number[] = [];
  private hours: Run | null = null;
  private weekdays: Run | null = null;
  private cursor: GridCell = { day: 0, hour: 15 };
  private anchor: GridCell | null = null;
  private pointing = false;

  constructor(private readonly changed: (hours: Run | null, weekdays: Run | null) => void) {
    this.svg = s("svg", {
      class: "week-grid",
      viewBox: `0 0 ${LEFT + 24 * STEP} ${7 * ROW + 18}`,
      tabindex: 0,
      role: "application",
      "aria-label":
        "When in the week. Arrow keys move over hours and days, Shift and arrows mark some, Enter keeps them, Escape clears.",
    });
    this.note = h("p", { class: "hint week-note" });
    this.element = h("div", {}, this.svg, this.note);
    this.svg.addEventListener("pointerdown", (e) => this.press(e));
    this.svg.addEventListener("pointermove", (e) => this.drag(e));
    this.svg.addEventListener("pointerup", () => this.release());
    this.svg.addEventListener("keydown", (e) => this.key(e));
    this.svg.addEventListener("blur", () => this.draw());
  }

  show(week: Picture["week"], of: Counted, { hours, weekdays }: View): void {
    const { counts, breaks, without_hour: withoutHour } = week;
    this.counts = counts;
    this.breaks = breaks;
    this.hours = hours;
    this.weekdays = weekdays;
    const timed = counts.some((row) => row.some((n) => n > 0));
    this.svg.toggleAttribute("hidden", !timed && !hours && !weekdays && withoutHour > 0);
    this.note.hidden = withoutHour === 0 && !timed;
    const more = withoutHour > 0 ? ` ${withoutHour.toLocaleString("en-GB")} more have no hour.` : "";
    this.note.textContent = timed
      ? `Colour: how many. Size: against the busiest hour.${more}`
      : `None of these ${countedNoun(of)} has an hour.`;
    this.draw();
  }

  /** Cells, letters and hours are made once; afterwards a cell is touched only where its class or its size changes. */
  private draw(): void {
    const most = Math.max(1, ...this.counts.flat());
    if (this.cells.length === 0) this.make();
    for (const [day, row] of this.counts.entries())
      for (const [hour, n] of row.entries()) {
        const cell = this.cells[day * 24 + hour];
        const look = {
          class: `week-cell count-${classOf(n, this.breaks)}`,
          ...placed(day, hour, sideOf(n, most)),
        };
        for (const [name, value] of Object.entries(look))
          if (cell && cell.getAttribute(name) !== value) cell.setAttribute(name, value);
      }
    fill(this.marks, this.frame(), this.cursorMark());
  }

  private make(): void {
    const each = (name: string) =>
      this.counts.flatMap((row, day) =>
        row.map((_, hour) => s("rect", { class: name, ...placed(day, hour, 1) })),
      );
    const ground = each("count-0");
    this.cells = each("week-cell");
    const days = "MTWTFSS".split("").map((d, k) => s("text", { class: "tick", x: 0, y: k * ROW + 10 }, d));
    const hours = [0, 6, 12, 18].map((n) =>
      s("text", { class: "tick", x: LEFT + n * STEP, y: 7 * ROW + 14 }, `${String(n).padStart(2, "0")}:00`),
    );
    fill(this.svg, ...ground, ...this.cells, ...days, ...hours, this.marks);
  }

  private frame(): SVGElement | null {
    const marked = this.anchor
      ? brushed(this.anchor, this.cursor)
      : { hours: this.hours, weekdays: this.weekdays };
    if (!marked.hours && !marked.weekdays) return null;
    const across = marked.hours ?? { first: 0, end: 24 };
    const down = marked.weekdays ?? { first: 0, end: 7 };
    return s("rect", {
      class: "week-frame",
      x: LEFT + across.first * STEP - 0.5,
      y: down.first * ROW - 0.5 + 1,
      width: (across.end - across.first) * STEP,
      height: (down.end - down.first) * ROW - 1,
    });
  }

  private cursorMark(): SVGElement | null {
    if (document.activeElement !== this.svg || this.pointing) return null;
    const { day, hour } = this.cursor;
    return s("rect", {
      class: "week-cursor",
      x: LEFT + hour * STEP - 0.5,
      y: day * ROW - 0.5,
      width: STEP,
      height: ROW,
    });
  }

  private key(event: KeyboardEvent): void {
    if (event.key === "Escape" && (this.hours || this.weekdays || this.anchor)) {
      event.stopPropagation();
      this.keep(null, null);
    }
    if (event.key === "Enter" || event.key === " ") {
      event.preventDefault();
      const { hours, weekdays } = brushed(this.anchor ?? this.cursor, this.cursor);
      this.keep(hours, weekdays);
    }
    const next = moved(this.cursor, event.key);
    if (next === this.cursor) return;
    event.preventDefault();
    event.stopPropagation();
    this.anchor = event.shiftKey ? (this.anchor ?? this.cursor) : null;
    this.cursor = next;
    this.draw();
    const n = this.counts[next.day]?.[next.hour] ?? 0;
    announce(`${DAY_NAMES[next.day]} ${next.hour}:00, ${n}`);
  }

  private press(event: PointerEvent): void {
    this.pointing = true;
    this.cursor = this.cellAt(event);
    this.anchor = this.cursor;
    this.svg.setPointerCapture(event.pointerId);
    this.draw();
  }

  private drag(event: PointerEvent): void {
    if (!this.pointing) return;
    this.cursor = this.cellAt(event);
    this.draw();
  }

  private release(): void {
    if (!this.pointing || !this.anchor) return;
    this.pointing = false;
    const { hours, weekdays } = brushed(this.anchor, this.cursor);
    this.keep(hours, weekdays);
  }

  private keep(hours: Run | null, weekdays: Run | null): void {
    this.anchor = null;
    this.hours = hours;
    this.weekdays = weekdays;
    this.draw();
    announce(weekSentence(hours, weekdays) || "The whole week");
    this.changed(hours, weekdays);
  }

  private cellAt(event: PointerEvent): GridCell {
    const box = this.svg.getBoundingClientRect();
    const scale = box.width / (LEFT + 24 * STEP);
    const hour = Math.floor(((event.clientX - box.left) / scale - LEFT) / STEP);
    const day = Math.floor((event.clientY - box.top) / scale / ROW);
    return { day: Math.min(6, Math.max(0, day)), hour: Math.min(23, Math.max(0, hour)) };
  }
}

/** A mark in the middle of its cell, `side` its share of the cell's side. */
function placed(day: number, hour: number, side: number): Record<string, string> {
  const [wide, tall] = [STEP - 1, ROW - 1];
  return {
    x: (LEFT + hour * STEP + ((1 - side) * wide) / 2).toFixed(2),
    y: (day * ROW + ((1 - side) * tall) / 2).toFixed(2),
    width: (wide * side).toFixed(2),
    height: (tall * side).toFixed(2),
  };
}
