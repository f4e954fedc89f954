import { expect, test } from "vitest";
import { aboutOf, aboutQuery, type MinuteOffered, meanwhileOf, unitWords } from "../src/state/minute";

const offered: MinuteOffered = {
  meetings: [],
  meeting: 3,
  name: "",
  place: null,
  item: 7,
  about_place: false,
  read_by: "",
  stands: "",
  text: "",
  version: 0,
  before: [],
  lost: [],
  agenda: [],
  places: [],
};

test("a minute is of streets and of hexagons of a size that a place can have, of nothing else", () => {
  const street = { kind: "unit", level: "street", code: "MS1" } as const;
  expect(unitWords(street, true)?.toString()).toBe("unit=MS1&unit_level=street");
  expect(unitWords(street, false)).toBeNull();
  expect(unitWords({ kind: "unit", level: "ward", code: "E05" }, true)).toBeNull();
  expect(unitWords({ kind: "hotspot", id: 1 }, true)).toBeNull();
  const cell = (code: string) => unitWords({ kind: "unit", level: "cell", code }, true)?.get("unit_level");
  expect(cell("89194ad32d7ffff")).toBe("cell:9");
  expect(cell("87194ad32ffffff")).toBeUndefined();
});

test("what is chosen in the list stands in the place of what the map has chosen", () => {
  const chosen = new URLSearchParams({ letter: "A" });
  expect(aboutQuery("", chosen, null)).toBe("letter=A");
  expect(aboutQuery("chosen", chosen, 3)).toBe("letter=A&meeting=3");
  expect(aboutQuery("item:7", chosen, null)).toBe("item=7");
  expect(aboutQuery("place:2", null, 3)).toBe("place=2&meeting=3");
  expect(aboutQuery("", null, null)).toBe("");
  expect(chosen.toString()).toBe("letter=A");
});

test("with nothing chosen the list shows the item in hand", () => {
  expect(aboutOf("", offered)).toBe("item:7");
  expect(aboutOf("", { ...offered, about_place: true })).toBe("chosen");
  expect(aboutOf("place:2", { ...offered, about_place: true })).toBe("place:2");
});

test("only a 409 with both versions is somebody else's text", () => {
  expect(meanwhileOf(409, { now: "Theirs.", version: 2 })).toEqual({ now: "Theirs.", version: 2 });
  for (const [status, told] of [
    [422, { now: "Theirs.", version: 2 }],
    [409, null],
    [409, { now: 1, version: 2 }],
    [409, "text"],
  ] as const)
    expect(meanwhileOf(status, told)).toBeNull();
});
