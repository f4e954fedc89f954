// The questions of the page: the test once, silence beside it, cells as agencies go on and off. The newest wins.

import type { Choices, Hotspots, Picture, Shapes, Silence } from "../../api/answers";
import { ask, Latest } from "../../api/ask";
import { askWaiting, type HowFar } from "../../api/waited";
import { lastYear } from "../../state/brush";
import type { JointAnswer } from "../../state/joint";
import { type JointView, jointParams } from "../../state/joint_view";
import { type Silent, silentFeeds } from "../../state/silence";

export class JointAsker {
  private readonly tests = new Latest();
  private readonly pictures = new Latest();
  private readonly groups = new Latest();

  constructor(
    private readonly api: string,
    private readonly choices: Choices,
  ) {}

  period(): { from: string; to: string } {
    return lastYear(this.choices.period, new Date().toISOString().slice(0, 10));
  }

  params(view: JointView): URLSearchParams {
    return jointParams(view, this.period());
  }

  joint(view: JointView, waiting: (far: HowFar) => void): Promise<JointAnswer | null> {
    const params = this.params(view);
    return this.tests.run((signal) => askWaiting<JointAnswer>(`${this.api}/joint`, params, signal, waiting));
  }

  async silence(view: JointView): Promise<Silent[]> {
    const { from, to } = {
      ...this.period(),
      ...(view.from && view.to ? { from: view.from, to: view.to } : {}),
    };
    return silentFeeds(await ask<Silence>(`${this.api}/silence`, new URLSearchParams({ from, to })));
  }

  /** The cells under the places, of the agencies that are on; of none, nothing is asked. */
  async picture(view: JointView, on: readonly string[] | null, resolution: number): Promise<Picture | null> {
    const params = this.params(view);
    params.set("level", `cell:${resolution}`);
    params.set("counted", "events");
    params.delete("background");
    for (const code of on ?? []) params.append("agency", code);
    return this.pictures.run((signal) => ask<Picture>(`${this.api}/picture`, params, signal));
  }

  /** Where the answer does not tell a group: what asking for its agencies alone shows of these units. */
  async unitsOf(view: JointView, on: readonly string[]): Promise<ReadonlySet<string> | null> {
    const params = this.params(view);
    params.set("counted", "events");
    for (const code of on) params.append("agency", code);
    const told = await this.groups.run((signal) => ask<Hotspots>(`${this.api}/hotspots`, params, signal));
    return told && new Set(told.hotspots.flatMap((one) => one.units));
  }

  shapes(level: "district" | "ward"): Promise<Shapes> {
    return ask<Shapes>(`${this.api}/shapes/${level}`);
  }
}
