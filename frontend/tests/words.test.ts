import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { counted, distances, letterOf, monthShort, periodShort, periodWords } from "../src/state/format";
import { BUSIEST, ordered, type Row, rowsOf, turned } from "../src/state/rows";

describe("words", () => {
  it("say periods as readers do", () => {
    expect(periodWords("2025-11-01", "2026-11-01")).toBe("12 months to 31 October 2026");
    expect(periodWords("2026-10-01", "2026-11-01")).toBe("October 2026");
    expect(periodWords("2026-10-05", "2026-10-12")).toBe("5 October 2026 to 11 October 2026");
    expect(periodShort("2025-11-01", "2026-11-01")).toBe("in 12 months");
    expect(monthShort("2025-11")).toBe("Nov 2025");
  });

  it("count with their noun", () => {
    expect(counted(1, "record")).toBe("1 record");
    expect(counted(1284, "row")).toBe("1,284 rows");
  });

  it("say distances in order, to ten metres", () => {
    expect(distances([340, 92, 208])).toBe("90, 210, 340 m");
    expect(distances([40, 480, 100, 200])).toBe("40 to 480 m");
    expect(distances([])).toBe("");
  });

  it("letters go on after Z, each once", () => {
    expect([0, 25, 26, 27, 51, 52].map(letterOf)).toEqual(["A", "Z", "AA", "AB", "AZ", "BA"]);
    expect(new Set(Array.from({ length: 800 }, (_, k) => letterOf(k))).size).toBe(800);
  });
});

describe("the table twin", () => {
  const row = fc.record<Row>({
    code: fc.stringMatching(/^[a-z]{3}$/),
    name: fc.stringMatching(/^[A-Z][a-z]{1,4}$/),
    count: fc.option(fc.nat(50)),
    rate: fc.option(fc.nat(50)),
  });
  const order = fc.record({
    column: fc.constantFrom("name" as const, "count" as const, "rate" as const),
    down: fc.boolean(),
  });

  it("holds the same rows in any order, withheld ones last", () => {
    fc.assert(
      fc.property(fc.array(row, { maxLength: 30 }), order, (rows, o) => {
        const sorted = ordered(rows, o);
        expect(new Set(sorted)).toEqual(new Set(rows));
        if (o.column === "name") return;
        const values = sorted.map((r) => r[o.column === "rate" ? "rate" : "count"]);
        const known = values.filter((v) => v !== null);
        expect(values.slice(known.length).every((v) => v === null)).toBe(true);
        expect(known).toEqual([...known].sort((a, b) => (o.down ? b - a : a - b)));
      }),
    );
  });

  it("keeps the map's values and turns on a second press", () => {
    const units = { id: null, code: ["x"], count: [4], rate: [null] };
    expect(rowsOf(units, (c) => c.toUpperCase())).toEqual([{ code: "x", name: "X", count: 4, rate: null }]);
    expect(turned(BUSIEST, "count")).toEqual({ column: "count", down: false });
    expect(turned(BUSIEST, "name")).toEqual({ column: "name", down: false });
  });
});
