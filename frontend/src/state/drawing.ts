// A place drawn by hand: which streets or hexagons it has, what it is called, and what is still missing. Pure.

export interface Neighbour {
  readonly number: number;
  readonly name: string;
}

/** `place` is the one that is drawn anew, null for a new one. `level` is "" until something is taken. */
export interface Drawing {
  readonly place: { readonly number: number; readonly name: string; readonly version: number } | null;
  readonly level: string;
  readonly units: readonly string[];
  readonly name: string;
  readonly owner: string;
  /** Open places on the same ground, and those of them that are meant to stay apart. */
  readonly overlaps: readonly Neighbour[];
  readonly beside: readonly number[];
}

export const NOTHING_DRAWN: Drawing = {
  place: null,
  level: "",
  units: [],
  name: "",
  owner: "",
  overlaps: [],
  beside: [],
};
export const MOST_UNITS = 80;

/** A unit is taken in, or left out again. A sentence where it cannot be. */
export function turned(drawing: Drawing, code: string, level: string): Drawing | string {
  if (drawing.units.includes(code)) return { ...drawing, units: drawing.units.filter((one) => one !== code) };
  if (drawing.units.length > 0 && drawing.level !== level) return otherLevel(drawing.level);
  if (drawing.units.length >= MOST_UNITS) return `A place has at most ${MOST_UNITS} streets or hexagons.`;
  return { ...drawing, level, units: [...drawing.units, code].sort() };
}

function otherLevel(level: string): string {
  if (level === "street") return "This place is drawn in streets: go back to Street, or leave them all out.";
  return "This place is drawn in hexagons of another size: zoom back, or leave them all out.";
}

/** "3 streets", "1 hexagon", "nothing yet". */
export function drawnWords({ level, units }: Pick<Drawing, "level" | "units">): string {
  if (units.length === 0) return "nothing yet";
  const noun = level === "street" ? "street" : "hexagon";
  return `${units.length} ${noun}${units.length === 1 ? "" : "s"}`;
}

/** What is still missing, in a sentence, and the field it is missing from; null where it can be saved. */
export function lacking(drawing: Drawing): { name: "units" | "name" | "beside"; words: string } | null {
  if (drawing.units.length === 0) return { name: "units", words: "Take in a street or a hexagon first." };
  if (!drawing.place && !drawing.name.trim()) return { name: "name", words: "Say what it is called." };
  const open = drawing.overlaps.filter((one) => !drawing.beside.includes(one.number));
  if (open.length === 0) return null;
  const names = open.map((one) => `“${one.name}”`).join(", ");
  return {
    name: "beside",
    words: `On the same ground as ${names}: go on there, or say that this is another place.`,
  };
}

/** What is sent: a new place, or one drawn anew. */
export function drawnToSend(drawing: Drawing): Record<string, unknown> {
  const { place, level, units, beside } = drawing;
  const drawn = { level, units, beside };
  return place
    ? { ...drawn, version: place.version }
    : { ...drawn, name: drawing.name.trim(), owner: drawing.owner };
}
