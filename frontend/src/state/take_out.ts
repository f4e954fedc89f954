// What can be taken out of the map, in which forms, and under which name. Pure.

export type Form = "xlsx" | "gpkg" | "geojson" | "zip";

/** One view as files: `holds` says what is in it, `forms` which files there are. */
export interface Taken {
  key: string;
  words: string;
  holds: string;
  forms: readonly { form: Form; words: string; href: string }[];
}

export const FORM_WORDS: Record<Form, string> = {
  xlsx: "Excel",
  gpkg: "GeoPackage",
  geojson: "GeoJSON",
  zip: "CSV",
};
const PLACED: readonly Form[] = ["xlsx", "gpkg", "geojson", "zip"];
const UNPLACED: readonly Form[] = ["xlsx", "zip"];

export interface TakenFrom {
  base: string;
  /** The question of the picture, and that of the test. */
  counts: URLSearchParams;
  tested: URLSearchParams;
  /** Site classes and whether notices are shown; `on` is the day of notices. */
  classes: readonly string[];
  notices: boolean;
  on: string;
}

/** The files of what is on the screen: counts, hotspots, months, and what lies over them. */
export function takenFrom(from: TakenFrom): Taken[] {
  const of = (
    kind: string,
    params: URLSearchParams,
    words: string,
    holds: string,
    placed: boolean,
  ): Taken => ({
    key: kind,
    words,
    holds,
    forms: (placed ? PLACED : UNPLACED).map((form) => ({
      form,
      words: FORM_WORDS[form],
      href: `${from.base}/${kind}.${form}?${params}`,
    })),
  });
  const sites = new URLSearchParams();
  for (const code of from.classes) sites.append("class", code);
  const taken = [
    of("counts", from.counts, "Counts", "Every unit of the map with its count", true),
    of("hotspots", from.tested, "Hotspots", "Outlines, tests and what stands behind each", true),
    of("series", withoutLevel(from.counts), "Months", "One row a month", false),
  ];
  if (from.classes.length > 0) taken.push(of("sites", sites, "Sites", "Those shown on the map", true));
  if (from.notices)
    taken.push(of("notices", new URLSearchParams({ on: from.on }), "Notices", "All, with their state", true));
  return taken;
}

/** A month has no level, and the people behind a count are no filter of it. */
function withoutLevel(params: URLSearchParams): URLSearchParams {
  const kept = new URLSearchParams(params);
  kept.delete("level");
  return kept;
}

/** The picture's file name says what it shows and when: it is also what is read out for it. */
export function pictureName(county: string, what: string, period: string, publication: number): string {
  const words = `${county} map ${what} ${period} publication ${publication}`;
  return `${words
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-|-$/g, "")}.png`;
}

export interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** As large as fits, the proportions kept, in the middle. */
export function fitted(width: number, height: number, into: Box): Box {
  const scale = Math.min(into.width / width, into.height / height);
  const [w, h] = [width * scale, height * scale];
  return { x: into.x + (into.width - w) / 2, y: into.y + (into.height - h) / 2, width: w, height: h };
}

/** Words in lines no wider than `width`, as `measure` measures them. A word that is too long has its own line. */
export function lines(text: string, width: number, measure: (text: string) => number): string[] {
  const made: string[] = [];
  let line = "";
  for (const word of text.split(/\s+/).filter(Boolean)) {
    const longer = line ? `${line} ${word}` : word;
    if (line && measure(longer) > width) {
      made.push(line);
      line = word;
    } else {
      line = longer;
    }
  }
  return line ? [...made, line] : made;
}
