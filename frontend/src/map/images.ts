// The symbols as images of the map, redrawn when the colours change.

import type { Map as LibreMap } from "maplibre-gl";
import { SIGNS, signImage, signName } from "./change_signs";
import {
  clusterImage,
  type Inks,
  markOfClass,
  type Shape,
  type State,
  shapeInk,
  shapeToken,
  symbolImage,
} from "./glyphs";
import { HATCH, hatchImage } from "./hatching";
import { PLATE_ROOM } from "./style_symbols";
import type { Tokens } from "./tokens";
import { DASH, dashImage } from "./withheld";

const SITES = [
  "school",
  "hotel",
  "bnb",
  "takeaway",
  "park",
  "station",
  "bus_stop",
  "childrens_home",
  "supported_accommodation",
  "police_station",
  "library",
  "leisure_centre",
  "civic_centre",
  "hospital",
  "work_session",
  "work_patrol",
  "work_awareness",
  "work_planned",
];
const KEPT_COARSE = ["childrens_home", "supported_accommodation"];
const NOTICES = [
  "notice_cawn",
  "notice_closure",
  "notice_cpn",
  "notice_pspo",
  "notice_dispersal",
  "notice_hotel",
];
const STATES: State[] = ["active", "ends_soon", "ended"];
const SHAPES: Shape[] = ["circle", "square", "diamond", "triangle", "pentagon"];

/** The name of a class's image, in its state. */
export function imageOf(code: string, state: State | null, coarse: boolean): string {
  return `${code}/${state ?? "active"}${coarse ? "/coarse" : ""}`;
}

export function clusterOf(shape: Shape, ended: boolean): string {
  return `cluster/${shape}${ended ? "/ended" : ""}`;
}

export function addSymbolImages(map: LibreMap, tokens: Tokens): void {
  if (!map.hasImage(PLATE_ROOM)) map.addImage(PLATE_ROOM, new ImageData(30, 30));
  for (const code of SITES) put(map, code, "active", false, tokens);
  for (const code of KEPT_COARSE) put(map, code, "active", true, tokens);
  for (const code of NOTICES)
    for (const state of STATES) for (const coarse of [false, true]) put(map, code, state, coarse, tokens);
  for (const shape of SHAPES)
    for (const ended of [false, true])
      set(
        map,
        clusterOf(shape, ended),
        clusterImage(shape, ended, inks(tokens, shapeInk(shape)), CLUSTER_PX[shape]),
      );
  set(map, HATCH, hatchImage(tokens.silent));
  for (const sign of SIGNS) set(map, signName(sign), signImage(sign, tokens.ink, tokens.panel));
  set(map, DASH, dashImage(tokens.ink));
}

/** A number of three figures has to fit inside. */
const CLUSTER_PX: Record<Shape, number> = { circle: 27, square: 27, diamond: 34, triangle: 38, pentagon: 31 };

function put(map: LibreMap, code: string, state: State, coarse: boolean, tokens: Tokens): void {
  const mark = markOfClass(code);
  const image = symbolImage(
    mark,
    state,
    coarse,
    inks(tokens, shapeToken(mark)),
    code === "bus_stop" ? 15 : 19,
  );
  set(map, imageOf(code, state, coarse), image);
}

function inks(tokens: Tokens, token: string): Inks {
  return { fill: tokens[token as "vulnerable"], glyph: tokens["on-symbol"], casing: tokens["map-casing"] };
}

function set(map: LibreMap, name: string, image: ImageData): void {
  if (map.hasImage(name)) map.updateImage(name, image);
  else map.addImage(name, image, { pixelRatio: 2 });
}
