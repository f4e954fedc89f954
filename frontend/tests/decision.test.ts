import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  begun,
  type Draft,
  dueFrom,
  missing,
  mostTold,
  type Offered,
  sent,
  withKind,
  worded,
} from "../src/state/decision";

const TODAY = "2026-11-22";
const kind = (code: string) => ({
  code,
  label: code,
  what: `do ${code}`,
  class: "",
  weeks: 2,
  expected: `${code} changes`,
  seen: `${code} is seen`,
});
const OFFERED: Offered = {
  place: { number: null, name: "Station Parade" },
  beside: [],
  read_by: "",
  meeting: null,
  today: TODAY,
  kinds: [kind("visit"), kind("patrol")],
  days: [{ day: "2026-12-06", words: "6 December 2026", why: "two weeks from today" }],
  open: [],
};
const told = (code: string, count: number | null) => ({ code, name: code, count });

describe("the day", () => {
  it.each([
    ["+2w", "2026-12-06"],
    ["+ 10 d", "2026-12-02"],
    ["9 December", "2026-12-09"],
    ["9th dec 2027", "2027-12-09"],
    ["9/12", "2026-12-09"],
    ["09/12/27", "2027-12-09"],
    ["3 March", "2027-03-03"],
    ["22 November", "2026-11-22"],
    ["2026-12-09", "2026-12-09"],
  ])("%s", (text, day) => expect(dueFrom(text, TODAY)).toBe(day));

  it.each(["", "soon", "31 February", "31/02/2027", "+w", "9 Smarch", "2026-13-01"])("%s is no day", (text) =>
    expect(dueFrom(text, TODAY)).toBeNull(),
  );

  it("reads back every day that it writes, and never goes back without a year", () => {
    const weeks = fc.integer({ min: 0, max: 999 });
    fc.assert(
      fc.property(weeks, (n) => {
        const day = dueFrom(`+${n}w`, TODAY);
        return day !== null && dueFrom(day, TODAY) === day && day >= TODAY;
      }),
    );
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 28 }), fc.integer({ min: 1, max: 12 }), (d, m) => {
        const day = dueFrom(`${d}/${m}`, TODAY);
        return day !== null && day >= TODAY;
      }),
    );
  });
});

describe("a decision", () => {
  it("begins with the agency that reports most, never with open data, and with nothing chosen to be done", () => {
    expect(mostTold([told("a", 3), told("open_data", 90), told("b", 7), told("c", null)])).toBe("b");
    expect(mostTold([told("a", null), told("open_data", 4)])).toBe("");
    expect(begun(OFFERED, [told("a", 3)])).toMatchObject({
      agency: "a",
      kind: "",
      what: "",
      due: "6 December 2026",
    });
  });

  it("fills what nobody has worded when the kind changes, and only that", () => {
    const own = worded(begun(OFFERED, []), "what", "visit two hotels");
    expect(withKind(own, "patrol", OFFERED.kinds)).toMatchObject({
      kind: "patrol",
      what: "visit two hotels",
      expected: "patrol changes",
    });
    const again = worded(own, "what", " ");
    expect(withKind(again, "patrol", OFFERED.kinds).what).toBe("do patrol");
    expect(withKind(own, "no such kind", OFFERED.kinds)).toBe(own);
    const none = withKind(withKind(own, "patrol", OFFERED.kinds), "", OFFERED.kinds);
    expect(none).toMatchObject({ kind: "", what: "visit two hotels", expected: "" });
  });

  it("says what is missing, and sends nothing but what was said", () => {
    const unchosen: Draft = begun(OFFERED, [told("police", 3)]);
    expect(missing(unchosen, TODAY)).toEqual({ name: "kind", words: "Choose what is to be done." });
    expect(missing({ ...unchosen, what: "visit two hotels" }, TODAY)?.name).toBe("kind");
    const draft = withKind(unchosen, "visit", OFFERED.kinds);
    expect(missing(draft, TODAY)).toBeNull();
    expect(missing({ ...draft, agency: "" }, TODAY)?.name).toBe("agency");
    expect(missing({ ...draft, due: "whenever" }, TODAY)?.name).toBe("due");
    expect(missing({ ...draft, due: "1 November 2026" }, TODAY)?.words).toBe("That day is past.");
    expect(missing({ ...draft, none: true }, TODAY)?.name).toBe("because");
    const none = { ...draft, none: true, because: " It has closed. " };
    expect(sent(none, "letter=A", TODAY)).toEqual({
      query: "letter=A",
      kind: "no_action",
      because: "It has closed.",
    });
    expect(sent({ ...draft, due: "+2w" }, "letter=A", TODAY)).toMatchObject({
      agency: "police",
      kind: "visit",
      due: "2026-12-06",
    });
    const beside = [{ number: 4, name: "The bandstand" }];
    expect(sent({ ...draft, place: 4 }, "letter=A", TODAY, beside)).toMatchObject({ place: 4, beside: [4] });
  });
});
