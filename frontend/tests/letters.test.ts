import { latLngToCell } from "h3-js";
import { describe, expect, it } from "vitest";
import { followedIn, type Lettered, letterChange } from "../src/state/letters";

const street = (letter: string, name: string, code: string, lat = 53): Lettered => ({
  letter,
  name,
  code,
  units: [code],
  lon: 1,
  lat,
});
const hexagon = (letter: string, name: string, lat: number): Lettered => {
  const code = latLngToCell(lat, 1, 9);
  return { letter, name, code, units: [code], lon: 1, lat };
};

describe("letters from one question to the next", () => {
  it("are not spoken of where each place keeps its own", () => {
    const before = [street("A", "Old Row", "s1"), street("B", "Far Row", "s2")];
    expect(letterChange(before, before, before[0] ?? null)).toBe("");
    expect(letterChange([], before, null)).toBe("");
    expect(letterChange(before, before.slice(0, 1), null)).toBe("");
  });

  it("are said where one stands for another place now", () => {
    const before = [street("A", "Old Row", "s1"), street("B", "Far Row", "s2")];
    const now = [street("A", "Far Row", "s2"), street("B", "New Row", "s3")];
    expect(letterChange(before, now, null)).toBe("Letters have changed: A is now Far Row, B New Row.");
  });

  it("follow a chosen place from streets to hexagons and back, and say what it is called there", () => {
    const [there, cell] = [street("F", "Wexelby Hill", "s6", 53.2), hexagon("B", "Hall Crescent", 53.2)];
    expect(followedIn(there, [hexagon("A", "Elsewhere", 53.9), cell])).toBe(cell);
    expect(followedIn(cell, [there])).toBe(there);
    expect(letterChange([there], [cell], there)).toBe("F, Wexelby Hill, is B, Hall Crescent, in this view.");
    const same = { ...cell, name: "Wexelby Hill" };
    expect(letterChange([there], [same], there)).toBe("F, Wexelby Hill, is B in this view.");
  });

  it("say that a chosen place is no hotspot any more", () => {
    const there = street("F", "Wexelby Hill", "s6", 53.2);
    expect(letterChange([there], [hexagon("A", "Elsewhere", 53.9)], there)).toBe(
      "F, Wexelby Hill, is no hotspot in this view.",
    );
  });
});
