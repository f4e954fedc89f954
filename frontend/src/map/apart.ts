// Letter plates keep off each other: an earlier letter keeps its corner, a later one takes the next that is free.

import type { Map as LibreMap, Marker } from "maplibre-gl";

/** Where a plate may hang, from its corner of the outline: north-west first, then east of it, then below. */
export const HUNG: readonly [[number, number], ...[number, number][]] = [
  [4, 4],
  [38, 4],
  [4, 38],
  [38, 38],
];
export type Rect = Pick<DOMRect, "left" | "right" | "top" | "bottom">;
export interface Point {
  readonly x: number;
  readonly y: number;
}

const PLATE_PX = 33;
const FAR_PLATE_PX = 26;

/** `markers` in the order of their letters, each hung by its lower right corner. */
export function keepApart(map: LibreMap, markers: readonly Marker[]): void {
  const wide = map.getContainer().classList.contains("is-far") ? FAR_PLATE_PX : PLATE_PX;
  const taken: { x: number; y: number }[] = [];
  for (const marker of markers) {
    const at = map.project(marker.getLngLat());
    const free = ([x, y]: [number, number]) =>
      taken.every((t) => Math.abs(t.x - at.x - x) > wide || Math.abs(t.y - at.y - y) > wide);
    const [x, y] = HUNG.find(free) ?? HUNG[0];
    marker.setOffset([x, y]);
    taken.push({ x: at.x + x, y: at.y + y });
  }
}

/** How far a label may step aside, px, and in what order it is tried: nearest first, up before down. */
const STEP_PX = 14;
const MOST_STEPS = 6;

/** The smallest step with which a label lies on none of what is taken; null where there is none. */
export function clearOf(label: Rect, taken: readonly Rect[]): [number, number] | null {
  const free = ([x, y]: [number, number]) =>
    taken.every(
      (t) =>
        label.right + x <= t.left ||
        label.left + x >= t.right ||
        label.bottom + y <= t.top ||
        label.top + y >= t.bottom,
    );
  return steps().find(free) ?? null;
}

function steps(): [number, number][] {
  const far = Array.from({ length: 2 * MOST_STEPS + 1 }, (_, k) => (k - MOST_STEPS) * STEP_PX);
  const all = far.flatMap((x) => far.map((y): [number, number] => [x, y]));
  return all.sort((a, b) => Math.hypot(...a) - Math.hypot(...b) || a[1] - b[1]);
}

/** A letter to be hung: where it points to and how wide it is, px; `clear`: points of its own street, to be left in sight. */
export interface Hanging {
  readonly at: Point;
  readonly size: number;
  readonly clear: readonly Point[];
}
const AIR_PX = 6;

/**
 * Where each letter hangs, as offsets of its lower right corner: beside the place, on no letter before it, and never under
 * what lies over the map. Where every side of a place lies under that, the letter steps out from under it.
 */
export function hung(letters: readonly Hanging[], over: readonly Rect[]): [number, number][] {
  const taken: Rect[] = [];
  return letters.map((one) => {
    const sides = one.clear.length > 0 ? asideOf(one.size) : HUNG.map(([x, y]) => scaled(x, y, one.size));
    const rects = sides.map((offset) => ({ offset, rect: rectOf(one, offset) }));
    const open = rects.filter(({ rect }) => ![...taken, ...over].some((other) => meet(rect, other)));
    const best =
      open.find(({ rect }) => !one.clear.some((point) => holds(rect, point))) ??
      open[0] ??
      steppedOut(one, sides[0] ?? HUNG[0], taken, over);
    taken.push(best.rect);
    return best.offset;
  });
}

function steppedOut(one: Hanging, home: [number, number], taken: readonly Rect[], over: readonly Rect[]) {
  const rect = rectOf(one, home);
  // what lies far from everything over the map is only out of sight: it stays
  const [x, y] = (over.some((other) => meet(rect, other)) && clearOf(rect, [...taken, ...over])) || [0, 0];
  const offset: [number, number] = [home[0] + x, home[1] + y];
  return { offset, rect: rectOf(one, offset) };
}

/** The four corners, then the four sides, of a point on a street. */
function asideOf(size: number): [number, number][] {
  const [near, far, middle] = [-AIR_PX, size + AIR_PX, size / 2];
  return [
    [near, near],
    [far, near],
    [near, far],
    [far, far],
    [near - AIR_PX, middle],
    [far + AIR_PX, middle],
    [middle, near - AIR_PX],
    [middle, far + AIR_PX],
  ];
}

/** The corners of an outline are hung for a letter of the usual size. */
function scaled(x: number, y: number, size: number): [number, number] {
  const wider = Math.max(0, size - PLATE_PX);
  return [x > PLATE_PX ? x + wider : x, y > PLATE_PX ? y + wider : y];
}

function rectOf({ at, size }: Hanging, [x, y]: [number, number]): Rect {
  return { left: at.x + x - size, right: at.x + x, top: at.y + y - size, bottom: at.y + y };
}

function meet(a: Rect, b: Rect): boolean {
  return a.right > b.left && a.left < b.right && a.bottom > b.top && a.top < b.bottom;
}

function holds({ left, right, top, bottom }: Rect, { x, y }: Point): boolean {
  return x > left - AIR_PX / 2 && x < right + AIR_PX / 2 && y > top - AIR_PX / 2 && y < bottom + AIR_PX / 2;
}

/** Points along a line at most `step` px apart, so that none slips between two of its corners. */
export function sampled(line: readonly Point[], step = 6): Point[] {
  return line.flatMap((end, k) => {
    const from = line[k - 1];
    if (!from) return [end];
    const n = Math.max(1, Math.ceil(Math.hypot(end.x - from.x, end.y - from.y) / step));
    return Array.from({ length: n }, (_, i) => {
      const share = (i + 1) / n;
      return { x: from.x + (end.x - from.x) * share, y: from.y + (end.y - from.y) * share };
    });
  });
}
