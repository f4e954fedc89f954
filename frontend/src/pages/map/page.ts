// The map page: one view, one address, one answer at a time, painted on the map, the rail and the panel.

import type { Choices, Hotspot, Hotspots, Picture } from "../../api/answers";
import type { Pressed } from "../../map/interact";
import type { StageOptions } from "../../map/stage";
import type { Drawing } from "../../state/drawing";
import { followedIn, letterChange } from "../../state/letters";
import { unitWords } from "../../state/minute";
import { type Action, replacesHistory, sameQuestion } from "../../state/reducer";
import type { Store } from "../../state/store";
import { toQuery } from "../../state/url";
import type { Counted, Selection, View } from "../../state/view";
import { announce } from "../dom";
import type { Asker } from "./asker";
import { Controls } from "./controls";
import { Decide } from "./decide";
import { offerCheck } from "./does_it_fit";
import { DrawPlace } from "./draw_place";
import { coverMap, type Frame, wakeSheets } from "./layout";
import { Minutes } from "./minutes";
import { Moves } from "./moves";
import type { Names } from "./names";
import { Panel } from "./panel";
import { wakePaper } from "./paper";
import { PeriodBar } from "./period";
import type { Scene } from "./scene";
import { Shown } from "./shown";
import { Surroundings } from "./surroundings";
import { TableTwin } from "./table";
import { TakeOut } from "./take_out";
import { Timeline } from "./timeline";
import { Progress, Trouble } from "./trouble";

export interface PageParts {
  frame: Frame;
  choices: Choices;
  asker: Asker;
  store: Store;
  names: Names;
  exportBase: string;
}

export class MapPage {
  readonly moves: Moves;
  readonly controls: Controls;
  private scene: Scene | null = null;
  private readonly shown: Shown;
  private readonly surroundings: Surroundings;
  private readonly table: TableTwin;
  private readonly period: PeriodBar;
  private readonly trouble: Trouble;
  private readonly sheets: ReturnType<typeof wakeSheets>;
  private readonly panel: Panel;
  readonly time: Timeline;
  readonly decide: Decide;
  readonly draw: DrawPlace;
  readonly minutes: Minutes;
  private followed: Hotspot | null = null;
  /** The hotspots of the last test, by whose letters the room has spoken until now. */
  private lettered: readonly Hotspot[] = [];
  private panelIsOld = true;
  /** The address names a hotspot: the map goes there once the hotspots are known, unless it is to be seen already. */
  private mustReach = false;

  constructor(private readonly parts: PageParts) {
    const { frame, store, asker } = parts;
    this.table = new TableTwin(frame.unitTable);
    this.period = new PeriodBar(frame.period, (from, to) => store.act({ type: "period", from, to }));
    this.trouble = new Trouble(frame.trouble);
    this.shown = new Shown(asker, new Progress(frame.progress), this.trouble, {
      painted: (view, picture) => this.painted(view, picture),
      tested: (_, hotspots) => this.tested(hotspots),
      failed: () => {
        frame.evidence.removeAttribute("aria-busy");
        this.controls.showRail(this.view, this.shown.picture);
        this.surroundings.afterPicture();
      },
    });
    this.surroundings = new Surroundings(parts, {
      choose: (selection) => this.moves.choose(selection),
      failed: (error, retry) => this.trouble.say(error, retry),
      arrived: () => this.overlaidArrived(),
    });
    this.sheets = wakeSheets(frame);
    this.panel = new Panel(parts, {
      choose: (selection) => this.moves.choose(selection),
      drill: (code, level, into) => this.moves.drill(code, level, into),
      toStreets: (spot) => this.moves.toStreets(spot),
      failed: (error, retry) => this.trouble.say(error, retry),
      withSilence: (evidence, selected, spot) => this.surroundings.withSilence(evidence, selected, spot),
      told: (view, selected, evidence, spot) => {
        this.surroundings.tell(view, selected, evidence, spot);
        this.decide.offer(view, evidence, spot);
        this.draw.offer(selected, spot);
        this.minutes.offer();
        offerCheck(
          frame.evidence,
          frame.centre.parentElement?.dataset.check,
          parts.asker.testQuestion(view),
          spot,
        );
      },
      overviewed: (view, hotspots) => this.surroundings.offerGaps(view, hotspots),
      compared: (view, selected) => this.time.words(view, selected),
      since: (view) => this.time.since(view),
    });
    this.decide = new Decide(parts);
    this.draw = new DrawPlace(parts, {
      drawn: (drawing) => this.drawn(drawing),
      look: ([lon, lat], street) => this.scene?.fly(lon, lat, street ? 15 : 12.6),
    });
    this.minutes = new Minutes(frame, {
      chosen: () => this.minuted(),
      decide: this.decide.may ? () => this.decide.open() : null,
    });
    this.time = this.timeline();
    this.moves = new Moves(parts, (selection) => this.panel.spot(selection));
    this.controls = new Controls(parts, this.moves, this.surroundings.overlaid);
    new TakeOut(parts, {
      scene: () => this.scene,
      picture: () => this.shown.picture,
      level: () => this.levelWord(),
      fillTable: () => this.fillTable(),
      failed: (error) => this.trouble.say(error, null),
    });
    wakePaper(frame, () => this.fillTable());
    store.listen((view, before, action) => this.changed(view, before, action));
  }

