// Letters on a map as one stop of the keyboard: arrow keys walk them in order, and the map follows.

import type { Map as LibreMap, Marker } from "maplibre-gl";
import { cameraMs } from "./stage";

export interface Plate {
  readonly button: HTMLButtonElement;
  readonly marker: Marker;
}

const STEPS: Record<string, number> = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };

/** Tab reaches one of them: the one given, else the first. */
export function reachOne<T extends Plate>(plates: readonly T[], one: T | undefined): void {
  const reachable = one ?? plates[0];
  for (const plate of plates) plate.button.tabIndex = plate === reachable ? 0 : -1;
}

/** Moves the keyboard to the next letter, and looks there where it is out of sight. Null where the key does not walk. */
export function walk<T extends Plate>(
  event: KeyboardEvent,
  map: LibreMap,
  plates: readonly T[],
  here: T | undefined,
): T | null {
  const step = STEPS[event.key];
  if (!step || !here) return null;
  event.preventDefault();
  event.stopPropagation();
  const next = plates[(plates.indexOf(here) + step + plates.length) % plates.length];
  if (!next) return null;
  reachOne(plates, next);
  next.button.focus({ preventScroll: true });
  const at = next.marker.getLngLat();
  if (!map.getBounds().contains(at)) map.easeTo({ center: at, duration: cameraMs() });
  return next;
}
