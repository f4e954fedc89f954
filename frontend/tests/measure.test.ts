import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Units } from "../src/api/answers";
import { metresPerPixel, resolutionFor } from "../src/state/classes";
import {
  breaksOf,
  CANNOT_TELL,
  classesBy,
  legendClasses,
  measuredWords,
  measureShown,
  peopleAsked,
  peopleWords,
  WITHHELD,
  whyNot,
} from "../src/state/measure";
import { LEVELS, MEASURES, START } from "../src/state/view";

const ABOUT = { breaks: [1, 3, 6, 10, 16, 25], rate_breaks: [0, 0.5, 1, 2, 4, 8] };
const units = (more: Partial<Units>): Units => ({
  id: null,
  code: ["a", "b", "c"],
  count: [2, 0, 30],
  rate: null,
  ...more,
});

describe("what colours the map", () => {
  it("counts by their breaks, and a unit that holds nothing not at all", () => {
    expect([...classesBy("count", units({}), ABOUT.breaks)]).toEqual([
      ["a", 1],
      ["c", 6],
    ]);
  });

  it("rates by theirs; where nobody is known to live it cannot tell", () => {
    const found = classesBy("rate", units({ rate: [1.2, null, null] }), ABOUT.rate_breaks);
    expect([...found]).toEqual([
      ["a", 3],
      ["c", CANNOT_TELL],
    ]);
  });

  it.each(["count", "rate", "people"] as const)(
    "a withheld %s is told as withheld, never as none",
    (measure) => {
      const kept = units({ count: [null, 0, 30], rate: [null, 0, 1], people: [0, 0, 4] });
      const found = classesBy(measure, kept, ABOUT.breaks);
      expect(found.get("a")).toBe(WITHHELD);
      expect(found.has("b")).toBe(false);
    },
  );

  it("people by the bands that the gate told; the rest is cannot tell, never few", () => {
    expect([...classesBy("people", units({ people: [0, 0, 4] }), [])]).toEqual([
      ["a", CANNOT_TELL],
      ["c", 4],
    ]);
  });

  it("is what the answer has: counts stand in for what was not told", () => {
    expect(measureShown("people", units({}))).toBe("count");
    expect(measureShown("rate", units({}))).toBe("count");
    expect(measureShown("rate", units({ rate: [1, null, 2] }))).toBe("rate");
    expect(measureShown("people", units({ people: [1, 0, 2] }))).toBe("people");
  });

  it("a filter recolours only what it changed: equal values keep their class, whatever else is in the answer", () => {
    const counts = fc.array(fc.nat(60), { minLength: 1, maxLength: 30 });
    fc.assert(
      fc.property(counts, counts, (one, other) => {
        const codes = (n: number) => Array.from({ length: n }, (_, k) => `u${k}`);
        const before = classesBy(
          "count",
          { ...units({}), code: codes(one.length), count: one },
          ABOUT.breaks,
        );
        const after = classesBy(
          "count",
          { ...units({}), code: codes(other.length), count: other },
          ABOUT.breaks,
        );
        one.forEach((n, k) => {
          if (other[k] === n) expect(after.get(`u${k}`)).toBe(before.get(`u${k}`));
        });
      }),
    );
  });

  it.each([
    ["district", "rate", "", true],
    ["cell", "rate", "population", false],
    ["street", "people", "", true],
  ] as const)("%s by %s is offered or refused in words", (level, measure, words, can) => {
    const why = whyNot({ ...START, level, measure });
    expect(why === "").toBe(can);
    expect(why).toContain(words);
  });

  it("below the district one agency's people are not asked for", () => {
    const one = { ...START, measure: "people" as const, agencies: ["police"] };
    expect(peopleAsked({ ...one, level: "ward" })).toBe(false);
    expect(whyNot({ ...one, level: "ward" })).toContain("all agencies together");
    expect(peopleAsked({ ...one, level: "district" })).toBe(true);
    expect(peopleAsked({ ...one, agencies: [], level: "cell" })).toBe(true);
    expect(peopleAsked({ ...one, measure: "rate", agencies: [] })).toBe(false);
  });

  it("has a word for each class in the legend, whatever the level", () => {
    for (const level of LEVELS)
      for (const measure of MEASURES) {
        const { first, words } = legendClasses(level, measure, ABOUT);
        const many = measure === "people" ? 5 : breaksOf(level, measure, ABOUT).length;
        expect(first + words.length - 1).toBe(many);
      }
    expect(measuredWords("rate", "Records", "residents aged 10–17")).toBe(
      "Records per 1,000 residents aged 10–17",
    );
    expect(measuredWords("count", "Records", null)).toBe("Records");
  });

  it("says bounds of people in words, and that it cannot tell", () => {
    expect(peopleWords("5 to 9", "10 to 19", "ward")).toBe("at least 5 people, perhaps 10 to 19");
    expect(peopleWords("5 to 9", "50 or more", "cell")).toBe("at least 5 people, perhaps 50 or more");
    expect(peopleWords("5 to 9", "5 to 9", "street")).toBe("5 to 9 people");
    expect(peopleWords("fewer than 5", "5 to 9", "district")).toBe(
      "perhaps fewer than 5 people, perhaps 5 to 9",
    );
    expect(peopleWords("", "", "ward")).toBe("fewer than 5 or cannot tell: not shown");
    expect(peopleWords("", "", "district")).toBe("cannot tell");
  });
});

describe("hexagons follow the zoom", () => {
  it("are 14 to 52 pixels across from a county to a town", () => {
    const acrossM: Record<number, number> = { 7: 2300, 8: 870, 9: 330, 10: 125 };
    for (let zoom = 8.3; zoom <= 14.2; zoom += 0.05) {
      const perPixel = metresPerPixel(zoom, 51.7);
      const pixels = (acrossM[resolutionFor(zoom, 51.7)] ?? 0) / perPixel;
      expect(pixels, `zoom ${zoom.toFixed(2)}`).toBeGreaterThanOrEqual(14);
      expect(pixels, `zoom ${zoom.toFixed(2)}`).toBeLessThanOrEqual(52);
    }
  });
});
