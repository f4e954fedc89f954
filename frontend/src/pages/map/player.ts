// Playing by month: the map alone moves, a picture at a time, the next one already asked for. A pause asks for the rest.

import type { Months, Picture } from "../../api/answers";
import { ask } from "../../api/ask";
import { type MonthRun, periodOf } from "../../state/brush";
import { busiest, firstFrame, MONTH_MS, passing, stepped, type Window, windowOf } from "../../state/play";
import type { View } from "../../state/view";
import type { Asker } from "./asker";
import type { Scene } from "./scene";

const calm = window.matchMedia("(prefers-reduced-motion: reduce)");

export interface Frame {
  readonly from: string;
  readonly to: string;
  readonly month: string;
  readonly silence: string;
  readonly change: string;
}

export interface PlayerParts {
  asker: Asker;
  view(): View;
  level(): string;
  scene(): Scene | null;
  months(): Months | null;
  /** A month has been painted. */
  passed(frame: Frame, picture: Picture): void;
  begun(): void;
  /** Playing is over: the view stands at this period. */
  rested(period: { from: string; to: string }): void;
  failed(error: unknown): void;
}

export class Player {
  /** How many months a frame holds: chosen by the reader, else as many as the period has. */
  chosen: Window | null = null;
  private running: AbortController | null = null;

  constructor(private readonly parts: PlayerParts) {}

  get playing(): boolean {
    return this.running !== null;
  }

  get window(): Window {
    const { from, to } = this.dated();
    return this.chosen ?? windowOf(from, to);
  }

  toggle(): void {
    if (this.running) this.running.abort();
    else if (calm.matches || !this.parts.scene()) this.step(1);
    else this.play().catch((error) => this.parts.failed(error));
  }

  /** One month on or back, as a period like any other. While playing it pauses first. */
  step(by: 1 | -1): void {
    if (this.running) {
      this.running.abort();
      return;
    }
    const months = this.parts.months()?.month ?? [];
    const { from, to } = this.dated();
    const next = stepped(months, [from, to], by, this.window);
    const period = next && periodOf(months, next);
    if (period) this.parts.rested(period);
  }

  private dated(): View & { from: string; to: string } {
    return this.parts.asker.dated(this.parts.view());
  }

  private async play(): Promise<void> {
    const months = this.parts.months();
    const scene = this.parts.scene();
    if (!months || !scene) return;
    const mine = new AbortController();
    this.running = mine;
    this.parts.begun();
    let last = periodOf(months.month, firstFrame(months.month, this.period(), this.window));
    try {
      const breaks = (await this.frame(busiest(months.count, this.window), months, mine.signal)).about.breaks;
      last = (await this.run(months, scene, breaks, mine.signal)) ?? last;
    } catch (error) {
      if (!mine.signal.aborted) this.parts.failed(error);
    } finally {
      this.running = null;
      if (last) this.parts.rested(this.reached ?? last);
      this.reached = null;
    }
  }

  /** The last period that was painted. */
  private reached: { from: string; to: string } | null = null;

  private async run(
    months: Months,
    scene: Scene,
    breaks: number[],
    signal: AbortSignal,
  ): Promise<{ from: string; to: string } | null> {
    let run: MonthRun | null = firstFrame(months.month, this.period(), this.window);
    let coming: Promise<Picture> | null = this.frame(run, months, signal);
    while (run && coming && !signal.aborted) {
      const began = performance.now();
      const picture = await coming;
      const period = periodOf(months.month, run);
      if (!period) break;
      const next: MonthRun | null = stepped(months.month, [period.from, period.to], 1, this.window);
      coming = next && this.frame(next, months, signal);
      coming?.catch(() => {});
      const shown = { ...picture, about: { ...picture.about, breaks } };
      await scene.paint({ ...this.parts.view(), ...period }, shown, `${this.parts.asker.api}/picture`);
      this.reached = period;
      this.parts.passed(this.told(months, run, period), shown);
      run = next;
      await rest(Math.max(0, MONTH_MS - (performance.now() - began)), signal);
    }
    return this.reached;
  }

  private period(): readonly [string, string] {
    const { from, to } = this.dated();
    return [from, to];
  }

  private told(months: Months, run: MonthRun, period: { from: string; to: string }): Frame {
    const month = months.month[run.end - 1] ?? "";
    return { ...period, month, ...passing(month, months) };
  }

  private frame(run: MonthRun, months: Months, signal: AbortSignal): Promise<Picture> {
    const view = { ...this.parts.view(), ...periodOf(months.month, run) };
    const params = this.parts.asker.params(view, this.parts.level());
    return ask<Picture>(`${this.parts.asker.api}/picture`, params, signal);
  }
}

/** Resolves after a time, or at once when playing is given up. */
function rest(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = window.setTimeout(resolve, ms);
    signal.addEventListener("abort", () => {
      window.clearTimeout(timer);
      resolve();
    });
  });
}
