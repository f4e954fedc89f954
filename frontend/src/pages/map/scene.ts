// The drawn map as the page speaks to it: paint this answer, mark this place, look there.

import type { GeoJSONSource, Map as LibreMap } from "maplibre-gl";
import type { Along, Hotspots, Picture, Ring, Routes, Shapes, Silence } from "../../api/answers";
import type { Change } from "../../api/change";
import { showAlong } from "../../map/along";
import { areaAt } from "../../map/area_at";
import { Cells, hexagon, resolutionNow } from "../../map/cells";
import { showSigns } from "../../map/change_signs";
import { showDrawn } from "../../map/drawn";
import { fillSource } from "../../map/filled";
import { boxOfRings, Rings, SilencePlates, showRoutes } from "../../map/ground";
import { HotspotMarks, type HotspotWishes } from "../../map/hotspots";
import { wakeHover } from "../../map/hover";
import { groundAt, type Pressed, pressedAt } from "../../map/interact";
import { showAreaLabels, showOverlays } from "../../map/overlays";
import { copied, framePainted } from "../../map/painted";
import { type Box, cameraMs, easeOut, SIGHT, type Stage } from "../../map/stage";
import { Values } from "../../map/values";
import { showWithheld, withheldCodes } from "../../map/withheld";
import type { Overlay } from "../../state/overlay";
import type { Camera, Level, Selection, View } from "../../state/view";

/** On a phone the evidence lies over the lower part of the map. */
const narrow = window.matchMedia("(max-width: 900px)");
const OVER =
  ".map-top .crumbs, .levels-now > *, .take-out-place, .chips > *, .meeting-on > *, .legend, .unplaced, .maplibregl-ctrl-group";

export interface SceneWishes extends HotspotWishes {
  press(pressed: Pressed): void;
  silent(code: string): void;
  /** What the table says of an area: silent, or that all have sent; "" while that is not known. */
  quietOrSilent(code: string): string;
  moved(camera: Camera): void;
}

export class Scene {
  readonly map: LibreMap;
  readonly ready: Promise<void>;
  private readonly cells: Cells;
  private readonly values: Values;
  private readonly marks: HotspotMarks;
  private readonly ringed: Rings;
  private readonly silences: SilencePlates;
  private readonly shapes = new Map<Level, Shapes>();
  private level: Level = "cell";
  /** The difference is drawn: a picture that comes meanwhile leaves it be. */
  private difference: Change | null = null;
  private resolution = -1;
  private ringsSeen = "";
  private drawing = false;

  constructor(
    private readonly stage: Stage,
    county: Box,
    anchored: boolean,
    wishes: SceneWishes,
  ) {
    const { map } = stage;
    this.map = map;
    this.ready = stage.ready;
    this.cells = new Cells(map, county);
    this.values = new Values(map, this.cells, anchored);
    this.marks = new HotspotMarks(map, wishes, () => this.over().map((one) => one.getBoundingClientRect()));
    this.ringed = new Rings(map);
    this.silences = new SilencePlates(map, (code) => wishes.silent(code));
    map.on("moveend", () => this.keepClear());
    const press = (point: { x: number; y: number }) =>
      wishes.press((this.drawing ? groundAt : pressedAt)(this.finder(), point));
    stage.recoloured.add(() => this.values.again());
    wakeHover(map, (lon, lat) => {
      const area = this.difference ? null : areaAt(this.shapes.get("district"), lon, lat);
      const words = area && wishes.quietOrSilent(area.properties.code);
      return area && words ? { code: area.properties.code, title: area.properties.name, words } : null;
    });
    map.on("click", (e) => press(e.point));
    map.on("moveend", () => {
      this.follow();
      wishes.moved(this.camera());
    });
    map.getCanvas().addEventListener("keydown", (e) => {
      if (e.key === "Enter") press(map.project(map.getCenter()));
    });
  }

  /** The map in light colours, for a picture or a page: `work` is given a copy of its canvas while they last. */
  async onPaper<T>(work: (canvas: HTMLCanvasElement) => Promise<T>): Promise<T> {
    await this.ready;
    return this.stage.inLight(async () => work(await copied(this.map)));
  }

  resolutionNow(): number {
    return resolutionNow(this.map);
  }

