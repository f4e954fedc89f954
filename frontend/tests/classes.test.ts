import fc from "fast-check";
import { cellArea, UNITS } from "h3-js";
import { describe, expect, it } from "vitest";
import { hexagon } from "../src/map/cells";
import { northWest } from "../src/map/hotspots";
import {
  breakWords,
  CLASS_COUNT,
  changedClasses,
  classOf,
  DEFAULT_BREAKS,
  metresPerPixel,
  resolutionFor,
  STREET_BREAKS,
  streetBreaks,
} from "../src/state/classes";
import { classesBy, WITHHELD } from "../src/state/measure";

describe("classes", () => {
  it("never fall as counts rise, and fewer than the first break has none", () => {
    fc.assert(
      fc.property(fc.nat(500), fc.nat(500), (a, b) => {
        const [low, high] = a < b ? [a, b] : [b, a];
        expect(classOf(low, DEFAULT_BREAKS)).toBeLessThanOrEqual(classOf(high, DEFAULT_BREAKS));
      }),
    );
    expect(classOf(0, DEFAULT_BREAKS)).toBe(0);
    expect(classOf(1_000_000, DEFAULT_BREAKS)).toBe(CLASS_COUNT);
  });

  it("of streets are five, rise, begin at one, and are the design's own while counts are small", () => {
    const breaks = fc.uniqueArray(fc.integer({ min: 2, max: 5000 }), { minLength: 5, maxLength: 5 });
    fc.assert(
      fc.property(breaks, (more) => {
        const own = [1, ...more.sort((a, b) => a - b)];
        const streets = streetBreaks(own);
        expect(streets).toHaveLength(STREET_BREAKS.length);
        expect(streets[0]).toBe(1);
        expect([...streets].sort((a, b) => a - b)).toEqual(streets);
      }),
    );
    expect(streetBreaks([1, 2, 3, 4, 5, 8])).toBe(STREET_BREAKS);
    expect(streetBreaks([1, 2, 3, 8, 20, 40])).toEqual([1, 3, 8, 20, 40]);
    expect(streetBreaks([1])).toBe(STREET_BREAKS);
  });

  it("begin exactly at their breaks", () => {
    for (const [k, least] of DEFAULT_BREAKS.entries()) {
      expect(classOf(least, DEFAULT_BREAKS)).toBe(k + 1);
      expect(classOf(least - 1, DEFAULT_BREAKS)).toBe(k);
    }
  });

  it("are worded as the legend says them", () => {
    expect(breakWords(DEFAULT_BREAKS, false)).toEqual(["1", "3", "6", "10", "16", "25+"]);
    expect(breakWords(STREET_BREAKS, true)).toEqual(["1", "2", "3–4", "5–7", "8+"]);
  });

  it("leave out zeros, and give what is withheld a class of its own", () => {
    const units = { id: null, code: ["a", "b", "c"], count: [null, 0, 7], rate: null };
    expect([...classesBy("count", units, DEFAULT_BREAKS)]).toEqual([
      ["a", WITHHELD],
      ["c", 3],
    ]);
  });
});

describe("a repainting", () => {
  const painting = fc.dictionary(fc.constantFrom(..."abcdefgh"), fc.integer({ min: 1, max: 6 }));

  it("applied to the old picture gives the new one, and touches nothing that stayed", () => {
    fc.assert(
      fc.property(painting, painting, (a, b) => {
        const [before, after] = [new Map(Object.entries(a)), new Map(Object.entries(b))];
        const changes = changedClasses(before, after);
        const result = new Map(before);
        for (const [code, c] of changes) c === 0 ? result.delete(code) : result.set(code, c);
        expect(result).toEqual(after);
        for (const [code, c] of changes) expect(before.get(code) ?? 0).not.toBe(c);
      }),
    );
  });
});

describe("cells", () => {
  it("follow the zoom: finer as it grows, and at least 14 px across", () => {
    fc.assert(
      fc.property(fc.double({ min: 8.6, max: 17, noNaN: true }), (zoom) => {
        const resolution = resolutionFor(zoom, 51.7);
        const across_m = Math.sqrt(cellArea("87194ad32ffffff", UNITS.m2) / 7 ** (resolution - 7) / 0.866);
        expect(across_m / metresPerPixel(zoom, 51.7)).toBeGreaterThanOrEqual(14);
        expect(resolutionFor(zoom + 0.5, 51.7)).toBeGreaterThanOrEqual(resolution);
      }),
    );
  });

  it("are closed rings of six corners", () => {
    const ring = hexagon("89194ad14bbffff").coordinates[0] ?? [];
    expect(ring).toHaveLength(7);
    expect(ring[0]).toEqual(ring[6]);
  });

  it("a plate hangs at the north-west corner", () => {
    const ring = [
      [0, 0],
      [1, 0],
      [1, 1],
      [0, 1],
      [0, 0],
    ];
    expect(northWest({ type: "MultiPolygon", coordinates: [[ring]] })).toEqual([0, 1]);
  });
});
