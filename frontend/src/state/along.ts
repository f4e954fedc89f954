// Along a bus route or a railway line: which there are, what the map keeps to, and the way to the quarter hours. Pure.

import type { RouteProperties } from "../api/answers";
import { questionParams } from "./url";
import type { Run, View } from "./view";

const ROUTE = "route:";
const RAILWAYS = ["rail", "metro", "tram", "subway"];
export const CORRIDOR_M = 250;

/** After school to the quarter hour, and in the whole hours that a map can count. */
export const AFTER_SCHOOL: { clock: string; hours: Run; weekdays: Run } = {
  clock: "15:15-17:00",
  hours: { first: 15, end: 17 },
  weekdays: { first: 0, end: 5 },
};

export interface RouteChoice {
  /** What the map is narrowed to. */
  readonly within: string;
  readonly words: string;
}

/** The route that the filters keep to, as `within` names it. */
export function routeOf({ within }: Pick<View, "within">): string | null {
  return within?.toLowerCase().startsWith(ROUTE) ? within : null;
}

/** Buses, then railways, each by its number as people count: 2 before 10. */
export function routeChoices(routes: readonly RouteProperties[]): { title: string; routes: RouteChoice[] }[] {
  const listed = (title: string, rail: boolean) => ({
    title,
    routes: once(routes.filter(({ mode }) => RAILWAYS.includes(mode) === rail)),
  });
  return [listed("Buses", false), listed("Railways", true)].filter((group) => group.routes.length > 0);
}

function once(routes: readonly RouteProperties[]): RouteChoice[] {
  const found = new Map(routes.map((one) => [one.within, one]));
  return [...found.values()]
    .sort((a, b) => a.line.localeCompare(b.line, "en", { numeric: true }))
    .map((one) => ({ within: one.within, words: fullWords(one) }));
}

const MOST_CALLED = 6;

/** Routes that a reader may mean: by number ("7", "bus 7") or by a word of their name, the number first. */
export function routesCalled(routes: readonly RouteProperties[], typed: string): RouteChoice[] {
  const text = typed.trim().toLowerCase();
  const number = text.replace(/^(?:bus|route|line|train)\s+/, "");
  const isLine = ({ line }: RouteProperties) => line.toLowerCase() === number;
  const isNamed = ({ name }: RouteProperties) => text.length > 1 && name.toLowerCase().includes(text);
  const found = [
    ...once(routes.filter(isLine)),
    ...once(routes.filter((one) => !isLine(one) && isNamed(one))),
  ];
  return found.slice(0, MOST_CALLED);
}

/** Its number and its ends. */
export function fullWords({ line, name }: Pick<RouteProperties, "line" | "name">): string {
  return name.startsWith(line) ? name : `${line} ${name}`;
}

/** Short, for a chip: "Along bus 7". */
export function alongWords({ line, name, mode }: Pick<RouteProperties, "line" | "name" | "mode">): string {
  return RAILWAYS.includes(mode) ? `Along ${name}` : `Along bus ${line}`;
}

export function isAfterSchool({ hours, weekdays }: Pick<View, "hours" | "weekdays">): boolean {
  return sameRun(hours, AFTER_SCHOOL.hours) && sameRun(weekdays, AFTER_SCHOOL.weekdays);
}

function sameRun(a: Run | null, b: Run): boolean {
  return a?.first === b.first && a.end === b.end;
}

/** The exact question: after school by the quarter hour along the route or, where none is chosen, along each of them. */
export function quarterHours(view: View, period: readonly [string | null, string | null]): string {
  const route = routeOf(view);
  const [from, to] = [view.from ?? period[0], view.to ?? period[1]];
  const { weekdays, clock } = AFTER_SCHOOL;
  const params = questionParams(
    { ...view, from, to, hours: null, weekdays, within: route ? null : view.within },
    "",
  );
  params.delete("level");
  params.set("clock", clock);
  params.set("text", route ? route.slice(ROUTE.length) : "all");
  params.set("radius", String(CORRIDOR_M));
  return `/analysis/times/?${params}`;
}
