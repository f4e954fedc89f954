// The mark of a number that is kept back: a white cell with a dash. Neither zero nor silence.

import type { LayerSpecification as Layer, Map as LibreMap } from "maplibre-gl";
import type { Units } from "../api/answers";
import { fillSource } from "./filled";
import type { Tokens } from "./tokens";

export const DASH = "withheld-dash";
export const WITHHELD_SOURCE = "withheld";
const DASH_PX: readonly [number, number] = [12, 3];
const RATIO = 2;

export function dashImage(colour: string): ImageData {
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [DASH_PX[0] * RATIO, DASH_PX[1] * RATIO];
  const pen = canvas.getContext("2d");
  if (!pen) throw new Error("This browser cannot draw the map's marks.");
  pen.fillStyle = colour;
  pen.fillRect(0, 0, canvas.width, canvas.height);
  return pen.getImageData(0, 0, canvas.width, canvas.height);
}

export function withheldLayers(tokens: Tokens): Layer[] {
  return [
    {
      id: "withheld-edge",
      type: "line",
      source: WITHHELD_SOURCE,
      paint: { "line-color": tokens["ink-3"], "line-width": 1.2 },
    },
    {
      id: "withheld-dash",
      type: "symbol",
      source: WITHHELD_SOURCE,
      layout: { "icon-image": DASH, "icon-allow-overlap": true, "icon-ignore-placement": true },
    },
  ];
}

/** Which units of an answer are withheld. */
export function withheldCodes({ code, count }: Pick<Units, "code" | "count">): string[] {
  return code.filter((_, k) => (count[k] ?? null) === null);
}

/** `shapeOf` is null where a unit has no area to mark, as a street has none. */
export function showWithheld(
  map: LibreMap,
  codes: readonly string[],
  shapeOf: (code: string) => GeoJSON.Geometry | null,
): void {
  const features = codes.flatMap((code) => {
    const geometry = shapeOf(code);
    return geometry ? [{ type: "Feature" as const, properties: {}, geometry }] : [];
  });
  fillSource(map, WITHHELD_SOURCE, features);
}
