// Periods to choose from in one press: whole months that are over, counted back from the last. Pure.

import { lastYear } from "./brush";

export interface Preset {
  readonly words: string;
  readonly from: string;
  readonly to: string;
}

const MONTHS = [3, 6, 12, 24];

/** `span` are the whole months of what may be seen, half-open; none reaches before its beginning. */
export function presets(span: readonly [string, string], today: string): Preset[] {
  const { to } = lastYear([span[0], span[1]], today);
  return MONTHS.map((months) => ({ months, from: monthsBefore(to, months) }))
    .filter(({ from }) => from >= span[0])
    .map(({ months, from }) => ({ words: `${months} months`, from, to }));
}

function monthsBefore(first: string, months: number): string {
  const [year, month] = first.split("-").map(Number);
  const total = (year ?? 0) * 12 + (month ?? 1) - 1 - months;
  return `${Math.floor(total / 12)}-${String((total % 12) + 1).padStart(2, "0")}-01`;
}
