import { expect, test } from "vitest";
import { keysOf, MARKS, WORDS } from "../src/state/help";
import { addressOf, cardPlace, moved, STEPS, stepFrom, type TourPage, told } from "../src/state/tour";

const PAGES: Record<TourPage, string> = {
  hot: "/",
  map: "/map/",
  joint: "/analysis/joint/",
  questions: "/analysis/questions/",
};

test("six to nine steps, each with something to find, a title, and a true sentence where it is not there", () => {
  expect(STEPS.length).toBeGreaterThanOrEqual(6);
  expect(STEPS.length).toBeLessThanOrEqual(9);
  for (const step of STEPS) {
    expect(step.find.length).toBeGreaterThan(0);
    expect(step.words).not.toBe(step.without);
    expect(`${step.words}${step.without}`).not.toMatch(/!|oops|unfortunately/i);
  }
});

test("pages come in one run each, so that nobody is sent to and fro", () => {
  const pages = STEPS.map((one) => one.page);
  const runs = pages.filter((page, k) => page !== pages[k - 1]);
  expect(new Set(runs).size).toBe(runs.length);
});

test("a step is found by the first element that is there, else it says what is true without it", () => {
  const step = STEPS[0];
  if (!step) throw new Error("no step");
  const [, second] = step.find;
  expect(told(step, (one) => one === second)).toEqual({ found: second, words: step.words });
  expect(told(step, () => false)).toEqual({ found: null, words: step.without });
});

test("on and back never leave the tour", () => {
  expect(moved(0, -1)).toBeNull();
  expect(moved(STEPS.length - 1, 1)).toBeNull();
  expect(moved(0, 1)).toBe(1);
});

test("an address opens the step on its own page and on no other", () => {
  for (let at = 0; at < STEPS.length; at++) {
    const address = addressOf(at, PAGES);
    const page = STEPS[at]?.page ?? "hot";
    const query = address.slice(address.indexOf("?"));
    expect(address.startsWith(PAGES[page])).toBe(true);
    expect(stepFrom(query, page)).toBe(at);
    expect(stepFrom(query, page === "hot" ? "map" : "hot")).toBeNull();
  }
  for (const query of ["", "?tour=", "?tour=0", "?tour=99", "?tour=-1", "?tour=x"])
    expect(stepFrom(query, "hot")).toBeNull();
});

test("the words stand beside what they speak of wherever there is room, and always on the screen", () => {
  const card = { width: 360, height: 220 };
  for (const screen of [
    { width: 1280, height: 720 },
    { width: 390, height: 844 },
  ]) {
    for (const of of [
      { left: 0, top: 100, width: 270, height: 600 },
      { left: screen.width - 300, top: 60, width: 300, height: 600 },
      { left: 20, top: 20, width: screen.width - 40, height: 120 },
      { left: 20, top: screen.height - 140, width: screen.width - 40, height: 120 },
    ]) {
      const { left, top } = cardPlace(of, card, screen);
      expect(left).toBeGreaterThanOrEqual(0);
      expect(top).toBeGreaterThanOrEqual(0);
      expect(top + card.height).toBeLessThanOrEqual(screen.height);
      const beside =
        left >= of.left + of.width ||
        left + card.width <= of.left ||
        top >= of.top + of.height ||
        top + card.height <= of.top;
      if (of.width < screen.width - 2 * card.width || of.height < 200) expect(beside).toBe(true);
    }
  }
});

test("help names its own key on every page, each mark once, and no word twice", () => {
  for (const page of ["hot", "map", "questions", ""]) expect(keysOf(page).at(-1)?.keys).toEqual(["?"]);
  expect(new Set(MARKS.map((one) => one.sample)).size).toBe(MARKS.length);
  expect(new Set(WORDS.map(([word]) => word)).size).toBe(WORDS.length);
});