  camera(): Camera {
    const { lng, lat } = this.map.getCenter();
    return { lon: lng, lat, zoom: this.map.getZoom() };
  }

  async addShapes(level: "district" | "ward", shapes: Shapes): Promise<void> {
    await this.ready;
    this.shapes.set(level, shapes);
    this.values.addShapes(level, shapes);
    if (level === "district") showAreaLabels(this.map, shapes);
  }

  /** Resolves when the frame that shows the picture is on the screen. */
  async paint(view: View, picture: Picture, path: string): Promise<void> {
    await this.ready;
    this.level = view.level;
    this.values.showLevel(view.level);
    if (view.level === "cell") {
      this.resolution = Number(picture.about.level.split(":")[1] ?? this.resolutionNow());
      const fresh = this.cells.follow(this.resolution);
      this.paintUnits(view, picture);
      this.values.paintFresh(fresh);
    } else {
      this.paintUnits(view, picture);
    }
    return framePainted(this.map, path);
  }

  /** From now on the difference is drawn in place of counts; null: counts again, with the next picture. */
  async showDifference(change: Change | null): Promise<void> {
    await this.ready;
    this.difference = change;
    if (change) this.values.paintChange(this.level, change);
    if (change) this.markWithheld([]);
    showSigns(this.map, change, (code) => this.shapeOf(this.level, code));
    this.map.getContainer().parentElement?.classList.toggle("is-difference", change !== null);
    this.map.setLayoutProperty("silence-hatch", "visibility", change ? "none" : "visible");
    const hidden = change ? change.units.code.filter((_, k) => change.units.strength[k] === null) : [];
    const features = hidden.flatMap((code) => {
      const geometry = this.shapeOf(this.level, code);
      return geometry ? [{ type: "Feature" as const, properties: {}, geometry }] : [];
    });
    fillSource(this.map, "not_compared", features);
  }

  /** What lies over the map: where we are, the levels, which meeting is on, the legend, the zoom. */
  private over(): HTMLElement[] {
    const stage = this.map.getContainer().parentElement;
    return [...(stage?.querySelectorAll<HTMLElement>(OVER) ?? [])].filter((one) => one.offsetWidth > 0);
  }

  /** What the map says of silence lies on no letter, and under nothing that lies over the map. */
  private keepClear(): void {
    this.silences.keepClear(
      this.marks.letters(),
      this.over().map((one) => one.getBoundingClientRect()),
    );
  }

  private paintUnits(view: View, picture: Picture): void {
    const held = this.difference?.about.level === picture.about.level;
    if (!held) this.values.paint(view.level, picture, view.measure);
    this.markWithheld(held ? [] : withheldCodes(picture.units));
  }

  private markWithheld(codes: readonly string[]): void {
    showWithheld(this.map, codes, (code) => this.shapeOf(this.level, code));
  }

  showHotspots(hotspots: Hotspots | null, asStreets: boolean): void {
    if (!hotspots) this.marks.clear();
    else this.marks.show(hotspots.hotspots, !asStreets, hotspots.about.counted);
    this.keepClear();
    this.values.markHotStreets(asStreets ? (hotspots?.hot ?? []) : []);
  }

  choose(selection: Selection | null): void {
    this.marks.choose(selection?.kind === "hotspot" ? selection.id : null);
    const shape = selection?.kind === "unit" ? this.shapeOf(selection.level, selection.code) : null;
    const features = shape ? [{ type: "Feature" as const, properties: {}, geometry: shape }] : [];
    fillSource(this.map, "chosen", features);
  }

  /** What a place being drawn covers; null where none is: then symbols are pressed again. */
  async drawn(drawing: { level: string; units: readonly string[] } | null): Promise<void> {
    this.drawing = drawing !== null;
    await this.ready;
    showDrawn(this.map, drawing?.level ?? "", drawing?.units ?? []);
  }

  async overlays(overlays: readonly Overlay[]): Promise<void> {
    await this.ready;
    showOverlays(this.map, overlays, [this.shapes.get("ward"), this.shapes.get("district")]);
  }

  async routes(routes: Routes | null, shown: readonly string[]): Promise<void> {
    await this.ready;
    showRoutes(this.map, routes, shown);
  }

  async along(along: Along | null): Promise<void> {
    await this.ready;
    showAlong(this.map, along);
  }

