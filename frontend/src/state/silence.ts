// Who is silent where: rows of the answer on silence as the pages need them. Pure.

import { monthLong } from "./format";

export interface SilenceRow {
  readonly feed: string;
  readonly district: string;
  readonly verdict: string;
  readonly since: string;
  readonly sentence: string;
}

export interface SilenceAnswer {
  readonly about: { readonly feeds: readonly { code: string; name: string; agency: string }[] };
  readonly rows: readonly SilenceRow[];
}

/** One feed of an agency that has stopped in a district. */
export interface Silent {
  readonly agency: string;
  readonly feed: string;
  readonly district: string;
  readonly since: string;
  readonly sentence: string;
}

const SILENT = new Set(["silent", "probably silent"]);

export function silentFeeds({ about, rows }: SilenceAnswer): Silent[] {
  const feeds = new Map(about.feeds.map((one) => [one.code, one]));
  return rows
    .filter((row) => SILENT.has(row.verdict))
    .map((row) => ({
      agency: feeds.get(row.feed)?.agency ?? "",
      feed: feeds.get(row.feed)?.name ?? row.feed,
      district: row.district,
      since: row.since,
      sentence: row.sentence,
    }));
}

/** "one feed missing since July 2026" */
export function silentWords(of: readonly Silent[]): string {
  const since = of
    .map((one) => one.since)
    .filter(Boolean)
    .sort()[0];
  const many = of.length === 1 ? "one feed" : `${of.length} feeds`;
  return `${many} missing${since ? ` since ${monthLong(since)}` : ""}`;
}

export function byDistrict(silent: readonly Silent[]): Map<string, Silent[]> {
  const found = new Map<string, Silent[]>();
  for (const one of silent) found.set(one.district, [...(found.get(one.district) ?? []), one]);
  return found;
}
