// The questions of the overlays. What takes long is asked for again until it is there, and said meanwhile.

import type {
  AroundAnswer,
  Choices,
  Gaps,
  Notices,
  OverlayCounts,
  Routes,
  Silence,
  Sites,
  Work,
} from "../../api/answers";
import { ask, Latest } from "../../api/ask";
import { IN_PLACE_WALK } from "../../state/overlay";
import type { View, Walk } from "../../state/view";
import type { Asker } from "./asker";

const LINES = ["rail_line", "bus_route"];
const AGAIN_MS = 1500;

/** The answer is being worked out: `sentence` says so, `run` is whom to ask. */
interface Waiting {
  run: string;
  sentence: string;
}

export class OverlayAsker {
  private readonly layers = new Latest();
  private readonly arounds = new Latest();
  private readonly gapses = new Latest();
  private readonly silences = new Latest();
  private lines: Promise<Routes> | null = null;

  constructor(
    private readonly asker: Asker,
    private readonly choices: Choices,
  ) {}

  /** The day of the notices: one of its own, else the end of the period. */
  on(view: View): string {
    return view.on ?? this.asker.dated(view).to;
  }

  /** Sites, notices and work of the classes shown, for the period and the day. */
  overlays(view: View): Promise<[Sites | null, Notices | null, Work | null] | null> {
    const kinds = this.kinds(view.shown);
    return this.layers.run((signal) =>
      Promise.all([
        kinds.sites.length ? this.get<Sites>("sites", this.classes(view, kinds.sites), signal) : null,
        kinds.notices ? this.get<Notices>("notices", this.classes(view, []), signal) : null,
        kinds.work.length ? this.get<Work>("work", this.classes(view, kinds.work), signal) : null,
      ]),
    );
  }

  routes(view: View): Promise<Routes> | null {
    if (!LINES.some((code) => view.shown.includes(code))) return null;
    this.lines ??= this.get<Routes>("routes", new URLSearchParams());
    return this.lines;
  }

  counts(view: View): Promise<OverlayCounts> {
    return this.get<OverlayCounts>("overlay-counts", this.classes(view, []));
  }

  silence(view: View): Promise<Silence | null> {
    const { from, to } = this.asker.dated(view);
    const params = new URLSearchParams({ from, to });
    for (const agency of view.agencies) params.append("agency", agency);
    if (view.known) params.set("known", view.known);
    return this.silences.run((signal) => this.get<Silence>("silence", params, signal));
  }

  /** What stands around a hexagon, a street or a hotspot by the code of its peak. `wait` is told while it is worked out. */
  around(view: View, unit: string, wait: (words: string) => void): Promise<AroundAnswer | null> {
    const params = this.tested(view);
    params.set("unit", unit);
    return this.arounds.run((signal) => this.patient<AroundAnswer>("around", params, signal, wait));
  }

  gaps(view: View, wait: (words: string) => void): Promise<Gaps | null> {
    const params = this.tested(view, IN_PLACE_WALK);
    return this.gapses.run((signal) => this.patient<Gaps>("gaps", params, signal, wait));
  }

  private tested(view: View, usual: Walk = 10): URLSearchParams {
    const params = this.asker.testQuestion(view);
    params.set("walk", String(view.walk ?? usual));
    params.set("on", this.on(view));
    return params;
  }

  private classes(view: View, classes: readonly string[]): URLSearchParams {
    const { from, to } = this.asker.dated(view);
    const params = new URLSearchParams({ from, to, on: this.on(view) });
    if (this.choices.street_kind !== "segment") params.set("level", "cell:10");
    for (const code of classes) params.append("class", code);
    return params;
  }

  private kinds(shown: readonly string[]): { sites: string[]; notices: boolean; work: string[] } {
    const sites = shown.filter(
      (c) => !c.startsWith("notice_") && !c.startsWith("work_") && !LINES.includes(c),
    );
    return {
      sites,
      notices: shown.some((code) => code.startsWith("notice_")),
      work: shown.filter((code) => code.startsWith("work_")).map((code) => code.slice("work_".length)),
    };
  }

  private get<T>(name: string, params: URLSearchParams, signal?: AbortSignal): Promise<T> {
    return ask<T>(`${this.asker.api}/${name}`, params, signal);
  }

  private async patient<T extends object>(
    name: string,
    params: URLSearchParams,
    signal: AbortSignal,
    wait: (words: string) => void,
  ): Promise<T> {
    for (;;) {
      const answer = await this.get<T | Waiting>(name, params, signal);
      if (!("run" in answer)) return answer as T;
      wait(answer.sentence);
      await new Promise((resolve) => window.setTimeout(resolve, AGAIN_MS));
      if (signal.aborted) throw signal.reason;
    }
  }
}
