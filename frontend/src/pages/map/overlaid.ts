// The overlays on the page: asked for beside the picture, drawn when they come, counted for the rail, listed in the table.

import type { Choices, OverlayCounts, Silence } from "../../api/answers";
import { areaMarks, type Overlay, overlaysOf } from "../../state/overlay";
import type { View } from "../../state/view";
import type { Asker } from "./asker";
import { OverlayAsker } from "./overlay_asker";
import type { Scene } from "./scene";

/** How many of a class are drawn, and how many are only counted by area; those without even an area are neither. */
export interface Tally {
  points: number;
  byArea: number;
  /** Why nothing is told of the class, where nothing is: "none in this home", say. */
  none?: string;
}

export class Overlaid {
  readonly asker: OverlayAsker;
  readonly tallies = new Map<string, Tally>();
  silence: Silence | null = null;
  shown: readonly Overlay[] = [];
  private counted = "";

  constructor(
    asker: Asker,
    private readonly choices: Choices,
  ) {
    this.asker = new OverlayAsker(asker, choices);
  }

  /** Notices now drawn whose place is kept coarse. */
  coarse(): number {
    return this.shown.filter((one) => one.coarse && one.area && one.group === "disruption").length;
  }

  /** The overlays behind a symbol that was pressed: one, or those of a mark that stands for an area. */
  behind(key: string): Overlay[] {
    if (!key.startsWith("area/")) return this.shown.filter((one) => one.key === key);
    const mark = areaMarks(this.shown).find((one) => `area/${one.key}` === key);
    if (!mark) return [];
    return this.shown.filter(
      (one) => one.coarse && one.area === mark.area && one.code === mark.code && one.state === mark.state,
    );
  }

  async ask(view: View, scene: Scene | null): Promise<void> {
    const [found, routes] = await Promise.all([this.asker.overlays(view), this.asker.routes(view)]);
    if (!found) return;
    const [sites, notices, work] = found;
    this.shown = overlaysOf({ sites, notices, work }, this.choices.classes, view.shown);
    await scene?.overlays(this.shown);
    await scene?.routes(routes, view.shown);
    await this.count(view);
  }

  async askSilence(view: View, scene: Scene | null): Promise<void> {
    const found = await this.asker.silence(view);
    if (!found) return;
    this.silence = found;
    await scene?.silent(found);
  }

  /** Counted once for a day and period: what is ticked does not change how much there is. */
  private async count(view: View): Promise<void> {
    const question = [this.asker.on(view), view.from, view.to].join();
    if (question === this.counted) return;
    const counts = await this.asker.counts(view);
    this.counted = question;
    this.tallies.clear();
    for (const { code } of this.choices.classes) this.tallies.set(code, tallyOf(code, counts));
  }
}

export function tallyOf(code: string, { classes, refused }: OverlayCounts): Tally {
  const found = classes[code];
  if (found && !found.shared) return { points: 0, byArea: 0, none: "none in this home" };
  if (found)
    return {
      points: found.n,
      byArea: found.by_area,
      ...(found.last === null && code.startsWith("work_") ? { none: "none in this period" } : {}),
    };
  const kind = code.startsWith("notice_") ? "notices" : code.startsWith("work_") ? "work" : "sites";
  return { points: 0, byArea: 0, none: refused[kind] ? "not shown" : "none in this home" };
}
