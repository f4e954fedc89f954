import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Change } from "../src/api/change";
import { monthStart } from "../src/state/brush";
import { changeClass, changeSentences, placesOf, stateWords, tallyOf, tallyWords } from "../src/state/change";
import { moved, overlap, sameLetters, spanWords, suggested } from "../src/state/compare";
import { busiest, firstFrame, passing, stepped, WINDOWS, windowEnding, windowOf } from "../src/state/play";

const month = fc.integer({ min: 0, max: 400 }).map((n) => monthStart("2000-01", n));
const wholeMonths = fc.tuple(month, fc.integer({ min: 1, max: 40 })).map(([from, n]) => ({
  from,
  to: monthStart(from.slice(0, 7), n),
}));
const months = Array.from({ length: 30 }, (_, k) => monthStart("2024-01", k).slice(0, 7));

describe("second periods worth offering", () => {
  it("never overlap the first, and are as long", () => {
    fc.assert(
      fc.property(wholeMonths, (span) => {
        for (const offer of suggested(span, ["1990-01-01", "2040-01-01"])) {
          expect(overlap(offer, span)).toBe(false);
          expect(offer.from < offer.to).toBe(true);
          const days = (s: { from: string; to: string }) =>
            (Date.parse(s.to) - Date.parse(s.from)) / 86_400_000;
          expect(Math.abs(days(offer) - days(span))).toBeLessThanOrEqual(3 * 40);
        }
      }),
    );
  });

  it("are the same months a year before, then the time just before", () => {
    const offers = suggested({ from: "2026-05-01", to: "2026-11-01" }, ["2024-07-01", "2026-11-01"]);
    expect(offers.map((o) => [o.from, o.to])).toEqual([
      ["2025-05-01", "2025-11-01"],
      ["2025-11-01", "2026-05-01"],
    ]);
  });

  it("are one and the same for twelve months, and none where the history does not reach", () => {
    expect(suggested({ from: "2025-11-01", to: "2026-11-01" }, ["2024-07-01", "2026-11-01"])).toHaveLength(1);
    expect(suggested({ from: "2024-07-01", to: "2024-08-01" }, ["2024-07-01", "2026-11-01"])).toHaveLength(0);
  });

  it("have a last day in February", () => {
    const [year] = suggested({ from: "2024-02-10", to: "2024-02-29" }, ["2020-01-01", "2026-01-01"]);
    expect([year?.from, year?.to]).toEqual(["2023-02-10", "2023-02-28"]);
  });
});

it("a second period keeps its distance from the first", () => {
  fc.assert(
    fc.property(wholeMonths, fc.integer({ min: -9, max: 9 }), (span, by) => {
      const comparing = { mode: "side" as const, ...span };
      const there = moved(comparing, "2026-01-01", monthStart("2026-01", by));
      expect(there.from).toBe(monthStart(span.from.slice(0, 7), by));
      expect(there.to).toBe(monthStart(span.to.slice(0, 7), by));
      expect(moved(comparing, "2026-01-15", "2026-02-15")).toBe(comparing);
    }),
  );
});

it.each([
  [{ from: "2026-05-01", to: "2026-11-01" }, "May to Oct 2026"],
  [{ from: "2025-11-01", to: "2026-11-01" }, "Nov 2025 to Oct 2026"],
  [{ from: "2026-05-01", to: "2026-06-01" }, "May 2026"],
  [{ from: "2026-05-03", to: "2026-05-11" }, "3 May 2026 to 10 May 2026"],
])("says %o", (span, words) => {
  expect(spanWords(span)).toBe(words);
});

it("a place has one letter on both maps, and a new one goes on after the last", () => {
  const first = [
    { letter: "A", units: ["1", "2"] },
    { letter: "B", units: ["7"] },
  ];
  const second = [
    { letter: "A", units: ["7", "8"] },
    { letter: "B", units: ["9"] },
    { letter: "C", units: ["2"] },
    { letter: "D", units: ["1"] },
  ];
  expect(sameLetters(first, second)).toEqual(["B", "C", "A", "D"]);
});

