// The map page: one view, one address, one answer at a time, painted on the map, the rail and the panel.

import type { Choices, Found, Hotspot, Hotspots, Picture } from "../../api/answers";
import type { Pressed } from "../../map/interact";
import { type Action, replacesHistory, sameQuestion } from "../../state/reducer";
import type { Store } from "../../state/store";
import { toQuery } from "../../state/url";
import { LEVELS, type Level, type Selection, type View } from "../../state/view";
import { announce } from "../dom";
import type { Asker } from "./asker";
import { type Frame, wakeSheets } from "./layout";
import { showLegend, showUnplaced } from "./legend";
import type { Names } from "./names";
import { INSIDE, Panel } from "./panel";
import { PeriodBar } from "./period";
import type { Rail } from "./rail";
import type { Scene } from "./scene";
import { TableTwin } from "./table";
import { showChips, showCrumbs, showLevels } from "./top_bar";
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
  rail: Rail | null = null;
  private scene: Scene | null = null;
  private picture: Picture | null = null;
  private hotspots: Hotspots | null = null;
  private painted: { view: View; level: string } | null = null;
  private asking = "";
  private readonly table: TableTwin;
  private readonly period: PeriodBar;
  private readonly progress: Progress;
  private readonly trouble: Trouble;
  private readonly sheets: ReturnType<typeof wakeSheets>;
  private readonly panel: Panel;
  private followed: Hotspot | null = null;

  constructor(private readonly parts: PageParts) {
    const { frame, store } = parts;
    this.table = new TableTwin(frame.table);
    this.period = new PeriodBar(frame.period, (from, to) => store.act({ type: "period", from, to }));
    this.progress = new Progress(frame.progress);
    this.trouble = new Trouble(frame.trouble);
    this.sheets = wakeSheets(frame);
    this.panel = new Panel(parts, {
      choose: (selection) => this.choose(selection),
      drill: (code, level) => this.drill(code, level),
      toStreets: (spot) => this.toStreets(spot),
      failed: (error, retry) => this.trouble.say(error, retry),
    });
    store.listen((view, before, action) => this.changed(view, before, action));
  }

  private get view(): View {
    return this.parts.store.view();
  }

  /** The map is there, or cannot be drawn here (null): the table then stands for it. */
  begin(scene: Scene | null): void {
    this.scene = scene;
    this.showControls();
    if (this.view.within && !this.view.camera) this.look();
    this.askPicture();
    this.showOverlays();
    this.showSelection();
  }

  sayTrouble(error: unknown): void {
    this.trouble.say(error, null);
  }

  pressed({ unit, site }: Pressed): void {
    if (site) {
      this.scene?.tell(site.name, site.lon, site.lat);
      announce(site.name);
      return;
    }
    const { store } = this.parts;
    const { selected, level } = this.view;
    const again = selected?.kind === "unit" && selected.code === unit;
    if (unit && again && INSIDE[level]) {
      this.drill(unit, level);
      return;
    }
    store.act({ type: "select", selection: unit ? { kind: "unit", level, code: unit } : null });
  }

  found(found: Found): void {
    const { names, store } = this.parts;
    names.learn(found.code, found.name, found.bbox ?? null);
    const inside = found.kind === "district" || found.kind === "ward";
    if (inside) this.drill(found.code, found.kind as Level);
    else if (found.kind === "street" && this.parts.choices.has_streets) {
      store.act({ type: "level", level: "street" });
      store.act({ type: "select", selection: { kind: "unit", level: "street", code: found.code } });
      this.scene?.fly(found.lon, found.lat, 15);
    } else if (found.bbox) this.scene?.fit(found.bbox);
    else this.scene?.fly(found.lon, found.lat, 14);
  }

  moved(camera: { lon: number; lat: number; zoom: number }): void {
    this.parts.store.act({ type: "camera", camera });
    if (this.view.level === "cell" && this.levelWord() !== (this.asking || this.painted?.level))
      this.askPicture();
  }

  private changed(view: View, before: View, action: Action): void {
    this.writeAddress(action);
    if (action.type === "camera") return;
    if (action.type === "restore" && view.camera) this.scene?.jump(view.camera);
    this.showControls();
    if (!sameQuestion(view, before)) this.askPicture();
    if (view.shown !== before.shown) this.showOverlays();
    const asked = !sameQuestion(view, before);
    if (asked && view.selected?.kind === "hotspot" && action.type !== "restore")
      this.followed = this.panel.spot(view.selected);
    else if (asked || view.selected !== before.selected) this.showSelection();
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
    const view = this.view;
    const level = this.levelWord();
    this.asking = level;
    this.progress.start("Counting…");
    this.trouble.clear();
    this.parts.asker
      .picture(view, level, (picture) => this.arrived(view, level, picture))
      .then((hotspots) => hotspots && this.tested(view, hotspots))
      .catch((error) => {
        this.progress.stop();
        this.asking = "";
        this.trouble.say(error, () => this.askPicture());
      });
  }

  /** The map first; the panels in the frame after it. */
  private async arrived(view: View, level: string, picture: Picture): Promise<void> {
    const { frame, choices, asker } = this.parts;
    this.asking = "";
    this.picture = picture;
    if (!asker.tested(view)) this.hotspots = null;
    this.painted = { view, level };
    this.progress.stop();
    await this.scene?.paint(view, picture, `${asker.api}/picture`);
    if (this.picture !== picture) return;
    if (!this.hotspots) this.scene?.showHotspots(null, false);
    this.progress.start("Testing for hotspots…");
    this.rail?.show(this.view, picture);
    this.period.show(picture.months, ...picture.about.period);
    showLegend(frame.legend, view, picture, choices);
    showUnplaced(frame.unplaced, picture);
    this.showTable();
    this.panel.know(picture, this.hotspots);
    if (!this.view.selected) this.panel.overview(this.view);
  }

  private tested(view: View, hotspots: Hotspots): void {
    this.progress.stop();
    if (hotspots === this.hotspots) return;
    this.hotspots = hotspots;
    this.panel.know(this.picture, hotspots);
    this.scene?.showHotspots(hotspots, this.parts.asker.testedLevel(view) === "street");
    const followed = this.followed;
    this.followed = null;
    if (followed)
      this.parts.store.act({ type: "select", selection: selectionOf(sameSpot(followed, hotspots)) });
    else if (this.view.selected?.kind === "unit") this.scene?.choose(this.view.selected);
    else this.showSelection();
  }

  private showControls(): void {
    const { frame, choices, names, store } = this.parts;
    const act = (action: Action) => store.act(action);
    const levels = LEVELS.filter((l) => l !== "street" || choices.has_streets);
    showLevels(frame.levels, this.view, levels, act);
    showChips(frame.chips, this.view, choices, names, act);
    showCrumbs(frame.crumbs, this.view, choices.county, names, (action) => {
      act(action);
      this.look();
    });
    this.rail?.show(this.view, this.picture);
  }

  private look(): void {
    const { within } = this.view;
    const box = within ? this.parts.names.box(within) : this.parts.choices.bbox;
    if (box) this.scene?.fit(box);
  }

  private drill(code: string, level: Level): void {
    const inside = INSIDE[level];
    if (!inside) return;
    this.parts.store.act({ type: "drill", code, level: inside.level });
    this.look();
  }

  choose(selection: Selection): void {
    this.parts.store.act({ type: "select", selection });
    const spot = this.panel.spot(selection);
    if (spot) this.scene?.fly(spot.lon, spot.lat, Math.max(12.6, this.scene.camera().zoom));
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

  private toStreets(spot: Hotspot | null): void {
    const at = spot ?? this.scene?.camera();
    this.parts.store.act({ type: "level", level: "street" });
    if (at) this.scene?.fly(at.lon, at.lat, 15);
  }

  private showTable(): void {
    const { frame, names, asker, store, exportBase } = this.parts;
    const open = this.view.table || !this.scene;
    frame.table.hidden = !open;
    if (!open || !this.picture) return;
    const view = this.view;
    this.table.show({
      view,
      picture: this.picture,
      nameOf: (code) => names.of(code),
      exportUrl: (format) => `${exportBase}/counts.${format}?${asker.params(view, this.levelWord())}`,
      choose: (code) => store.act({ type: "select", selection: { kind: "unit", level: view.level, code } }),
    });
  }

  private showOverlays(): void {
    const { asker, choices } = this.parts;
    const label = (code: string) => choices.classes.find((c) => c.code === code)?.label ?? code;
    const sites = asker.sites(this.view).then((found) => found && this.scene?.sites(found, label));
    const notices = asker.notices(this.view).then((found) => this.scene?.notices(found, this.view.shown));
    Promise.all([sites, notices]).catch((error) => this.trouble.say(error, () => this.showOverlays()));
  }
}

/** After the filters changed: the hotspot that still holds the peak of the one that was followed. */
function sameSpot(followed: Hotspot, { hotspots }: Hotspots): Hotspot | null {
  return hotspots.find((h) => h.units.includes(followed.code)) ?? null;
}

function selectionOf(spot: Hotspot | null): Selection | null {
  return spot ? { kind: "hotspot", id: spot.id } : null;
}
