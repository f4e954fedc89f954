// Names and boxes of areas by code, learnt from the shapes and from what was searched.

import type { Shapes } from "../../api/answers";
import type { Box } from "../../map/stage";

interface Known {
  code: string;
  name: string;
  level: "district" | "ward" | "other";
  parent: string | null;
  box: Box | null;
}

export class Names {
  private readonly known = new Map<string, Known>();

  learnShapes(level: "district" | "ward", shapes: Shapes): void {
    for (const f of shapes.features) {
      const { code, name, parent } = f.properties;
      this.known.set(code, { code, name, level, parent: parent ?? null, box: boxOf(f.geometry) });
    }
  }

  learn(code: string, name: string, box: Box | null): void {
    if (!this.known.has(code)) this.known.set(code, { code, name, level: "other", parent: null, box });
  }

  of(code: string): string {
    return this.known.get(code)?.name ?? code;
  }

  /** Whether the breadcrumb already says, and takes back, that we are there. */
  isArea(code: string): boolean {
    return (this.known.get(code)?.level ?? "other") !== "other";
  }

  /** The area that a code lies in; "" where none is known. */
  parentOf(code: string): string {
    return this.known.get(code)?.parent ?? "";
  }

  box(code: string): Box | null {
    return this.known.get(code)?.box ?? null;
  }

  /** District and ward above and including a code, outermost first. */
  trail(code: string | null): Known[] {
    const here = code ? this.known.get(code) : undefined;
    if (!here) return code ? [{ code, name: code, level: "other", parent: null, box: null }] : [];
    return [...this.trail(here.parent), here];
  }
}

function boxOf(geometry: GeoJSON.Polygon | GeoJSON.MultiPolygon): Box {
  const rings = geometry.type === "Polygon" ? geometry.coordinates : geometry.coordinates.flat();
  const box: Box = [180, 90, -180, -90];
  for (const ring of rings)
    for (const [x, y] of ring) {
      if (x === undefined || y === undefined) continue;
      box[0] = Math.min(box[0], x);
      box[1] = Math.min(box[1], y);
      box[2] = Math.max(box[2], x);
      box[3] = Math.max(box[3], y);
    }
  return box;
}
