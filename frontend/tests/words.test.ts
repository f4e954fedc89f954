import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { breakPlace } from "../src/state/breaks";
import {
  counted,
  countedNoun,
  dayShort,
  distances,
  letterOf,
  monthShort,
  periodShort,
  periodWords,
  tellings,
} from "../src/state/format";
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

  it("say what is counted", () => {
    expect(tellings(2501, "events")).toBe("2,501 linked events");
    expect(tellings(1, "events")).toBe("1 linked event");
    expect(tellings(1, "records")).toBe("1 record");
    expect([countedNoun("records"), countedNoun("events")]).toEqual(["records", "linked events"]);
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

describe("a change of definition on the chart", () => {
  const months = ["2026-01", "2026-02", "2026-03"];

  it("lies where its day lies among the months", () => {
    expect(breakPlace(months, "2026-01-01")).toBe(0);
    expect(breakPlace(months, "2026-02-15")).toBe(1.5);
    expect(breakPlace(months, "2026-04-01")).toBeNull();
    expect(dayShort("2026-04-01")).toBe("1 Apr 2026");
  });

  it("never lies before an earlier one, nor outside its own month", () => {
    const day = fc
      .date({ min: new Date("2026-01-01"), max: new Date("2026-03-31"), noInvalidDate: true })
      .map((d) => d.toISOString().slice(0, 10));
    fc.assert(
      fc.property(day, day, (a, b) => {
        const [first, later] = [a, b].sort() as [string, string];
        const [x, y] = [breakPlace(months, first) ?? -1, breakPlace(months, later) ?? -1];
        expect(x).toBeLessThanOrEqual(y);
        expect(Math.floor(x)).toBe(months.indexOf(first.slice(0, 7)));
      }),
    );
  });
});

describe("the table twin", () => {
  const row = fc.record<Row>({
    code: fc.stringMatching(/^[a-z]{3}$/),
    name: fc.stringMatching(/^[A-Z][a-z]{1,4}$/),
    count: fc.option(fc.nat(50)),
    rate: fc.option(fc.nat(50)),
    people: fc.constant(""),
    band: fc.nat(5),
  });
  const order = fc.record({
    column: fc.constantFrom("name" as const, "count" as const, "rate" as const, "people" as const),
    down: fc.boolean(),
  });

  it("holds the same rows in any order, withheld ones last", () => {
    fc.assert(
      fc.property(fc.array(row, { maxLength: 30 }), order, (rows, o) => {
        const sorted = ordered(rows, o);
        expect(new Set(sorted)).toEqual(new Set(rows));
        if (o.column === "name") return;
        const column = { count: "count", rate: "rate", people: "band" } as const;
        const values = sorted.map((r) => r[column[o.column as "count"]]);
        const known = values.filter((v) => v !== null);
        expect(values.slice(known.length).every((v) => v === null)).toBe(true);
        expect(known).toEqual([...known].sort((a, b) => (o.down ? b - a : a - b)));
      }),
    );
  });

  it("keeps the map's values and turns on a second press", () => {
    const units = { id: null, code: ["x"], count: [4], rate: [null] };
    expect(rowsOf(units, "ward", (c) => c.toUpperCase())).toEqual([
      { code: "x", name: "X", count: 4, rate: null, people: "", band: 0 },
    ]);
    expect(turned(BUSIEST, "count")).toEqual({ column: "count", down: false });
    expect(turned(BUSIEST, "name")).toEqual({ column: "name", down: false });
  });
});
