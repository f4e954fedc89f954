// The drawn map of joint insight: cells below, silence over them, places on top.

import type { Picture, Shapes } from "../../api/answers";
import { Cells, resolutionNow } from "../../map/cells";
import { SilencePlates } from "../../map/ground";
import { JointMarks, type JointWishes } from "../../map/joint_marks";
import { showAreaLabels } from "../../map/overlays";
import { framePainted } from "../../map/painted";
import { type Box, cameraMs, easeOut, SIGHT, type Stage } from "../../map/stage";
import { Values } from "../../map/values";
import type { JointPlace } from "../../state/joint";
import { byDistrict, type Silent, silentWords } from "../../state/silence";
import type { Camera } from "../../state/view";

export interface JointSceneWishes extends JointWishes {
  moved(camera: Camera): void;
  /** Quiet or silent? A district's plate was pressed. */
  silent(code: string): void;
}

export class JointScene {
  readonly ready: Promise<void>;
  readonly marks: JointMarks;
  private readonly cells: Cells;
  private readonly values: Values;
  private readonly plates: SilencePlates;
  private districts: Shapes | null = null;
  private silent: readonly Silent[] = [];
  private resolution = -1;

  constructor(
    private readonly stage: Stage,
    county: Box,
    wishes: JointSceneWishes,
  ) {
    const { map } = stage;
    this.cells = new Cells(map, county);
    this.values = new Values(map, this.cells, false);
    this.marks = new JointMarks(map, wishes);
    this.plates = new SilencePlates(map, (code) => wishes.silent(code));
    this.ready = stage.ready.then(() => this.prepare());
    stage.recoloured.add(() => this.prepare());
    map.on("moveend", () => {
      this.follow();
      const { lng, lat } = map.getCenter();
      wishes.moved({ lon: lng, lat, zoom: map.getZoom() });
    });
  }

  resolutionNow(): number {
    return resolutionNow(this.stage.map);
  }

  async addShapes(level: "district" | "ward", shapes: Shapes): Promise<void> {
    await this.ready;
    this.values.addShapes(level, shapes);
    if (level !== "district") return;
    this.districts = shapes;
    showAreaLabels(this.stage.map, shapes);
    this.hatchSilent();
  }

  async paint(picture: Picture): Promise<void> {
    await this.ready;
    this.resolution = Number(picture.about.level.split(":")[1] ?? this.resolutionNow());
    const fresh = this.cells.follow(this.resolution);
    this.values.paint("cell", picture, "count");
    this.values.paintFresh(fresh);
    return framePainted(this.stage.map, "/api/picture");
  }

  /** With every agency off there is nothing to paint. */
  async paintNothing(): Promise<void> {
    await this.ready;
    this.values.wipe("cell");
  }

  async showSilent(silent: readonly Silent[]): Promise<void> {
    this.silent = silent;
    await this.ready;
    this.hatchSilent();
  }

  async showPlaces(
    places: readonly JointPlace[],
    names: ReadonlyMap<number, string>,
    ringed: boolean,
  ): Promise<void> {
    await this.ready;
    this.marks.show(places, names, ringed);
  }

  flyTo(place: JointPlace): void {
    const { map } = this.stage;
    const zoom = Math.max(map.getZoom(), 12);
    map.easeTo({ center: [place.lon, place.lat], zoom, duration: cameraMs(), easing: easeOut });
  }

  whole(box: Box): void {
    this.stage.map.fitBounds(box, { padding: SIGHT, duration: cameraMs(), easing: easeOut });
  }

  jump(camera: Camera): void {
    this.stage.map.jumpTo({ center: [camera.lon, camera.lat], zoom: camera.zoom });
  }

  private prepare(): void {
    this.marks.prepare();
    this.values.showLevel("cell");
    this.values.again();
  }

  private hatchSilent(): void {
    if (!this.districts) return;
    const areas = [...byDistrict(this.silent)].map(([code, of]) => ({
      code,
      words: silentWords(of),
      feeds: [],
    }));
    this.plates.show({ areas }, this.districts);
  }

  private follow(): void {
    if (this.resolution === this.resolutionNow()) this.values.paintFresh(this.cells.follow(this.resolution));
  }
}
