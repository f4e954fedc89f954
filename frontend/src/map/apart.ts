// Letter plates keep off each other: an earlier letter keeps its corner, a later one takes the next that is free.

import type { Map as LibreMap, Marker } from "maplibre-gl";

/** Where a plate may hang, from its corner of the outline: north-west first, then east of it, then below. */
export const HUNG: readonly [[number, number], ...[number, number][]] = [
  [4, 4],
  [38, 4],
  [4, 38],
  [38, 38],
];
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

type Rect = Pick<DOMRect, "left" | "right" | "top" | "bottom">;
/** How far a label may step aside, px, and in what order it is tried: nearest first, up before down. */
const STEP_PX = 14;
const MOST_STEPS = 6;

/** The smallest step with which a label lies on none of what is taken; no step where there is none. */
export function clearOf(label: Rect, taken: readonly Rect[]): [number, number] {
  const free = ([x, y]: [number, number]) =>
    taken.every(
      (t) =>
        label.right + x <= t.left ||
        label.left + x >= t.right ||
        label.bottom + y <= t.top ||
        label.top + y >= t.bottom,
    );
  return steps().find(free) ?? [0, 0];
}

function steps(): [number, number][] {
  const far = Array.from({ length: 2 * MOST_STEPS + 1 }, (_, k) => (k - MOST_STEPS) * STEP_PX);
  const all = far.flatMap((x) => far.map((y): [number, number] => [x, y]));
  return all.sort((a, b) => Math.hypot(...a) - Math.hypot(...b) || a[1] - b[1]);
}
