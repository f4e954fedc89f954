// Who is silent where: rows of the answer on silence as the pages need them. Pure.

import type { Silence } from "../api/answers";
import { monthLong } from "./format";

/** One feed of an agency that is silent in a district, or was within the period (`until`: its last month so). */
export interface Silent {
  readonly agency: string;
  readonly feed: string;
  readonly district: string;
  readonly since: string;
  readonly until: string | null;
  readonly sentence: string;
}

export function silentFeeds({ areas }: Silence): Silent[] {
  return areas.flatMap(({ code, feeds }) =>
    feeds.map(({ agency, name, since, until, sentence }) => ({
      agency,
      feed: name,
      district: code,
      since,
      until,
      sentence,
    })),
  );
}

/** "one feed missing since July 2026", "2 feeds missing for a time from July 2026": as the plate on the map. */
export function silentWords(of: readonly Silent[]): string {
  const since = of
    .map((one) => one.since)
    .filter(Boolean)
    .sort()[0];
  const many = of.length === 1 ? "one feed" : `${of.length} feeds`;
  const when = of.every((one) => one.until) ? "for a time from" : "since";
  return `${many} missing${since ? ` ${when} ${monthLong(since)}` : ""}`;
}

export function byDistrict(silent: readonly Silent[]): Map<string, Silent[]> {
  const found = new Map<string, Silent[]>();
  for (const one of silent) found.set(one.district, [...(found.get(one.district) ?? []), one]);
  return found;
}
