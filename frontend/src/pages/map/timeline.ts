// All of the map page that is about time: playing, two periods, and the map as it was known on a day.

import type { Hotspots, Picture, SilentArea } from "../../api/answers";
import type { Pressed } from "../../map/interact";
import type { StageOptions } from "../../map/stage";
import { moved } from "../../state/compare";
import { monthLong, periodWords } from "../../state/format";
import { meetingDays } from "../../state/meeting_days";
import type { Selection, View } from "../../state/view";
import { announce, fill, h } from "../dom";
import { Compared } from "./compared";
import { KnownThen } from "./known_then";
import type { PageParts } from "./page";
import { type Frame, Player } from "./player";
import type { Scene } from "./scene";
import { TimeBar } from "./time_bar";

export interface TimelineWishes {
  level(): string;
  picture(): Picture | null;
  /** A month of the playing map has been painted: the bar and the legend follow it. */
  passed(picture: Picture): void;
  /** Panel, legend and table may be drawn anew. */
  told(): void;
  /** The picture on the screen is to be painted once more. */
  repaint(): void;
  ask(): void;
  press(pressed: Pressed): void;
  silent(area: SilentArea): void;
  failed(error: unknown, retry: (() => void) | null): void;
}

export class Timeline {
  private readonly player: Player;
  private readonly bar: TimeBar;
  private readonly compared: Compared;
  private readonly knownThen: KnownThen;
  private readonly month = h("div", { class: "play-month", hidden: true });
  private scene: Scene | null = null;

  constructor(
    private readonly parts: PageParts,
    private readonly wishes: TimelineWishes,
  ) {
    const { frame, asker, store, choices } = parts;
    this.player = new Player({
      asker,
      view: () => store.view(),
      level: () => wishes.level(),
      scene: () => this.scene,
      months: () => wishes.picture()?.months ?? null,
      passed: (frame_, picture) => this.passed(frame_, picture),
      begun: () => this.begun(),
      rested: (period) => this.rested(period),
      failed: (error) => wishes.failed(error, null),
    });
    const meetings = meetingDays(document.getElementById("map-app")?.dataset.meetings ?? "");
    this.bar = new TimeBar(this.player, choices.period, (action) => store.act(action), meetings);
    frame.period.prepend(this.bar.element);
    this.compared = new Compared(parts, {
      told: () => wishes.told(),
      counts: () => wishes.repaint(),
      press: (pressed) => wishes.press(pressed),
      silent: (area) => wishes.silent(area),
      failed: (error, retry) => wishes.failed(error, retry),
    });
    this.knownThen = new KnownThen(asker, () => wishes.told());
    frame.holder.parentElement?.append(this.month, this.knownThen.stamp);
  }

  get playing(): boolean {
    return this.player.playing;
  }

  /** What keys do, by key: P plays and pauses, comma and full stop step. */
  readonly keys: Record<string, () => void> = {
    p: () => this.player.toggle(),
    ",": () => this.player.step(-1),
    ".": () => this.player.step(1),
  };

  begin(scene: Scene | null, options: Omit<StageOptions, "holder" | "camera"> | null): void {
    this.scene = scene;
    if (options) this.compared.begin(scene, options);
  }

  show(view: View): void {
    this.bar.show(this.parts.asker.dated(view));
  }

  /** The day of what is on the map, never of what has only been asked for. */
  stamp(painted: View): void {
    this.knownThen.show(painted);
  }

  /** The map shows this view's picture, or another second period is asked for. */
  follow(view: View, picture: Picture | null): void {
    const failed = (error: unknown) => this.wishes.failed(error, () => this.follow(view, picture));
    this.compared.follow(view, this.wishes.level(), picture).catch(failed);
    if (picture) this.knownThen.compare(view, picture).catch(failed);
  }

  /** The hotspots of the period itself are known. */
  tested(hotspots: Hotspots | null): void {
    this.compared.lettered(hotspots);
  }

  words(view: View, selected: Selection | null): HTMLElement | null {
    return this.compared.words(view, selected);
  }

  since(view: View): string {
    return this.knownThen.words(view);
  }

  legend(view: View): boolean {
    return !this.playing && this.compared.legend(view);
  }

  tabled(view: View): boolean {
    return this.compared.tabled(view);
  }

  private begun(): void {
    this.scene?.showDifference(null).catch((error) => this.wishes.failed(error, null));
    this.scene?.showHotspots(null, false);
    this.parts.frame.evidence.setAttribute("aria-busy", "true");
    this.bar.show(this.parts.asker.dated(this.parts.store.view()));
  }

  private passed(frame: Frame, picture: Picture): void {
    const words = frame.month.slice(0, 7) === frame.from.slice(0, 7) ? "" : periodWords(frame.from, frame.to);
    fill(
      this.month,
      h("b", {}, monthLong(frame.month)),
      words && h("span", {}, words),
      frame.silence && h("span", { class: "play-silence" }, frame.silence),
      frame.change && h("span", { class: "play-break" }, `Counted otherwise from here: ${frame.change}`),
    );
    this.month.hidden = false;
    this.wishes.passed(picture);
  }

  /** The address stands at the period reached; a second period keeps its distance from it. */
  private rested(period: { from: string; to: string }): void {
    const { store, asker } = this.parts;
    const view = asker.dated(store.view());
    this.month.hidden = true;
    announce(`Period: ${periodWords(period.from, period.to)}`);
    const same = view.from === period.from && view.to === period.to;
    if (view.comparing && !same) {
      const comparing = moved(view.comparing, view.from, period.from);
      store.act({ type: "period", ...period, comparing });
    } else if (!same) store.act({ type: "period", ...period });
    else this.wishes.ask();
    this.bar.show(asker.dated(store.view()));
  }
}
