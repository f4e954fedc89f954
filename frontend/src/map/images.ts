// The symbols as images of the map, redrawn when the colours change.

import type { Map as LibreMap } from "maplibre-gl";
import { type State, shapeToken, symbolImage } from "./glyphs";
import { PLATE_ROOM } from "./style_symbols";
import type { Tokens } from "./tokens";

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
];
const NOTICES = ["cawn", "closure", "cpn", "pspo", "dispersal", "hotel_notice"];
const STATES: State[] = ["active", "ends_soon", "ended"];

export function noticeImage(kind: string, state: State, coarse: boolean): string {
  return `${kind}/${state}${coarse ? "/coarse" : ""}`;
}

export function addSymbolImages(map: LibreMap, tokens: Tokens): void {
  if (!map.hasImage(PLATE_ROOM)) map.addImage(PLATE_ROOM, new ImageData(30, 30));
  for (const code of SITES) put(map, code, code, "active", false, tokens);
  for (const kind of NOTICES)
    for (const state of STATES)
      for (const coarse of [false, true])
        put(map, noticeImage(kind, state, coarse), kind, state, coarse, tokens);
}

function put(map: LibreMap, name: string, code: string, state: State, coarse: boolean, tokens: Tokens): void {
  const ink = {
    fill: tokens[shapeToken(code) as "vulnerable"],
    glyph: tokens["on-symbol"],
    casing: tokens["map-casing"],
  };
  const image = symbolImage(code, state, coarse, ink, code === "bus_stop" ? 15 : 19);
  if (map.hasImage(name)) map.updateImage(name, image);
  else map.addImage(name, image, { pixelRatio: 2 });
}