  private timeline(): Timeline {
    return new Timeline(this.parts, {
      level: () => this.levelWord(),
      picture: () => this.shown.picture,
      passed: (picture) => {
        this.period.show(picture.months, picture.about);
        this.controls.showKeys(this.view, picture);
      },
      told: () => this.told(),
      repaint: () => this.repaint(),
      ask: () => this.askPicture(),
      press: (pressed) => this.pressed(pressed),
      silent: (area) => this.surroundings.told(area),
      failed: (error, retry) => this.trouble.say(error, retry),
    });
  }

  /** What the picture on the screen counts. */
  get counted(): Counted {
    return this.shown.picture?.about.counted ?? this.view.counted;
  }

  private get view(): View {
    return this.parts.store.view();
  }

  /** The map is there, or cannot be drawn here (null): the table then stands for it. */
  begin(scene: Scene | null, options: Omit<StageOptions, "holder" | "camera"> | null): void {
    this.scene = this.moves.scene = scene;
    this.surroundings.begin(scene);
    this.time.begin(scene, options);
    this.mustReach = this.view.selected?.kind === "hotspot";
    if (this.view.within && !this.view.camera) this.moves.look();
    this.askPicture();
    this.showControls();
    this.controls.showRail(this.view, null);
    this.panel.wait(this.view);
  }

  /** Areas are known now: their names stand where codes stood, and what is counted by area has a place. */
  named(): void {
    this.showControls();
    this.surroundings.askAll(this.view, this.shown.awaits);
    if (this.view.selected?.kind === "unit") this.scene?.choose(this.view.selected);
  }

  sayTrouble(error: unknown): void {
    this.trouble.say(error, null);
  }

  moved(camera: { lon: number; lat: number; zoom: number }): void {
    this.parts.store.act({ type: "camera", camera });
    if (this.time.playing) return;
    if (this.view.level === "cell" && this.shown.lacks(this.levelWord())) this.askPicture();
  }

  private changed(view: View, before: View, action: Action): void {
    if (action.type === "camera") {
      this.writeAddress(action);
      return;
    }
    if (view.selected !== before.selected || view.within !== before.within)
      this.parts.frame.evidence.scrollTop = 0;
    const taken = action.type === "restore" || action.type === "step";
    if (taken && view.camera && view.camera !== before.camera) this.scene?.jump(view.camera);
    const asked = !sameQuestion(view, before);
    // first what the server may begin with, then all that it need not wait for
    if (asked) this.askPicture();
    this.writeAddress(action);
    if (!asked && view.comparing !== before.comparing) this.time.follow(view, this.shown.picture);
    this.showControls();
    if (!asked) this.controls.showRail(view, this.shown.picture);
    this.surroundings.changed(view, before, this.shown.awaits);
    if (!asked && view.measure !== before.measure) this.recolour();
    if (asked) this.panelIsOld = true;
    // another level lets the choice go; the place is looked for there again
    const chosen = action.type === "level" ? before.selected : view.selected;
    if (asked && chosen?.kind === "hotspot" && !taken) this.followed = this.panel.spot(chosen);
    else if (!asked && view.selected !== before.selected) this.showSelection();
    if (view.table !== before.table) this.showTable();
  }

  private writeAddress(action: Action): void {
    if (action.type === "restore") return;
    const address = `${location.pathname}${toQuery(this.view)}`;
    if (replacesHistory(action)) history.replaceState(null, "", address);
    else history.pushState(null, "", address);
  }

  private levelWord(): string {
    const { level } = this.view;
    return level === "cell" ? `cell:${this.scene?.resolutionNow() ?? 8}` : level;
  }

  private askPicture(): void {
    this.parts.frame.evidence.setAttribute("aria-busy", "true");
    this.shown.ask(this.view, this.levelWord(), this.scene);
  }

  /** Another measure of the same answer: nothing is asked. */
  private recolour(): void {
    const { picture } = this.shown;
    if (!picture) return;
    void this.scene?.paint(this.view, picture, `${this.parts.asker.api}/picture`);
    this.controls.showKeys(this.view, picture);
    this.showTable();
  }

  /** The map shows the picture: now everything beside it, and only now the next questions. */
  private painted(view: View, picture: Picture): void {
    this.controls.showRail(this.view, picture);
    this.period.show(picture.months, picture.about);
    this.time.stamp(view);
    this.showKeys(view, picture);
    this.showTable();
    this.time.tested(this.shown.hotspots);
    this.time.follow(this.view, picture);
    this.panel.know(picture, this.shown.hotspots);
    if (!this.view.selected) this.panel.overview(this.view);
    else if (this.panelIsOld && (this.shown.hotspots || this.view.selected.kind === "unit"))
      this.showSelection();
    this.panelIsOld = false;
    this.parts.frame.evidence.removeAttribute("aria-busy");
    this.surroundings.afterPicture();
  }

