import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  dragged,
  drawn,
  keySteps,
  lastYear,
  type MonthRun,
  monthStart,
  periodOf,
  runOf,
} from "../src/state/brush";
import {
  brushed,
  hoursWord,
  moved,
  parseHours,
  parseWeekdays,
  weekdaysWord,
  weekSentence,
} from "../src/state/week";

const SIZE = 24;
const months = Array.from({ length: SIZE }, (_, k) => monthStart("2024-11", k).slice(0, 7));
const run = fc
  .tuple(fc.nat(SIZE - 1), fc.integer({ min: 1, max: SIZE }))
  .filter(([a, b]) => a < b)
  .map(([first, end]): MonthRun => ({ first, end }));
const grip = fc.constantFrom("first" as const, "end" as const, "whole" as const);
const sound = (r: MonthRun) => r.first >= 0 && r.first < r.end && r.end <= SIZE;

describe("the period brush", () => {
  it("turns whole months into a period and back", () => {
    fc.assert(
      fc.property(run, (r) => {
        const period = periodOf(months, r);
        expect(period).not.toBeNull();
        expect(runOf(months, period?.from ?? "", period?.to ?? "")).toEqual(r);
      }),
    );
  });

  it("never leaves the history and is never empty, however it is dragged", () => {
    fc.assert(
      fc.property(run, grip, fc.integer({ min: -60, max: 60 }), (r, g, by) => {
        const after = dragged(r, g, by, SIZE);
        expect(sound(after)).toBe(true);
        if (g === "whole") expect(after.end - after.first).toBe(r.end - r.first);
        if (g === "first") expect(after.end).toBe(r.end);
        if (g === "end") expect(after.first).toBe(r.first);
      }),
    );
  });

  it("draws the same run from either end", () => {
    fc.assert(
      fc.property(fc.integer({ min: -5, max: 40 }), fc.integer({ min: -5, max: 40 }), (a, b) => {
        expect(drawn(a, b, SIZE)).toEqual(drawn(b, a, SIZE));
        expect(sound(drawn(a, b, SIZE))).toBe(true);
      }),
    );
  });

  it("takes in every month that the period touches", () => {
    expect(runOf(months, "2025-01-15", "2025-02-02")).toEqual({ first: 2, end: 4 });
  });

  it("crosses the year and knows its keys", () => {
    expect(monthStart("2025-12", 1)).toBe("2026-01-01");
    expect(monthStart("2026-01", -13)).toBe("2024-12-01");
    expect([keySteps("ArrowLeft"), keySteps("PageUp"), keySteps("x")]).toEqual([-1, 12, 0]);
  });

  it("begins with the last twelve months, or with all there is", () => {
    const today = "2026-11-22";
    const whole = { from: "2025-11-01", to: "2026-11-01" };
    expect(lastYear(["2024-11-01", "2026-11-01"], today)).toEqual(whole);
    expect(lastYear(["2024-11-01", "2026-12-01"], today)).toEqual(whole);
    expect(lastYear(["2026-11-01", "2026-12-01"], today).to).toBe("2026-12-01");
    expect(lastYear(["2026-09-01", "2026-11-01"], today)).toEqual({ from: "2026-09-01", to: "2026-11-01" });
  });
});

describe("the week", () => {
  const cell = fc.record({ day: fc.nat(6), hour: fc.nat(23) });

  it("brushes the same from either corner, and holds both corners", () => {
    fc.assert(
      fc.property(cell, cell, (a, b) => {
        const marked = brushed(a, b);
        expect(marked).toEqual(brushed(b, a));
        const hours = marked.hours ?? { first: 0, end: 24 };
        const days = marked.weekdays ?? { first: 0, end: 7 };
        for (const c of [a, b]) {
          expect(c.hour >= hours.first && c.hour < hours.end).toBe(true);
          expect(c.day >= days.first && c.day < days.end).toBe(true);
        }
      }),
    );
  });

  it("writes its words and reads them again", () => {
    fc.assert(
      fc.property(cell, cell, (a, b) => {
        const { hours, weekdays } = brushed(a, b);
        if (hours) expect(parseHours(hoursWord(hours))).toEqual(hours);
        if (weekdays) expect(parseWeekdays(weekdaysWord(weekdays))).toEqual(weekdays);
      }),
    );
  });

  it("keeps the cursor on the grid", () => {
    fc.assert(
      fc.property(
        cell,
        fc.constantFrom("ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown", "Home", "End"),
        (c, key) => {
          const next = moved(c, key);
          expect(next.day >= 0 && next.day < 7 && next.hour >= 0 && next.hour < 24).toBe(true);
        },
      ),
    );
  });

  it("speaks as the design does", () => {
    expect(weekSentence({ first: 15, end: 17 }, { first: 0, end: 5 })).toBe("Weekdays 15:00–17:00");
    expect(weekSentence(null, { first: 5, end: 6 })).toBe("Saturday");
    expect(weekSentence(null, null)).toBe("");
  });
});
