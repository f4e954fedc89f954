// The drawn map of journeys: areas to press, rail and bus, lines on top.

import { type Map as LibreMap, Popup } from "maplibre-gl";
import type { Routes, Shapes } from "../../api/answers";
import { Cells } from "../../map/cells";
import { fillSource } from "../../map/filled";
import { JourneyLines } from "../../map/journey_lines";
import { showAreaLabels } from "../../map/overlays";
import type { Box, Stage } from "../../map/stage";
import { Values } from "../../map/values";
import type { Line } from "../../state/journeys";
import type { Camera } from "../../state/view";

export interface JourneysWishes {
  press(code: string | null): void;
  moved(camera: Camera): void;
}

export class JourneysScene {
  readonly ready: Promise<void>;
  private readonly map: LibreMap;
  private readonly drawn: JourneyLines;
  private readonly values: Values;
  private readonly points = new Map<string, [number, number]>();
  private readonly shapes = new Map<string, Shapes>();
  private level: "district" | "ward" = "district";
  private readonly popup = new Popup({ closeButton: false, offset: 8, maxWidth: "260px" });

  constructor(stage: Stage, county: Box, wishes: JourneysWishes) {
    const { map } = stage;
    this.map = map;
    this.drawn = new JourneyLines(map);
    this.values = new Values(map, new Cells(map, county), false);
    this.ready = stage.ready.then(() => this.drawn.prepare());
    stage.recoloured.add(() => this.drawn.prepare());
    const press = (point: { x: number; y: number }) => wishes.press(this.areaAt(point));
    map.on("click", (event) => {
      const words = this.drawn.wordsAt(event.point);
      if (words) this.popup.setLngLat(event.lngLat).setText(words).addTo(map);
      else press(event.point);
    });
    map.getCanvas().addEventListener("keydown", (event) => {
      if (event.key === "Enter") press(map.project(map.getCenter()));
    });
    map.on("moveend", () => {
      const { lng, lat } = map.getCenter();
      wishes.moved({ lon: lng, lat, zoom: map.getZoom() });
    });
  }

  async addShapes(level: "district" | "ward", shapes: Shapes): Promise<void> {
    await this.ready;
    this.shapes.set(level, shapes);
    for (const { properties: p } of shapes.features) this.points.set(p.code, [p.lon, p.lat]);
    this.values.addShapes(level, shapes);
    if (level === "district") showAreaLabels(this.map, shapes);
  }

  showLevel(level: "district" | "ward", place: string | null): void {
    this.level = level;
    void this.ready.then(() => {
      this.values.showLevel(level);
      const found = this.shapes.get(level)?.features.filter((f) => f.properties.code === place) ?? [];
      fillSource(this.map, "chosen", found);
    });
  }

  lines(lines: readonly Line[], stations: ReadonlyMap<string, [number, number]>): void {
    this.popup.remove();
    void this.ready.then(() =>
      this.drawn.show(lines, (code) => stations.get(code) ?? this.points.get(code) ?? null),
    );
  }

  routes(routes: Routes): void {
    void this.ready.then(() => this.drawn.routes(routes));
  }

  jump(camera: Camera): void {
    this.map.jumpTo({ center: [camera.lon, camera.lat], zoom: camera.zoom });
  }

  private areaAt(point: { x: number; y: number }): string | null {
    const found = this.map.queryRenderedFeatures([point.x, point.y], { layers: [`${this.level}-fill`] })[0];
    const code: unknown = found?.properties.code;
    return typeof code === "string" ? code : null;
  }
}
