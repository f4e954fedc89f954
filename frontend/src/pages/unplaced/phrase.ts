// What a phrase's form says: its candidates' points, and the point picked on the map.

export interface Spot {
  number: string;
  lon: number;
  lat: number;
  weight: number;
  input: HTMLInputElement;
}

export function spots(phrase: Element): Spot[] {
  return [...phrase.querySelectorAll<HTMLInputElement>("input[data-lon]")].map((input, i) => ({
    number: String(i + 1),
    lon: Number(input.dataset.lon),
    lat: Number(input.dataset.lat),
    weight: Number(input.dataset.weight),
    input,
  }));
}

/** Radius in pixels: the circle's area is the candidate's weight. */
export function radius(weight: number): number {
  return Math.round(10 + 16 * Math.sqrt(Math.min(Math.max(weight, 0), 1)));
}

export function pick(phrase: Element, lon: number, lat: number): void {
  const row = phrase.querySelector<HTMLElement>(".choice.pick");
  const input = row?.querySelector("input");
  if (!row || !input) return;
  for (const [name, value] of Object.entries({ lon, lat })) {
    const field = phrase.querySelector<HTMLInputElement>(`input[type="hidden"][name="${name}"]`);
    if (field) field.value = value.toFixed(6);
  }
  row.hidden = false;
  input.checked = true;
  const words = row.querySelector(".picked");
  if (words) words.textContent = `${lat.toFixed(4)}, ${lon.toFixed(4)}`;
}

/** The box around some points, with a margin; null for none. */
export function around(points: { lon: number; lat: number }[]): [number, number, number, number] | null {
  if (!points.length) return null;
  const [lons, lats] = [points.map((p) => p.lon), points.map((p) => p.lat)];
  const margin = 0.004;
  return [
    Math.min(...lons) - margin,
    Math.min(...lats) - margin,
    Math.max(...lons) + margin,
    Math.max(...lats) + margin,
  ];
}
