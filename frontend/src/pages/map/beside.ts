// The second period on a map of its own, beside the first: same camera, same classes, its own hotspots.

import type { Choices, Hotspots, Picture, Silence, SilentArea } from "../../api/answers";
import type { Pressed } from "../../map/interact";
import { makeStage, type StageOptions } from "../../map/stage";
import { sharedCamera } from "../../map/twin_stage";
import { type Comparing, sameLetters, spanWords } from "../../state/compare";
import { tellings } from "../../state/format";
import type { View } from "../../state/view";
import { announce, h } from "../dom";
import { Asker } from "./asker";
import { OverlayAsker } from "./overlay_asker";
import { Scene } from "./scene";

export interface BesideWishes {
  press(pressed: Pressed): void;
  failed(error: unknown): void;
  /** The plate of a district that is silent in the second period was pressed. */
  silent(area: SilentArea): void;
}

export class Beside {
  private readonly holder = h("div", { class: "map-holder map-second", hidden: true });
  private readonly titles = [h("p", { class: "map-title" }), h("p", { class: "map-title second" })] as const;
  private readonly asker: Asker;
  private scene: Scene | null = null;
  private shown = "";
  private found: { hotspots: Hotspots; asStreets: boolean } | null = null;
  private first: Hotspots | null = null;
  private end: (() => void) | null = null;
  private silence: Silence | null = null;
  /** Puts the camera back where it was before it was drawn back to show as much in half the room. */
  private giveBack = () => {};
  private readonly beside: OverlayAsker;

  constructor(
    private readonly stage: HTMLElement,
    api: string,
    private readonly choices: Choices,
    private readonly options: Omit<StageOptions, "holder" | "camera">,
    private readonly wishes: BesideWishes,
  ) {
    this.asker = new Asker(api, choices);
    this.beside = new OverlayAsker(this.asker, choices);
    stage.append(this.holder, ...this.titles);
    this.hide();
  }

  /** Whether it was there. */
  hide(): boolean {
    const was = !this.holder.hidden;
    this.end?.();
    this.end = null;
    this.shown = "";
    this.giveBack();
    this.giveBack = () => {};
    this.stage.classList.remove("is-side");
    this.holder.hidden = true;
    for (const title of this.titles) title.hidden = true;
    return was;
  }

  /** The first map's picture gives the classes: a colour means the same on both. What was in sight stays so in half the
   * room where `whole` says so; a link's camera was of half the room already. */
  show(
    first: Scene,
    view: View & { from: string; to: string },
    comparing: Comparing,
    level: string,
    picture: Picture,
    whole: boolean,
  ): void {
    const sight = whole && !this.end ? first.sight() : null;
    this.titles[0].textContent = spanWords(view);
    this.titles[1].textContent = spanWords(comparing);
    for (const title of this.titles) title.hidden = false;
    this.holder.hidden = false;
    this.stage.classList.add("is-side");
    const scene = this.made(first);
    if (sight) this.giveBack = first.keepSight(sight);
    else first.map.resize();
    scene.map.resize();
    this.end ??= sharedCamera(first.map, scene.map);
    const there = { ...view, from: comparing.from, to: comparing.to };
    const question = `${this.asker.params(there, level)} ${picture.about.breaks}`;
    if (question === this.shown) return;
    this.shown = question;
    this.found = null;
    this.askSilence(there, scene);
    const { breaks } = picture.about;
    this.asker
      .picture(there, level, (found) =>
        scene.paint(there, { ...found, about: { ...found.about, breaks } }, `${this.asker.api}/picture`),
      )
      .then((hotspots) => {
        if (!hotspots) return;
        this.found = { hotspots, asStreets: this.asker.testedLevel(there) === "street" };
        this.mark();
      })
      .catch((error) => this.wishes.failed(error));
  }

  /** The first map's hotspots are known: the same place has the same letter on both. */
  lettered(first: Hotspots | null): void {
    this.first = first;
    if (this.shown) this.mark();
  }

  /** The second period has silences of its own: without their hatch it would look quiet. */
  private askSilence(there: View, scene: Scene): void {
    this.silence = null;
    this.beside
      .silence(there)
      .then((found) => {
        if (!found) return;
        this.silence = found;
        void scene.silent(found);
      })
      .catch((error) => this.wishes.failed(error));
  }

  private silenceThere(code: string): SilentArea | undefined {
    return this.silence?.areas.find((one) => one.code === code);
  }

  private quietOrSilent(code: string): string {
    if (!this.silence) return "";
    const area = this.silenceThere(code);
    return area ? `silent: ${area.feeds.map((feed) => feed.name).join(", ")}` : "all have sent";
  }

  private mark(): void {
    if (!this.found) return;
    const { hotspots, asStreets } = this.found;
    const letters = sameLetters(this.first?.hotspots ?? [], hotspots.hotspots);
    const lettered = hotspots.hotspots.map((one, k) => ({ ...one, letter: letters[k] ?? one.letter }));
    this.scene?.showHotspots({ ...hotspots, hotspots: lettered }, asStreets);
  }

  private made(first: Scene): Scene {
    if (this.scene) return this.scene;
    const stage = makeStage({ ...this.options, holder: this.holder, camera: first.camera() });
    stage.map.getCanvas().setAttribute("aria-label", "Map of the second period. Arrow keys move both maps.");
    const scene = new Scene(stage, this.options.box, this.choices.street_kind === "anchor", {
      press: (pressed) => this.wishes.press(pressed),
      moved: () => {},
      choose: () => {},
      silent: (code) => {
        const area = this.silenceThere(code);
        if (area) this.wishes.silent(area);
      },
      quietOrSilent: (code) => this.quietOrSilent(code),
      announce: (spot) =>
        announce(`${spot.name}, ${spot.ward}, hotspot then, ${tellings(spot.count, "records")}`),
    });
    this.scene = scene;
    for (const level of ["district", "ward"] as const)
      this.asker
        .shapes(level)
        .then((shapes) => scene.addShapes(level, shapes))
        .catch((error) => this.wishes.failed(error));
    return scene;
  }
}
