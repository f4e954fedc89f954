// Count classes and the resolution that follows the zoom. Pure.

export const CLASS_COUNT = 6;
export const DEFAULT_BREAKS: readonly number[] = [1, 3, 6, 10, 16, 25];
/** Streets: 1, 2, 3–4, 5–7, 8 and more, drawn by width and colour. */
export const STREET_BREAKS: readonly number[] = [1, 2, 3, 5, 8];

/** Five classes for streets: those above while counts are small, else the busier ones of the answer's own. */
export function streetBreaks(breaks: readonly number[]): readonly number[] {
  const few = STREET_BREAKS.length;
  if (breaks.length < few || (breaks.at(-1) ?? 0) <= (STREET_BREAKS.at(-1) ?? 0)) return STREET_BREAKS;
  return [1, ...breaks.slice(1 - few)];
}

/** Class of a count: 0 for none, else 1 to the number of breaks. Breaks are the least count of each class. */
export function classOf(count: number, breaks: readonly number[]): number {
  let found = 0;
  for (const least of breaks) {
    if (count < least) break;
    found += 1;
  }
  return found;
}

/** Legend words: "1", "3"… the last with a plus; ranges for streets ("3–4", "8+"). */
export function breakWords(breaks: readonly number[], ranges: boolean): string[] {
  return breaks.map((least, k) => {
    const next = breaks[k + 1];
    if (next === undefined) return `${least.toLocaleString("en-GB")}+`;
    if (!ranges || next === least + 1) return least.toLocaleString("en-GB");
    return `${least}–${next - 1}`;
  });
}

/** What changed between two paintings: code → class, classes of 0 included where something must be wiped. */
export function changedClasses(
  before: ReadonlyMap<string, number>,
  after: ReadonlyMap<string, number>,
): Map<string, number> {
  const changed = new Map<string, number>();
  for (const [code, now] of after) if (before.get(code) !== now) changed.set(code, now);
  for (const code of before.keys()) if (!after.has(code)) changed.set(code, 0);
  return changed;
}

const EARTH_M_PER_PIXEL = 78271.517;

/** Metres per screen pixel on MapLibre's 512-pixel tiles. */
export function metresPerPixel(zoom: number, lat: number): number {
  return (EARTH_M_PER_PIXEL * Math.cos((lat * Math.PI) / 180)) / 2 ** zoom;
}

/** H3 resolution by metres a pixel, so that a cell stays 14 to 52 px across wherever hexagons are read. */
export function resolutionFor(zoom: number, lat: number): number {
  const scale = metresPerPixel(zoom, lat);
  if (scale > 60) return 7;
  if (scale > 20) return 8;
  if (scale > 6.5) return 9;
  return 10;
}

/** Width of a cell from side to side, about, in words for readers. */
export function acrossWords(resolution: number): string {
  const across: Record<number, string> = {
    7: "2.4\u00a0km",
    8: "900\u00a0m",
    9: "350\u00a0m",
    10: "130\u00a0m",
  };
  return across[resolution] ?? "";
}
