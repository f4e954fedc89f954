// Two periods on the page: asks what changed, draws it or the second map, and says it in panel, legend and table.

import type { Hotspots, Picture, SilentArea } from "../../api/answers";
import { ask, Latest } from "../../api/ask";
import type { Change } from "../../api/change";
import type { Pressed } from "../../map/interact";
import type { StageOptions } from "../../map/stage";
import { overlap } from "../../state/compare";
import type { Selection, View } from "../../state/view";
import { Beside } from "./beside";
import { ChangeTable } from "./change_table";
import { changeOfPlace, changeOverview, showChangeLegend } from "./change_words";
import type { PageParts } from "./page";
import type { Scene } from "./scene";

export interface ComparedWishes {
  /** What changed is known now, or no longer of interest: panel, legend and table may be drawn anew. */
  told(): void;
  /** The map shows counts again. */
  counts(): void;
  press(pressed: Pressed): void;
  failed(error: unknown, retry: () => void): void;
  /** A district that is silent in the second period was pressed. */
  silent(area: SilentArea): void;
}

export class Compared {
  private readonly asking = new Latest();
  private readonly table: ChangeTable;
  private scene: Scene | null = null;
  private beside: Beside | null = null;
  /** There was one map before: the second was opened here, and did not come with a link. */
  private opened = false;
  private change: Change | null = null;
  private question = "";
  private drawn = false;

  constructor(
    private readonly parts: PageParts,
    private readonly wishes: ComparedWishes,
  ) {
    this.table = new ChangeTable(parts.frame.table, (code) => this.choose(code));
  }

  begin(scene: Scene | null, options: Omit<StageOptions, "holder" | "camera">): void {
    this.scene = scene;
    const stage = this.parts.frame.holder.parentElement;
    const failed = (error: unknown) => this.wishes.failed(error, () => {});
    if (!scene || !stage) return;
    const press = (pressed: Pressed) => this.wishes.press(pressed);
    const silent = (area: SilentArea) => this.wishes.silent(area);
    const wishes = { press, failed, silent };
    this.beside = new Beside(stage, this.parts.asker.api, this.parts.choices, options, wishes);
  }

  /** The view, or the picture that answers it, has changed. */
  async follow(view: View, level: string, picture: Picture | null): Promise<void> {
    const { comparing } = view;
    if (!comparing) {
      this.opened = true;
      await this.leave();
      return;
    }
    if (!picture) return;
    const dated = this.parts.asker.dated(view);
    if (comparing.mode === "side" && this.scene) {
      await this.countsAgain();
      this.beside?.show(this.scene, dated, comparing, level, picture, this.opened || !view.camera);
    } else this.beside?.hide();
    await this.learn(view, level, () => void this.follow(view, level, picture));
    if (comparing.mode === "difference" && this.change && this.parts.store.view().comparing === comparing) {
      this.drawn = true;
      await this.scene?.showDifference(this.change);
    }
    this.wishes.told();
  }

  lettered(hotspots: Hotspots | null): void {
    this.beside?.lettered(hotspots);
  }

  /** What is told of a place, or of all: nothing while no second period is asked for. */
  words(view: View, selected: Selection | null): HTMLElement | null {
    if (!view.comparing || !this.change) return null;
    if (!selected) return changeOverview(this.change, (code) => this.choose(code));
    if (selected.kind === "unit" && selected.level === view.level)
      return changeOfPlace(this.change, selected.code);
    return null;
  }

  /** Whether the legend was written here. */
  legend(view: View): boolean {
    if (view.comparing?.mode !== "difference" || !this.change) return false;
    showChangeLegend(this.parts.frame.legend, this.change);
    return true;
  }

  /** Whether the table was written here. */
  tabled(view: View): boolean {
    if (!view.comparing || !this.change) return false;
    this.table.show(view, this.change);
    return true;
  }

  private async learn(view: View, level: string, again: () => void): Promise<void> {
    const { asker } = this.parts;
    const { comparing } = view;
    const params = asker.params(view, level);
    if (!comparing) return;
    params.set("with", `${comparing.from}..${comparing.to}`);
    if (params.toString() === this.question) return;
    this.change = null;
    this.question = "";
    const { from, to } = asker.dated(view);
    if (overlap(comparing, { from, to })) {
      await this.countsAgain();
      this.wishes.failed(new Error(OVERLAP), () => {});
      return;
    }
    try {
      this.change = await this.asking.run((signal) => ask<Change>(`${asker.api}/change`, params, signal));
      if (this.change) this.question = params.toString();
    } catch (error) {
      this.wishes.failed(error, again);
    }
  }

  private async leave(): Promise<void> {
    const had = this.question !== "" || this.drawn;
    this.change = null;
    this.question = "";
    // giving a map its size again draws it again: only where a second one has made room
    if (this.beside?.hide()) this.scene?.map.resize();
    await this.countsAgain();
    if (had) this.wishes.told();
  }

  private async countsAgain(): Promise<void> {
    if (!this.drawn) return;
    this.drawn = false;
    await this.scene?.showDifference(null);
    this.wishes.counts();
  }

  private choose(code: string): void {
    const { store } = this.parts;
    store.act({ type: "select", selection: { kind: "unit", level: store.view().level, code } });
  }
}

const OVERLAP = "The two periods overlap: a record would stand on both sides. Choose another second period.";
