import { describe, expect, it } from "vitest";
import type { Shapes } from "../src/api/answers";
import { areaAt } from "../src/map/area_at";

const square = (w: number, s: number, side: number) => [
  [w, s],
  [w + side, s],
  [w + side, s + side],
  [w, s + side],
  [w, s],
];
const feature = (code: string, geometry: unknown) => ({ type: "Feature", properties: { code }, geometry });
const shapes = {
  type: "FeatureCollection",
  features: [
    feature("holed", { type: "Polygon", coordinates: [square(0, 0, 4), square(1, 1, 2)] }),
    feature("hole", { type: "Polygon", coordinates: [square(1, 1, 2)] }),
    feature("islands", { type: "MultiPolygon", coordinates: [[square(10, 0, 1)], [square(12, 0, 1)]] }),
  ],
} as unknown as Shapes;
const at = (lon: number, lat: number) => areaAt(shapes, lon, lat)?.properties.code ?? null;

describe("which area a point lies in", () => {
  it("is the one whose outline goes round it", () => expect(at(0.5, 3.5)).toBe("holed"));
  it("is not the one that has a hole there", () => expect(at(2, 2)).toBe("hole"));
  it("is any part of one of several", () => {
    expect(at(10.5, 0.5)).toBe("islands");
    expect(at(12.5, 0.5)).toBe("islands");
    expect(at(11.5, 0.5)).toBeNull();
  });
  it("is none outside them all, or before they are known", () => {
    expect(at(-1, 2)).toBeNull();
    expect(areaAt(undefined, 1, 1)).toBeNull();
  });
});
