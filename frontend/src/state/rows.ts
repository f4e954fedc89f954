// The table twin: the same units, the same values, in an order the reader picks. Pure.

import type { Units } from "../api/answers";
import { peopleWords } from "./measure";
import type { Level } from "./view";

export interface Row {
  readonly code: string;
  readonly name: string;
  readonly count: number | null;
  readonly rate: number | null;
  /** In words, and the band by which they are put in order; only where people were asked for. */
  readonly people: string;
  readonly band: number;
}

export type Column = "name" | "count" | "rate" | "people";
export interface Order {
  readonly column: Column;
  readonly down: boolean;
}

export const BUSIEST: Order = { column: "count", down: true };

export function rowsOf(units: Units, level: Level, nameOf: (code: string) => string): Row[] {
  return units.code.map((code, k) => ({
    code,
    name: units.name?.[k] || nameOf(code),
    count: units.count[k] ?? null,
    rate: units.rate?.[k] ?? null,
    people: units.people ? peopleWords(units.people_least?.[k], units.people_most?.[k], level) : "",
    band: units.people?.[k] ?? 0,
  }));
}

/** A new list in order; withheld values come last either way; ties by name. */
export function ordered(rows: readonly Row[], { column, down }: Order): Row[] {
  const sign = down ? -1 : 1;
  const byName = (a: Row, b: Row) => a.name.localeCompare(b.name, "en-GB", { numeric: true });
  return [...rows].sort((a, b) => {
    if (column === "name") return sign * byName(a, b);
    const [x, y] = column === "people" ? [a.band, b.band] : [a[column], b[column]];
    if (x === null || y === null) return x === y ? byName(a, b) : x === null ? 1 : -1;
    return sign * (x - y) || byName(a, b);
  });
}

export function turned(order: Order, column: Column): Order {
  if (order.column === column) return { column, down: !order.down };
  return { column, down: column !== "name" };
}
