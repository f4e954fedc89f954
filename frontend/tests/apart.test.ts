import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { clearOf } from "../src/map/apart";

const rect = (left: number, top: number, width: number, height: number) => ({
  left,
  top,
  right: left + width,
  bottom: top + height,
});

describe("a label among letters", () => {
  it("stays where it is free", () => {
    expect(clearOf(rect(0, 0, 120, 30), [rect(200, 0, 28, 28)])).toEqual([0, 0]);
  });

  it("steps aside from any one letter, by the least step", () => {
    fc.assert(
      fc.property(fc.integer({ min: -28, max: 120 }), fc.integer({ min: -28, max: 30 }), (x, y) => {
        const letter = rect(x, y, 28, 28);
        const [dx, dy] = clearOf(rect(0, 0, 120, 30), [letter]) ?? [0, 0];
        const apart =
          120 + dx <= letter.left || dx >= letter.right || 30 + dy <= letter.top || dy >= letter.bottom;
        expect(apart).toBe(true);
        expect(Math.hypot(dx, dy)).toBeLessThanOrEqual(Math.SQRT2 * 58);
      }),
    );
  });

  it("stays where there is no room at all", () => {
    expect(clearOf(rect(0, 0, 120, 30), [rect(-999, -999, 2000, 2000)])).toBeNull();
  });
});
