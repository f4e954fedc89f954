// What help says: the keys of a page, the marks of the map, the words on the screen. Pure.

export interface Key {
  readonly keys: readonly string[];
  readonly does: string;
}

const EVERYWHERE: readonly Key[] = [{ keys: ["?"], does: "open this help; Esc closes it" }];

const KEYS: Record<string, readonly Key[]> = {
  hot: [{ keys: ["Tab", "Enter"], does: "go from card to card, and open one on the map" }],
  map: [
    { keys: ["T"], does: "swap the map for its table, and back" },
    { keys: ["←", "→"], does: "on a letter: walk the hotspots in letter order; on the map: move it" },
    { keys: ["+", "−"], does: "zoom, while the map has the keyboard" },
    { keys: ["Enter"], does: "read what lies in the middle of the map" },
    { keys: ["D"], does: "decide on the chosen hotspot; Ctrl and Enter saves" },
    { keys: ["M"], does: "take a minute of the chosen place, while a meeting is on; Ctrl and Enter saves" },
    { keys: ["Esc"], does: "let the chosen place go" },
  ],
};

export function keysOf(page: string): readonly Key[] {
  return [...(KEYS[page] ?? []), ...EVERYWHERE];
}

export interface Mark {
  /** The class that draws the sample. */
  readonly sample: string;
  readonly means: string;
}

export const MARKS: readonly Mark[] = [
  { sample: "hot", means: "Hotspot: it passes the named test" },
  { sample: "joined", means: "It passes only with all our records joined" },
  { sample: "watched", means: "Close, and being watched. It is not a hotspot" },
  { sample: "silent", means: "Silent: nobody sent. Silent is not quiet" },
  { sample: "zero", means: "Zero: somebody sent, and nothing was there" },
  { sample: "withheld", means: "Withheld: too few to say. It is not zero" },
  { sample: "coarse", means: "The place is kept coarse: it lies somewhere in the area" },
];

/** Of the glossary, what stands on these pages, in the reader's words. */
export const WORDS: readonly (readonly [word: string, means: string])[] = [
  ["record", "one thing that one agency wrote down"],
  [
    "letters",
    "A, B and C are given anew for each reader, to the places that this reader may be told of. Another agency's A may be another place: in the room, say the street",
  ],
  ["linked event", "records of several feeds that are probably one event; it counts once"],
  ["hotspot", "a place with more than chance would put there, by the test that is named beside it"],
  [
    "tested against",
    "what a place must stand out from: its own past, all records, the children living there, or an even spread",
  ],
  ["two periods", "the same map at another time, beside this one or as the difference between them"],
  ["chance hardly ever does this", "in fewer than 1 of 1,000 arrangements of the county"],
  ["silent", "a feed that was due sent nothing; we do not know what happened there"],
  ["unplaced", "a record whose place is not known well enough for this level; it is in the total"],
  ["withheld", "a number that could point to somebody, and so is not told"],
  ["not shown to you", "an agreement keeps it from your role; the clause is named"],
  ["as known on", "what had been received by that day, so that a past meeting can be looked at again"],
  ["clause", "the line of a data sharing agreement that lets you be told"],
];
