import { describe, expect, it } from "vitest";
import { type Hanging, hung, sampled } from "../src/map/apart";

const letter = (x: number, y: number, clear: { x: number; y: number }[] = []): Hanging => ({
  at: { x, y },
  size: 32,
  clear,
});
const rectOf = ({ at, size }: Hanging, [x, y]: [number, number]) => ({
  left: at.x + x - size,
  right: at.x + x,
  top: at.y + y - size,
  bottom: at.y + y,
});
const meet = (a: ReturnType<typeof rectOf>, b: ReturnType<typeof rectOf>) =>
  a.right > b.left && a.left < b.right && a.bottom > b.top && a.top < b.bottom;

describe("letters hang beside their places", () => {
  it("at the north-west corner, where nothing is in the way", () => {
    expect(hung([letter(300, 300)], [])).toEqual([[4, 4]]);
  });

  it("and lie on no other letter", () => {
    const both = [letter(300, 300), letter(306, 303)];
    const [a, b] = hung(both, []).map((offset, k) => rectOf(both[k] as Hanging, offset));
    expect(a && b && meet(a, b)).toBe(false);
  });

  it("never under what lies over the map, wherever their place is", () => {
    const over = [{ left: 200, right: 420, top: 110, bottom: 150 }];
    for (let x = 190; x <= 440; x += 7)
      for (let y = 100; y <= 190; y += 7) {
        const one = letter(x, y);
        const [offset] = hung([one], over);
        expect(
          over.some((other) => meet(rectOf(one, offset ?? [0, 0]), other)),
          `${x}, ${y}`,
        ).toBe(false);
      }
  });

  it("and do not cover their own street, whichever way it runs", () => {
    for (let degrees = 0; degrees < 180; degrees += 15) {
      const [dx, dy] = [Math.cos((degrees * Math.PI) / 180) * 60, Math.sin((degrees * Math.PI) / 180) * 60];
      const street = sampled([
        { x: 300 - dx, y: 300 - dy },
        { x: 300 + dx, y: 300 + dy },
      ]);
      const one = letter(300, 300, street);
      const [offset] = hung([one], []);
      const rect = rectOf(one, offset ?? [0, 0]);
      const covered = street.filter(
        ({ x, y }) => x > rect.left && x < rect.right && y > rect.top && y < rect.bottom,
      );
      expect(covered, `${degrees} degrees`).toEqual([]);
    }
  });

  it("and stay where they are when they are only out of sight", () => {
    expect(hung([letter(-900, 4000)], [{ left: 0, right: 600, top: 0, bottom: 100 }])).toEqual([[4, 4]]);
  });
});
