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
