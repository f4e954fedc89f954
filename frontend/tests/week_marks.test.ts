import fc from "fast-check";
import { expect, test } from "vitest";
import { sideOf } from "../src/state/week";

test("an hour's mark grows with its count, fills its cell at the busiest, and is never too small to see", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 5000 }), fc.integer({ min: 1, max: 5000 }), (a, b) => {
      const most = Math.max(a, b);
      const [small, large] = [sideOf(Math.min(a, b), most), sideOf(most, most)];
      expect(large).toBe(1);
      expect(small).toBeGreaterThan(0.3);
      expect(small).toBeLessThanOrEqual(large);
    }),
  );
});

test("an hour without a record is an empty cell of full size: zero is told apart from little", () => {
  expect(sideOf(0, 10)).toBe(1);
});
