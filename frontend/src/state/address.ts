// What every page's address says in the same words: a period, a day, and where its map looks. Pure.

import type { Camera } from "./view";

const DAY = /^\d{4}-\d{2}-\d{2}$/;

export function dayFrom(text: string | null): string | null {
  return text && DAY.test(text) ? text : null;
}

/** Half-open; both days, or neither where they are no period. */
export function periodFrom(params: URLSearchParams): { from: string | null; to: string | null } {
  const [from, to] = [dayFrom(params.get("from")), dayFrom(params.get("to"))];
  return from && to && from < to ? { from, to } : { from: null, to: null };
}

export function addPeriod(
  params: URLSearchParams,
  { from, to }: { from: string | null; to: string | null },
): void {
  if (!from || !to) return;
  params.set("from", from);
  params.set("to", to);
}

export function cameraWord({ lon, lat, zoom }: Camera): string {
  return [lon.toFixed(4), lat.toFixed(4), zoom.toFixed(2)].join(",");
}

export function cameraFrom(text: string | null): Camera | null {
  const parts = (text ?? "").split(",").map(Number);
  const [lon, lat, zoom] = parts;
  if (parts.length !== 3 || lon === undefined || lat === undefined || zoom === undefined) return null;
  const sane = Math.abs(lon) <= 180 && Math.abs(lat) <= 85 && zoom >= 0 && zoom <= 22;
  return sane ? { lon, lat, zoom } : null;
}

/** "?…", or nothing where there is nothing to say. */
export function queryOf(params: URLSearchParams): string {
  const text = params.toString();
  return text ? `?${text}` : "";
}