  async silent(silence: Silence | null): Promise<void> {
    await this.ready;
    this.silences.show(silence, this.shapes.get("district"));
    this.keepClear();
  }

  /** Rings as they come: those that reach out of sight are looked at whole, once. */
  async rings(rings: readonly Ring[]): Promise<void> {
    await this.ready;
    this.ringed.show(rings);
    const box = boxOfRings(rings);
    const word = box?.join() ?? "";
    if (box && word !== this.ringsSeen && !this.inSight(box)) this.fit(box);
    this.ringsSeen = word;
  }

  /** Whether a point of the map can be seen: in sight, and under nothing that lies over the map. */
  uncovered(lon: number, lat: number): boolean {
    const home = this.map.getContainer().getBoundingClientRect();
    const at = this.map.project([lon, lat]);
    const [x, y] = [home.left + at.x, home.top + at.y];
    const sheets = narrow.matches
      ? document.querySelectorAll<HTMLElement>(".rail.is-open, .evidence.is-open")
      : [];
    const over = [...this.over().map((one) => one.getBoundingClientRect()), ...[...sheets].map(grownSheet)];
    const inside = at.x > 0 && at.x < home.width && at.y > 0 && at.y < home.height;
    return inside && !over.some((r) => x > r.left && x < r.right && y > r.top && y < r.bottom);
  }

  private inSight([west, south, east, north]: Box): boolean {
    const { width, height } = this.map.getCanvas().getBoundingClientRect();
    const [left, bottom] = [this.map.project([west, south]), this.map.project([east, north])];
    const across = left.x >= SIGHT.left && bottom.x <= width - SIGHT.right;
    return across && bottom.y >= SIGHT.top && left.y <= height - SIGHT.bottom;
  }

  /** Closer in, until what stands together there comes apart. */
  async open({ source, id, lon, lat }: NonNullable<Pressed["gathered"]>): Promise<void> {
    const zoom = await (this.map.getSource(source) as GeoJSONSource).getClusterExpansionZoom(id);
    this.fly(lon, lat, Math.min(17, zoom + 0.2));
  }

  fit(box: Box): void {
    this.map.fitBounds(box, { padding: SIGHT, duration: cameraMs(), easing: easeOut, maxZoom: 15 });
  }

  fly(lon: number, lat: number, zoom: number): void {
    const offset: [number, number] = [0, narrow.matches ? -this.map.getContainer().clientHeight * 0.3 : 0];
    this.map.easeTo({ center: [lon, lat], zoom, offset, duration: cameraMs(), easing: easeOut });
  }

  /** What is in sight now, edge to edge. */
  sight(): Box {
    const [[west, south], [east, north]] = this.map.getBounds().toArray();
    return [west, south, east, north];
  }

  /** As much as was in sight, in whatever room the map has now. Gives what takes it back, unless somebody moved meanwhile. */
  keepSight(box: Box): () => void {
    const was = this.camera();
    this.map.resize();
    this.map.fitBounds(box, { duration: 0 });
    const fitted = JSON.stringify(this.camera());
    return () => {
      if (JSON.stringify(this.camera()) === fitted) this.jump(was);
    };
  }

  jump(camera: Camera): void {
    this.map.jumpTo({ center: [camera.lon, camera.lat], zoom: camera.zoom });
  }

  /** Cells follow the camera at the resolution last answered; another resolution waits for its answer. */
  private follow(): void {
    if (this.level !== "cell" || this.resolution !== this.resolutionNow()) return;
    this.values.paintFresh(this.cells.follow(this.resolution));
  }

  private shapeOf(level: Level, code: string): GeoJSON.Geometry | null {
    if (level === "street") return null;
    if (level === "cell") return hexagon(code, 1);
    const found = this.shapes.get(level)?.features.find((f) => f.properties.code === code);
    return found?.geometry ?? null;
  }

  private finder() {
    return { map: this.map, cells: this.cells, values: this.values, level: () => this.level };
  }
}

/** A sheet as tall as it may become: what it tells may still be on its way when the camera has to know. */
function grownSheet(sheet: HTMLElement): DOMRect {
  const { left, bottom, width, height } = sheet.getBoundingClientRect();
  const most = Number.parseFloat(getComputedStyle(sheet).maxHeight) || height;
  return new DOMRect(left, bottom - most, width, most);
}