describe("playing", () => {
  it("goes through every month once and stops at the last", () => {
    fc.assert(
      fc.property(fc.constantFrom(...WINDOWS), (window) => {
        const seen: number[] = [];
        let run: { first: number; end: number } | null = windowEnding(0, window, months.length);
        while (run) {
          seen.push(run.end - 1);
          expect(run.end - run.first).toBe(Math.min(window, run.end));
          const [from, to]: [string, string] = [
            monthStart(months[run.first] ?? ""),
            monthStart(months[run.end - 1] ?? "", 1),
          ];
          run = stepped(months, [from, to], 1, window);
        }
        expect(seen).toEqual(months.map((_, k) => k));
      }),
    );
  });

  it("begins after the period shown, and anew where that is the last", () => {
    expect(firstFrame(months, ["2024-03-01", "2024-04-01"], 1)).toEqual({ first: 3, end: 4 });
    expect(firstFrame(months, ["2026-04-01", "2026-07-01"], 3)).toEqual({ first: 0, end: 3 });
  });

  it("steps back to the first month and no further", () => {
    expect(stepped(months, ["2024-02-01", "2024-03-01"], -1, 1)).toEqual({ first: 0, end: 1 });
    expect(stepped(months, ["2024-01-01", "2024-02-01"], -1, 1)).toBeNull();
  });

  it("takes its classes from the busiest window", () => {
    expect(busiest([1, 9, 8, 2, 10], 1)).toEqual({ first: 4, end: 5 });
    expect(busiest([1, 9, 8, 2, 10], 3)).toEqual({ first: 2, end: 5 });
    expect(busiest([null, null], 1)).toEqual({ first: 0, end: 1 });
  });

  it("keeps the length of the period where it is a window, and shows one month where it is none", () => {
    expect(windowOf("2024-01-01", "2024-04-01")).toBe(3);
    expect(windowOf("2024-11-01", "2025-11-01")).toBe(12);
    expect(windowOf("2024-01-01", "2024-07-01")).toBe(1);
    expect(windowOf("2024-01-15", "2024-04-15")).toBe(1);
  });

  it("says who is silent and what was counted otherwise in a month", () => {
    const told = {
      month: months,
      count: months.map(() => 1),
      silent: [{ month: "2024-08", feeds: ["Concerns at school", "Recorded crime"] }],
      breaks: [{ day: "2024-08-19", about: false, name: "Codes change", sentence: "" }],
    };
    expect(passing("2024-08", told)).toEqual({
      silence: "Silent: Concerns at school, Recorded crime.",
      change: "Codes change.",
    });
    expect(passing("2024-09", told)).toEqual({ silence: "", change: "" });
  });
});

const units = {
  id: null,
  code: ["a", "b", "c", "d"],
  name: ["Alder", "Birch", "Cedar", "Dell"],
  strength: [3, 0, null, -1],
  earlier: [10, 20, 30, 40],
  later: [30, 11, 5, 20],
  compared_earlier: [10, 20, 1, 30],
  compared_later: [30, 11, 0, 18],
  ratio: [3, 0.55, 0, 0.6],
  low: [1.4, 0.24, 0, 0.3],
  high: [7, 1.2, 39, 0.96],
};
const change = { units } as unknown as Change;

describe("what changed, in words", () => {
  it("says that a fall cannot be told from chance", () => {
    const [, birch] = placesOf(change);
    expect(birch && changeSentences(birch, "records").slice(0, 2)).toEqual([
      "Records fell by 9, from 20 to 11.",
      "We cannot tell this from chance.",
    ]);
  });

  it("never calls a change what cannot be compared", () => {
    const [, , cedar, dell] = placesOf(change);
    expect(cedar && changeSentences(cedar, "events").join(" ")).toContain("cannot be compared");
    expect(cedar && changeSentences(cedar, "events").join(" ")).not.toContain("Chance seldom");
    expect(dell && changeSentences(dell, "records")[1]).toBe(
      "Without feeds that cannot be compared: 30 and 18.",
    );
  });

  it("counts every place once, under what the map draws", () => {
    expect(tallyOf(change)).toEqual({ fewer: 1, same: 1, more: 1, notCompared: 1 });
    expect(tallyWords(tallyOf(change))).toBe(
      "1 place has more, 1 place has fewer, 1 place shows no difference we can tell, 1 place cannot be compared.",
    );
    expect(tallyWords({ fewer: 0, same: 0, more: 0, notCompared: 0 })).toContain("Nothing");
  });

  it("has a class and words of its own for each strength", () => {
    const strengths = [-3, -2, -1, 0, 1, 2, 3, null];
    expect(new Set(strengths.map(changeClass)).size).toBe(8);
    expect(new Set(strengths.map(stateWords)).size).toBe(8);
  });
});
