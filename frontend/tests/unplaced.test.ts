import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { nextPlace } from "../src/pages/unplaced/keys";
import { around, radius } from "../src/pages/unplaced/phrase";

describe("walking the tray", () => {
  it("stays in it, and begins at its first phrase", () => {
    fc.assert(
      fc.property(fc.integer({ min: -1, max: 40 }), fc.constantFrom<1 | -1>(1, -1), (now, step) => {
        const next = nextPlace(now, step, 41);
        expect(next).toBeGreaterThanOrEqual(0);
        expect(next).toBeLessThan(41);
        if (now < 0) expect(next).toBe(0);
      }),
    );
  });
  it("comes back to where it was", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 39 }), (now) => {
        expect(nextPlace(nextPlace(now, 1, 41), -1, 41)).toBe(now);
      }),
    );
  });
});

describe("a candidate's circle", () => {
  it("grows with the weight and is never too small to see", () => {
    const weights = [-1, 0, 0.1, 0.5, 1, 7];
    const sizes = weights.map(radius);
    expect([...sizes].sort((a, b) => a - b)).toEqual(sizes);
    expect(sizes[0]).toBeGreaterThanOrEqual(10);
    expect(radius(7)).toBe(radius(1));
  });
});

describe("the box around candidates", () => {
  it("holds every one of them, with room; none for none", () => {
    expect(around([])).toBeNull();
    const point = fc.record({
      lon: fc.double({ min: -8, max: 2, noNaN: true }),
      lat: fc.double({ min: 50, max: 60, noNaN: true }),
    });
    fc.assert(
      fc.property(fc.array(point, { minLength: 1, maxLength: 9 }), (points) => {
        const box = around(points);
        if (!box) throw new Error("no box");
        for (const { lon, lat } of points) {
          expect(lon).toBeGreaterThan(box[0]);
          expect(lat).toBeGreaterThan(box[1]);
          expect(lon).toBeLessThan(box[2]);
          expect(lat).toBeLessThan(box[3]);
        }
      }),
    );
  });
});
