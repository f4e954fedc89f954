import { describe, expect, test } from "vitest";
import {
  bearing,
  bowed,
  directWords,
  drawnWords,
  type Flow,
  JOURNEYS_START,
  type JourneysAnswer,
  journeysFrom,
  journeysParams,
  journeysQuery,
  leastOf,
  linesOf,
  MOST_LINES,
  ofPlace,
  partWords,
  sameAreaWords,
  sameJourneys,
  weightOf,
  withheldWords,
} from "../src/state/journeys";

const flow = (from: string, to: string, journeys: number, more: Partial<Flow> = {}): Flow => ({
  from_code: from,
  from_name: from,
  to_code: to,
  to_name: to,
  journeys,
  people: "5 to 9",
  same: from === to,
  rail: from === to ? null : 0,
  bus: from === to ? null : 0,
  direct: "",
  ...more,
});
const FLOWS = [
  flow("A", "B", 60, { rail: 30 }),
  flow("A", "A", 40),
  flow("B", "A", 30, { bus: 4 }),
  flow("B", "", 10, { rail: null, bus: null }),
];
const told = (together: JourneysAnswer["together"]) =>
  ({ about: { least_people: 5 }, together }) as unknown as JourneysAnswer;

describe("what is drawn", () => {
  test("only ways between two areas of the county, the heaviest last", () => {
    expect(linesOf(FLOWS, null).map((one) => `${one.from}${one.to}`)).toEqual(["BA", "AB"]);
    expect(linesOf(FLOWS, "C")).toEqual([]);
  });
  test("so many as can be told apart, and all of an area that was chosen", () => {
    const many = Array.from({ length: MOST_LINES + 6 }, (_, k) => flow("A", `T${k}`, 90 - k));
    expect(linesOf(many, null)).toHaveLength(MOST_LINES);
    expect(linesOf(many, "A")).toHaveLength(MOST_LINES + 6);
    expect(drawnWords(many, null)).toContain(`${MOST_LINES} largest of ${MOST_LINES + 6}`);
    expect(drawnWords(many, "A")).toBe("");
  });
  test("an area keeps what begins or ends there", () => {
    expect(ofPlace(FLOWS, "B")).toHaveLength(3);
    expect(ofPlace(FLOWS, null)).toHaveLength(4);
  });
  test("wider for more", () => {
    expect([1, 9, 10, 49, 50, 500].map(weightOf)).toEqual([1, 1, 2, 3, 4, 5]);
    expect(["10 to 19", "50 or more", "fewer than 5"].map(leastOf)).toEqual([10, 50, 1]);
  });
  test("the way there and the way back bow to different sides", () => {
    const [there, back] = [bowed([0, 51], [1, 51]), bowed([1, 51], [0, 51])];
    expect(there[12]?.[1]).toBeGreaterThan(51);
    expect(back[12]?.[1]).toBeLessThan(51);
    expect(bearing(bowed([0, 51], [0, 52]))).toBeGreaterThan(0);
    expect(Math.abs(bearing(bowed([0, 51], [1, 51])) - 90)).toBeLessThan(40);
  });
});

describe("in words", () => {
  test("what cannot be shown is counted where the gate counts it", () => {
    expect(withheldWords(told([{ from_code: "A", from_name: "A", told: "together", journeys: 18 }]))).toMatch(
      /^18 journeys cannot be shown/,
    );
    expect(
      withheldWords(told([{ from_code: "", from_name: "", told: "withheld", journeys: null }])),
    ).toContain("withheld too");
    expect(withheldWords(told([]))).toBe("");
  });
  test("back to the same area, and how one gets there", () => {
    expect(sameAreaWords(FLOWS, "district")).toBe(
      "Of 140 journeys shown, 40 end in the district they began in.",
    );
    expect(directWords(FLOWS)).toBe(
      "Between areas: direct by rail in most, by bus in some, by neither in none.",
    );
    expect(directWords([])).toBe("");
    expect([0, 0.1, 0.5, 0.7, 1].map(partWords)).toEqual(["none", "few", "about half", "most", "nearly all"]);
  });
});

test("the address goes there and back", () => {
  const view = {
    ...JOURNEYS_START,
    flow: "home" as const,
    ends: "station" as const,
    place: "E1",
    feed: "x",
    table: true,
  };
  expect(journeysFrom(journeysQuery(view))).toEqual(view);
  expect(journeysQuery(JOURNEYS_START)).toBe("");
  const period = { from: "2025-11-01", to: "2026-11-01" };
  expect(journeysParams(view, period).get("level")).toBe("district");
  expect(sameJourneys(view, { ...view, place: null, table: false })).toBe(true);
  expect(sameJourneys(view, { ...view, ends: "ward" })).toBe(false);
});
