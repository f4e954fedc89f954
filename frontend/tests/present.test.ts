import { expect, test } from "vitest";
import {
  differs,
  frozenFrom,
  frozenQuery,
  frozenWords,
  keyLeads,
  type Present,
  presentQuery,
  printOf,
  slidesOf,
  spokenOf,
} from "../src/state/present";

const place = (letter: string) => ({
  letter,
  name: `Place ${letter}`,
  where: "Ward, District",
  since: "More since March 2026.",
  sees: "5 of 7 agencies see it.",
  chance: "Chance hardly ever does this.",
  people: "Many people, not one.",
  harm: "Mostly missing.",
  around: [],
  question: "Who will go?",
  lon: 1,
  lat: 53,
  outline: null,
});

function told(letters: string, changed: Partial<Present> = {}): Present {
  return {
    about: {
      county: "Marlshire",
      quadrant: "",
      period: "a year",
      since: "2026-10-22",
      version: 12,
      frozen: null,
      notes: [],
      at: "2026-11-20T09:00+00:00",
      bbox: null,
      basemap: null,
      traces: [],
    },
    places: [...letters].map(place),
    questions: [{ letter: "A", question: "Who?" }],
    changes: [],
    health: [],
    not_shown: "",
    cells: { code: [], class: [] },
    sites: [],
    runs: [],
    ...changed,
  };
}

test("the agenda's order is the slides' order, and a slide with nothing on it is none", () => {
  expect(slidesOf(told("ABD")).map((one) => (one.kind === "place" ? one.place.letter : one.kind))).toEqual([
    "A",
    "B",
    "D",
    "questions",
    "health",
  ]);
  expect(slidesOf(told("", { questions: [] })).map((one) => one.kind)).toEqual(["nothing", "health"]);
});

test("keys and clickers lead on and back, never past either end", () => {
  const slides = slidesOf(told("ABD"));
  for (const key of ["ArrowRight", "PageDown", " ", "ArrowDown"]) {
    expect(keyLeads(key, 0, slides)).toBe(1);
    expect(keyLeads(key, slides.length - 1, slides)).toBe(slides.length - 1);
  }
  for (const key of ["ArrowLeft", "PageUp", "ArrowUp", "Backspace"]) {
    expect(keyLeads(key, 2, slides)).toBe(1);
    expect(keyLeads(key, 0, slides)).toBe(0);
  }
  expect([keyLeads("Home", 3, slides), keyLeads("End", 0, slides)]).toEqual([0, slides.length - 1]);
});

test("a letter jumps to its place, whatever its number; one without a place does nothing", () => {
  const slides = slidesOf(told("ABD"));
  expect(keyLeads("d", 0, slides)).toBe(2);
  expect(keyLeads("D", 0, slides)).toBe(2);
  expect(keyLeads("c", 0, slides)).toBeNull();
  expect(keyLeads("Shift", 0, slides)).toBeNull();
  expect(keyLeads("Escape", 1, slides)).toBe("leave");
});

test("what is spoken begins with the letter and the name, and says how far one is", () => {
  const slides = slidesOf(told("AB"));
  expect(spokenOf(slides, 0)).toMatch(
    /^A, Place A\. More since March 2026\. Mostly missing\. 5 of 7 agencies see it\..* 1 of 4\.$/,
  );
  expect(spokenOf(slides, 2)).toBe("Questions for the meeting. 3 of 4.");
});

test("the stamp says day, hour and version, and comes back from its address", () => {
  const frozen = { at: "2026-11-20T09:00+00:00", version: 12, print: "abc" };
  expect(frozenWords(frozen)).toBe("Frozen 20 November, 09:00, version 12");
  expect(frozenFrom(frozenQuery(presentQuery("south", "", false), frozen))).toEqual(frozen);
  expect(frozenQuery(new URLSearchParams(), null)).toBe("");
  for (const query of [
    "",
    "?frozen=",
    "?frozen=yesterday,12,x",
    "?frozen=2026-11-20T09:00,twelve,x",
    "?frozen=2026-11-20T09:00,12",
  ])
    expect(frozenFrom(query)).toBeNull();
});

test("the address of a frozen picture holds nothing that the picture says", () => {
  const picture = told("AB");
  const query = frozenQuery(new URLSearchParams(), {
    at: picture.about.at,
    version: 12,
    print: printOf(picture),
  });
  for (const said of ["Place", "Ward", "Many", "Who"]) expect(query).not.toContain(said);
});

test("the same picture asked for again is the same; another version or another word is said to differ", () => {
  const frozen = { at: told("AB").about.at, version: 12, print: printOf(told("AB")) };
  const later = told("AB");
  expect(differs(frozen, { ...later, about: { ...later.about, at: "2026-11-20T11:30+00:00" } })).toBe("");
  expect(differs(frozen, { ...later, about: { ...later.about, version: 13 } })).toContain(
    "Version 13 is in use now",
  );
  expect(differs(frozen, told("ABD"))).toContain("Something has changed");
});

test("a meeting is asked for by its number as it was frozen, and by its quadrant as known today", () => {
  expect(presentQuery("south", "3", true).toString()).toBe("meeting=3");
  expect(presentQuery("south", "3", false).toString()).toBe("quadrant=south");
  expect(presentQuery("", "3", false).toString()).toBe("");
});
