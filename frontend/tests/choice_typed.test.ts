import { describe, expect, it } from "vitest";
import { choiceTyped } from "../src/state/choice_typed";

const KINDS = [
  "",
  "run detached youth-work sessions",
  "make patrols",
  "make a licensing visit",
  "serve a notice",
];

describe("typing on a list of choices", () => {
  it.each([
    ["lic", 3],
    ["licensing", 3],
    ["licensing v", 3],
    ["work", 1],
    ["run det", 1],
    ["make a", 3],
    ["S", 4],
    ["notice", 4],
  ])("%s", (typed, found) => expect(choiceTyped(KINDS, typed, 0)).toBe(found));

  it("prefers what begins so to what holds it", () => {
    expect(choiceTyped(["", "ask the patrol", "patrol the park"], "pat", 0)).toBe(2);
  });

  it("stays on the choice while more of it is typed, and goes on from it with a letter typed anew", () => {
    expect(choiceTyped(KINDS, "m", 0)).toBe(2);
    expect(choiceTyped(KINDS, "ma", 2)).toBe(2);
    expect(choiceTyped(KINDS, "m", 2)).toBe(3);
    expect(choiceTyped(KINDS, "mm", 2)).toBe(3);
    expect(choiceTyped(KINDS, "mmm", 3)).toBe(2);
  });

  it("finds nothing where there is nothing", () => {
    expect(choiceTyped(KINDS, "xyz", 2)).toBeNull();
    expect(choiceTyped(KINDS, " ", 2)).toBeNull();
    expect(choiceTyped([], "a", -1)).toBeNull();
  });
});
