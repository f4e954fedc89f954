import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { gathered } from "../src/map/overlays";

const row = fc.record({
  code: fc.option(fc.constantFrom("W1", "W2", "W3")),
  kind: fc.constantFrom("cawn", "closure"),
  state: fc.constantFrom("active" as const, "ends_soon" as const, "ended" as const),
});

describe("notices kept to an area", () => {
  it("lose none that has an area, and no two marks of an area share a place", () => {
    fc.assert(
      fc.property(fc.array(row, { maxLength: 40 }), (rows) => {
        const marks = gathered(rows);
        expect(marks.reduce((n, m) => n + m.n, 0)).toBe(rows.filter((r) => r.code).length);
        expect(new Set(marks.map((m) => `${m.code}/${m.place}`)).size).toBe(marks.length);
        expect(new Set(marks.map((m) => [m.code, m.kind, m.state].join())).size).toBe(marks.length);
      }),
    );
  });
});
