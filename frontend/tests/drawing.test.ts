import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { drawnToSend, drawnWords, lacking, MOST_UNITS, NOTHING_DRAWN, turned } from "../src/state/drawing";

const took = (codes: string[], level = "street") =>
  codes.reduce((drawing, code) => {
    const next = turned(drawing, code, level);
    return typeof next === "string" ? drawing : next;
  }, NOTHING_DRAWN);

describe("a place drawn by hand", () => {
  it("holds each unit that was pressed an odd number of times, ascending", () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom("a", "b", "c", "d"), { maxLength: 20 }), (pressed) => {
        const odd = ["a", "b", "c", "d"].filter((one) => pressed.filter((code) => code === one).length % 2);
        expect(took(pressed).units).toEqual(odd);
      }),
    );
  });

  it("is of one level and of no whole town", () => {
    expect(turned(took(["a"]), "b", "cell:9")).toContain("streets");
    expect(turned(took(["a"], "cell:9"), "b", "cell:8")).toContain("another size");
    const many = Array.from({ length: MOST_UNITS }, (_, k) => `s${k}`);
    expect(turned(took(many), "one more", "street")).toContain("at most");
    const emptied = turned(took(["a"]), "a", "street");
    expect(typeof emptied !== "string" && turned(emptied, "b", "cell:9")).toMatchObject({ level: "cell:9" });
  });

  it("says what it lacks, and never opens a second place on the same ground unasked", () => {
    expect(lacking(NOTHING_DRAWN)?.name).toBe("units");
    expect(lacking(took(["a"]))?.name).toBe("name");
    const named = {
      ...took(["a"]),
      name: "Station Parade",
      overlaps: [{ number: 4, name: "The bandstand" }],
    };
    expect(lacking(named)?.words).toContain("“The bandstand”");
    expect(lacking({ ...named, beside: [4] })).toBeNull();
    expect(lacking({ ...took(["a"]), place: { number: 1, name: "x", version: 3 } })).toBeNull();
  });

  it("is sent as a new place, or as the version that was seen", () => {
    const drawn = { ...took(["a"]), name: " Station Parade ", owner: "police" };
    expect(drawnToSend(drawn)).toEqual({
      level: "street",
      units: ["a"],
      beside: [],
      name: "Station Parade",
      owner: "police",
    });
    const again = { ...drawn, place: { number: 1, name: "x", version: 3 } };
    expect(drawnToSend(again)).toEqual({ level: "street", units: ["a"], beside: [], version: 3 });
    expect([NOTHING_DRAWN, took(["a"]), took(["a", "b"], "cell:9")].map(drawnWords)).toEqual([
      "nothing yet",
      "1 street",
      "2 hexagons",
    ]);
  });
});