  private tested(hotspots: Hotspots): void {
    this.panel.know(this.shown.picture, hotspots);
    this.time.tested(hotspots);
    const { followed } = this;
    this.followed = null;
    this.sayLetters(hotspots.hotspots, followed);
    const there = followed && followedIn(followed, hotspots.hotspots);
    if (there || (followed && this.view.selected))
      this.parts.store.act({ type: "follow", selection: selectionOf(there) });
    else if (this.view.selected?.kind === "unit") this.scene?.choose(this.view.selected);
    else this.showSelection();
    if (this.mustReach) this.moves.reachUnseen(this.view.selected);
    this.mustReach = false;
  }

  /** A letter that stands for another place than before, and a chosen place that is gone, are said. */
  private sayLetters(now: readonly Hotspot[], followed: Hotspot | null): void {
    const words = letterChange(this.lettered, now, followed);
    this.lettered = now;
    this.panel.letters = words;
    if (words) announce(words);
  }

  private showControls(): void {
    this.controls.show(this.view);
    this.time.show(this.view);
  }

  private showKeys(view: View, picture: Picture): void {
    this.controls.showKeys(view, picture);
    this.time.legend(this.view);
  }

  /** What is told beside the map of time has come, or is no longer asked for. */
  private told(): void {
    const { picture } = this.shown;
    const { selected } = this.view;
    if (picture) this.showKeys(this.view, picture);
    this.showTable();
    if (!selected) this.panel.overview(this.view);
    else if (selected.kind === "unit") this.panel.selection(this.view, selected);
  }

  private repaint(): void {
    const { picture } = this.shown;
    const path = `${this.parts.asker.api}/picture`;
    if (picture) this.scene?.paint(this.view, picture, path).catch((error) => this.trouble.say(error, null));
  }

  private showSelection(): void {
    const { selected } = this.view;
    this.scene?.choose(selected);
    if (!selected) {
      this.panel.overview(this.view);
      return;
    }
    this.sheets.open("evidence");
    this.panel.selection(this.view, selected);
  }

  /** A place is being drawn (null: no more): on the map, and as ticks in its table. */
  private drawn(drawing: Drawing | null): void {
    void this.scene?.drawn(drawing);
    this.table.ticked(this.ticks());
  }

  private ticks() {
    const drawing = this.draw.now;
    return (
      drawing && {
        units: drawing.units,
        turn: (code: string, name: string) => void this.draw.turn(code, name),
      }
    );
  }

  private showTable(): void {
    const open = this.view.table || !this.scene;
    coverMap(this.parts.frame, open);
    if (open) void this.fillTable();
  }

  /** Resolves when the table says what the map shows, whether it is open or not: paper has both. */
  async fillTable(): Promise<void> {
    const { names, asker, store, exportBase } = this.parts;
    const { picture } = this.shown;
    const { answered } = this.shown;
    const view = answered && !sameQuestion(answered, this.view) ? answered : this.view;
    if (!picture || this.time.tabled(view)) return;
    const level = this.levelWord();
    this.surroundings.showTable(view);
    await this.table.show({
      view,
      picture,
      named: () => asker.named(view, level),
      nameOf: (code) => names.of(code),
      silenceOf: (code) => this.surroundings.silenceOf(code),
      exportUrl: (format) => `${exportBase}/counts.${format}?${asker.params(view, level)}`,
      choose: (code) => store.act({ type: "select", selection: { kind: "unit", level: view.level, code } }),
      failed: (error) => this.trouble.say(error, () => this.showTable()),
      drawn: this.ticks(),
    });
  }

  /** What a minute would be about: the chosen hotspot, street or hexagon; null for the item in hand. */
  private minuted(): URLSearchParams | null {
    const { asker, choices } = this.parts;
    const { selected } = this.view;
    if (!selected) return null;
    const spot = this.panel.spot(selected);
    if (!spot) return unitWords(selected, choices.street_kind === "segment");
    const query = asker.testQuestion(this.view);
    query.set("letter", spot.letter);
    return query;
  }

  /** A press on the map: on a symbol first, else on the unit under it. */
  pressed(pressed: Pressed): void {
    if (this.draw.now) {
      if (pressed.unit) this.draw.turn(pressed.unit);
      return;
    }
    if (!this.surroundings.pressed(pressed)) this.moves.pressed(pressed);
  }

  silent(code: string): void {
    this.surroundings.silent(code);
  }

  quietOrSilent(code: string): string {
    return this.surroundings.quietOrSilent(code);
  }

  private overlaidArrived(): void {
    const { picture } = this.shown;
    this.controls.showRail(this.view, picture);
    if (picture) this.showKeys(this.view, picture);
    if (this.view.table) this.showTable();
  }
}

function selectionOf(spot: Hotspot | null): Selection | null {
  return spot ? { kind: "hotspot", id: spot.id } : null;
}
