// The period: a bar a month, a brush with two handles that the keyboard moves too, silence and breaks marked.

import type { Months } from "../api/answers";
import { announce, fill, h, s } from "../pages/dom";
import { dragged, drawn, type Grip, keySteps, type MonthRun, periodOf, runOf } from "../state/brush";
import { monthLong, periodWords } from "../state/format";
import { AXIS, HEIGHT, stillMarks } from "./histogram_marks";

export class Histogram {
  readonly element: HTMLElement;
  private readonly svg: SVGSVGElement;
  private months: Months = { month: [], count: [] };
  private run: MonthRun = { first: 0, end: 0 };
  private width = 600;
  private dragging: { grip: Grip | "draw"; from: number; run: MonthRun } | null = null;

  constructor(private readonly changed: (from: string, to: string) => void) {
    this.svg = s("svg", { class: "histogram", height: HEIGHT + AXIS, width: "100%" });
    this.element = h("div", { class: "histogram-box" }, this.svg);
    this.svg.addEventListener("pointerdown", (e) => this.press(e));
    this.svg.addEventListener("pointermove", (e) => this.move(e));
    this.svg.addEventListener("pointerup", () => this.release());
    this.svg.addEventListener("pointercancel", () => this.release());
    new ResizeObserver(() => this.draw()).observe(this.element);
  }

  show(months: Months, from: string, to: string): void {
    this.months = months;
    if (!this.dragging) this.run = runOf(months.month, from, to);
    this.draw();
  }

  private get size(): number {
    return this.months.month.length;
  }

  private get step(): number {
    return this.size > 0 ? this.width / this.size : this.width;
  }

  private draw(): void {
    this.width = Math.max(120, this.element.clientWidth);
    const focused = this.svg.contains(document.activeElement)
      ? document.activeElement?.getAttribute("data-grip")
      : null;
    const layout = { months: this.months, run: this.run, width: this.width, step: this.step };
    fill(this.svg, ...stillMarks(layout), ...this.brush());
    if (focused) this.svg.querySelector<SVGElement>(`[data-grip="${focused}"]`)?.focus();
  }

  private brush(): SVGElement[] {
    if (this.size === 0) return [];
    const [x, end] = [this.run.first * this.step, this.run.end * this.step];
    const frame = s("rect", {
      class: "brush",
      x,
      y: 1.5,
      width: end - x,
      height: HEIGHT - 1.5,
      "data-grip": "whole",
    });
    return [frame, this.handle("first", x), this.handle("end", end)];
  }

  private handle(grip: "first" | "end", x: number): SVGElement {
    const index = grip === "first" ? this.run.first : this.run.end - 1;
    const month = this.months.month[index] ?? "";
    const at = Math.min(this.width - 6, Math.max(6, x));
    const group = s("g", {
      class: "handle",
      tabindex: 0,
      role: "slider",
      "data-grip": grip,
      "aria-label": grip === "first" ? "First month of the period" : "Last month of the period",
      "aria-valuemin": 0,
      "aria-valuemax": this.size - 1,
      "aria-valuenow": index,
      "aria-valuetext": monthLong(month),
      onkeydown: (e) => this.key(e as KeyboardEvent, grip),
    });
    group.append(
      s("rect", { class: "handle-reach", x: at - 12, y: 0, width: 24, height: HEIGHT }),
      s("rect", { class: "handle-grip", x: at - 5, y: HEIGHT / 2 - 12, width: 10, height: 26, rx: 3 }),
      s("path", {
        class: "handle-lines",
        d: `M${at - 1.5} ${HEIGHT / 2 - 5}v12M${at + 1.5} ${HEIGHT / 2 - 5}v12`,
      }),
    );
    return group;
  }

  private key(event: KeyboardEvent, grip: Grip): void {
    const steps = keySteps(event.key);
    if (!steps) return;
    event.preventDefault();
    event.stopPropagation();
    this.run = dragged(this.run, event.shiftKey ? "whole" : grip, steps, this.size);
    this.draw();
    this.tell();
  }

  private press(event: PointerEvent): void {
    const grip = (event.target as Element).closest("[data-grip]")?.getAttribute("data-grip") as Grip | null;
    this.dragging = { grip: grip ?? "draw", from: this.place(event), run: this.run };
    this.svg.setPointerCapture(event.pointerId);
  }

  private move(event: PointerEvent): void {
    if (!this.dragging) return;
    const { grip, from, run } = this.dragging;
    const place = this.place(event);
    const next =
      grip === "draw"
        ? drawn(Math.floor(from), Math.floor(place), this.size)
        : dragged(run, grip, Math.round(place - from), this.size);
    if (next.first === this.run.first && next.end === this.run.end) return;
    this.run = next;
    this.draw();
  }

  private release(): void {
    if (!this.dragging) return;
    const before = this.dragging.run;
    this.dragging = null;
    if (before.first !== this.run.first || before.end !== this.run.end) this.tell();
  }

  private place(event: PointerEvent): number {
    return (event.clientX - this.svg.getBoundingClientRect().left) / this.step;
  }

  private tell(): void {
    const period = periodOf(this.months.month, this.run);
    if (!period) return;
    announce(`Period: ${periodWords(period.from, period.to)}`);
    this.changed(period.from, period.to);
  }
}
