// Sites and notices: asked for beside the picture, drawn when they come, counted for the rail and the legend.

import type { Choices, Notices, Sites } from "../../api/answers";
import type { View } from "../../state/view";
import type { Asker } from "./asker";
import type { Scene } from "./scene";

/** How many of a class are drawn, and how many are only counted by area; those without even an area are neither. */
export interface Tally {
  points: number;
  byArea: number;
}

export class Overlaid {
  readonly tallies = new Map<string, Tally>();

  constructor(
    private readonly asker: Asker,
    private readonly choices: Choices,
  ) {}

  /** Notices now drawn whose place is kept coarse. */
  coarse(view: View): number {
    const shown = [...this.tallies].filter(
      ([code]) => code.startsWith("notice_") && view.shown.includes(code),
    );
    return shown.reduce((n, [, tally]) => n + tally.byArea, 0);
  }

  async ask(view: View, scene: Scene | null): Promise<void> {
    const [sites, notices] = await Promise.all([this.asker.sites(view), this.asker.notices(view)]);
    if (sites) this.countSites(sites);
    if (notices) this.countNotices(notices);
    const label = (code: string) => this.choices.classes.find((c) => c.code === code)?.label ?? code;
    if (sites) scene?.sites(sites, label);
    if (notices) scene?.notices(notices, view.shown);
  }

  private countSites(sites: Sites): void {
    for (const code of this.tallies.keys()) if (!code.startsWith("notice_")) this.tallies.delete(code);
    for (const f of sites.features) this.add(f.properties.class, "points", 1);
    for (const row of sites.areas ?? []) if (row.code) this.add(row.class, "byArea", row.n);
  }

  private countNotices(notices: Notices): void {
    for (const code of this.tallies.keys()) if (code.startsWith("notice_")) this.tallies.delete(code);
    for (const f of notices.features) this.add(`notice_${f.properties.kind}`, "points", 1);
    for (const row of notices.areas ?? []) if (row.code) this.add(`notice_${row.kind}`, "byArea", 1);
  }

  private add(code: string, where: keyof Tally, n: number): void {
    const tally = this.tallies.get(code) ?? { points: 0, byArea: 0 };
    tally[where] += n;
    this.tallies.set(code, tally);
  }
}
