// The answer about time: two periods compared.

import type { About } from "./answers";

export interface ChangeAbout extends About {
  earlier: [string, string];
  later: [string, string];
  totals: [number, number];
  tested: number;
  too_few: number;
  not_compared: string[];
  q: number;
  sentence: string;
}

/** Columns by name. `strength` from -3 (halved or less) to 3 (doubled or more); null: cannot be compared. */
export interface Change {
  about: ChangeAbout;
  units: {
    id: number[] | null;
    code: string[];
    name: string[];
    strength: (number | null)[];
    earlier: number[];
    later: number[];
    compared_earlier: number[];
    compared_later: number[];
    ratio: (number | null)[];
    low: (number | null)[];
    high: (number | null)[];
  };
}
