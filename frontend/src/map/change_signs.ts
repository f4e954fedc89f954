// More or fewer without colour: a plus or a minus in the middle of what changed. In greyscale the two ramps are alike.

import type { LayerSpecification as Layer, Map as LibreMap } from "maplibre-gl";
import type { Change } from "../api/change";
import { fillSource } from "./filled";

export const SIGNS_SOURCE = "change_signs";
export const SIGNS = ["more", "fewer"] as const;
export type Sign = (typeof SIGNS)[number];
const SIDE_PX = 15;
const ARM_PX = 10;
const RATIO = 2;

export function signName(sign: Sign): string {
  return `change-${sign}`;
}

/** A small disc, so that the sign is read on the darkest class and the lightest. */
export function signImage(sign: Sign, ink: string, ground: string): ImageData {
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = SIDE_PX * RATIO;
  const pen = canvas.getContext("2d");
  if (!pen) throw new Error("This browser cannot draw the map's marks.");
  pen.scale(RATIO, RATIO);
  const [middle, from] = [SIDE_PX / 2, (SIDE_PX - ARM_PX) / 2];
  pen.fillStyle = ground;
  pen.arc(middle, middle, middle, 0, 2 * Math.PI);
  pen.fill();
  pen.fillStyle = ink;
  pen.fillRect(from, middle - 1, ARM_PX, 2);
  if (sign === "more") pen.fillRect(middle - 1, from, 2, ARM_PX);
  return pen.getImageData(0, 0, canvas.width, canvas.height);
}

/** A sign gives way where there is no room for it: a colour without one is read by its neighbours. */
export function signLayer(): Layer {
  return {
    id: "change-signs",
    type: "symbol",
    source: SIGNS_SOURCE,
    layout: { "icon-image": ["get", "image"], "icon-padding": 0 },
  };
}

/** `shapeOf` is null where a unit has no area: a street says it by its panel and the table. */
export function showSigns(
  map: LibreMap,
  change: Change | null,
  shapeOf: (code: string) => GeoJSON.Geometry | null,
): void {
  const features = (change?.units.code ?? []).flatMap((code, k) => {
    const strength = change?.units.strength[k] ?? 0;
    const geometry = strength === 0 ? null : shapeOf(code);
    const properties = { image: signName(strength > 0 ? "more" : "fewer") };
    return geometry ? [{ type: "Feature" as const, properties, geometry }] : [];
  });
  fillSource(map, SIGNS_SOURCE, features);
}
