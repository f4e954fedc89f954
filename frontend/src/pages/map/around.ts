// Around the place: what stands within the walk, more than elsewhere or not, notices over the year, what is missing.

import type { AroundAnswer, AroundNotice, Why } from "../../api/answers";
import { noticeBar } from "../../charts/notice_bars";
import { markName, symbolSvg } from "../../map/glyphs";
import { counted, dayWords, distances, monthLong } from "../../state/format";
import { inPlaceWords } from "../../state/overlay";
import { WALKS, type Walk } from "../../state/view";
import { fill, h, keepFocus } from "../dom";
import { traceOf } from "../trace";
import { gaps } from "./evidence";

const MOST_NOTICES = 8;
const HEXAGON = /^8[0-9a-f]{14}$/;
const MONTHS_TO_TELL = 3;
const NOTICES: Record<string, string> = {
  cawn: "Warning notice",
  closure: "Closure",
  cpn: "Community protection",
  pspo: "Public spaces order",
  dispersal: "Dispersal zone",
  hotel: "Hotel notice",
};

export interface AroundParts {
  answer: AroundAnswer;
  walk: Walk | null;
  /** The day of the notices. */
  on: string;
  cannotShow: readonly (string | Why)[];
  setWalk(minutes: Walk | null): void;
}

/** `around` and `missing` are the panel's places for the list and for the gaps. */
export function showAround(around: HTMLElement, missing: HTMLElement, parts: AroundParts): void {
  const { answer, walk, on } = parts;
  const { about } = answer;
  keepFocus(around, () =>
    fill(
      around,
      h("h3", {}, `Within a ${minutesWords(about.minutes)} walk`, h("small", {}, wayWords(answer))),
      ringSwitch(walk, parts.setWalk),
      ...answer.classes.filter((row) => row.n > 0).map(classRow),
      ...answer.areas.map((row) =>
        line(row.class, row.count > 1 ? `${row.label}, ${row.count}` : row.label, `somewhere in ${row.name}`),
      ),
      comparison(answer),
      ...answer.work.filter((row) => row.known).map(workRow),
      noticesHere(answer, on),
      traceOf(about),
    ),
  );
  const told = [...answer.gaps, ...parts.cannotShow];
  missing.hidden = told.length === 0;
  fill(missing, h("h3", {}, "Gaps"), gaps(told));
}

export function showAroundWaiting(around: HTMLElement, words: string): void {
  around.querySelector(".around-wait")?.remove();
  around.append(h("p", { class: "hint around-wait", role: "status" }, words));
}

function minutesWords(minutes: number): string {
  const words: Record<number, string> = { 5: "five-minute", 10: "ten-minute", 15: "fifteen-minute" };
  return words[Math.round(minutes)] ?? `${Math.round(minutes)}-minute`;
}

function wayWords({ rings, classes }: AroundAnswer): string {
  if (rings[0]?.way === "straight line") return " in a straight line: no street could tell";
  return classes.some((row) => row.straight) ? " along streets; some in a straight line" : " along streets";
}

function ringSwitch(walk: Walk | null, setWalk: (minutes: Walk | null) => void): HTMLElement {
  const button = (minutes: Walk | null, words: string) =>
    h(
      "button",
      {
        type: "button",
        "data-key": `walk-${minutes}`,
        "aria-pressed": String(walk === minutes),
        onclick: () => setWalk(minutes),
      },
      words,
    );
  return h(
    "div",
    { class: "ring-switch" },
    h("span", { id: "ring-switch-label" }, "On the map"),
    h(
      "div",
      { class: "segmented", role: "group", "aria-labelledby": "ring-switch-label" },
      button(null, "Off"),
      ...WALKS.map((minutes) => button(minutes, `${minutes} min`)),
    ),
  );
}

function classRow(row: AroundAnswer["classes"][number]): HTMLElement {
  const many = row.n > 1 ? `${row.label}, ${row.n}` : (row.names[0] ?? row.label);
  const opened = row.n === 1 && row.opened[0] ? ` open since ${dayWords(row.opened[0])}` : "";
  return line(
    row.class,
    many,
    distances(row.distances_m),
    opened,
    row.n > 1 ? row.names.join(", ") : undefined,
  );
}

function line(mark: string, words: string, right: string, small = "", title?: string): HTMLElement {
  return h(
    "p",
    { class: "around", title },
    symbolSvg(mark, 20),
    h("span", {}, words, small ? h("small", {}, small) : null),
    h("span", { class: "n" }, right),
  );
}

/** Only what is more or fewer is said; if nothing is, that is said once. */
function comparison({ classes, about }: AroundAnswer): HTMLElement {
  const unlike = classes.filter((row) => /^(More|Fewer) /.test(row.words));
  const cannot = classes.length > 0 && classes.every((row) => !/^(More|Fewer|About) /.test(row.words));
  const words = unlike.map((row) => `${row.words}.`);
  if (words.length === 0)
    words.push(
      cannot
        ? `${classes[0]?.words ?? ""}`.replace(/([^.])$/, "$1.")
        : "About what stands around comparable places.",
    );
  return h(
    "div",
    { class: "compared-box" },
    ...words.map((one) => h("p", {}, h("b", {}, one))),
    about.compared_with &&
      h("p", { class: "hint" }, `Compared with ${about.compared_with.replace(/\.$/, "")}.`),
    about.unlike_note && h("p", { class: "hint" }, about.unlike_note),
  );
}

function workRow(row: AroundAnswer["work"][number]): HTMLElement {
  const last = row.last ? `last on ${dayWords(row.last)}` : "none recorded here";
  return line(`work_${row.class}`, row.count ? counted(row.count, row.name.toLowerCase()) : row.name, last);
}

/** In force first, then what ended last; a bar each over the twelve months around the day. */
function noticesHere({ notices, about }: AroundAnswer, on: string): HTMLElement | null {
  const served = notices.filter((one) => one.state !== "not_begun");
  if (served.length === 0) return null;
  const [from, to] = yearOf(on);
  const order = { active: 0, ends_soon: 0, not_begun: 0, ended: 1 };
  const sorted = [...served]
    .filter((one) => one.state !== "ended" || (one.ends ?? "") >= from)
    .sort((a, b) => order[a.state] - order[b.state] || (a.ends ?? "9").localeCompare(b.ends ?? "9"));
  const rest = served.length - Math.min(sorted.length, MOST_NOTICES);
  return h(
    "div",
    { class: "notices-here" },
    h(
      "h3",
      {},
      "Notices here",
      h("small", {}, ` ${monthLong(from)} to ${monthLong(to)}; line is ${dayWords(on)}`),
    ),
    h("p", {}, inPlaceWords(about.in_place, about.in_place_m)),
    ...sorted.slice(0, MOST_NOTICES).map((one) => noticeRow(one, from, to, on)),
    sorted.some((one) => askable(one, on)) &&
      h("p", { class: "hint" }, "Press an underlined one to ask: did it reduce harm, or move it?"),
    rest > 0 &&
      h("p", { class: "hint" }, `And ${rest} more, most of them ended. The table of the map lists them.`),
  );
}

function noticeRow(one: AroundNotice, from: string, to: string, on: string): HTMLElement {
  const state = one.state === "not_begun" ? "active" : one.state;
  const away =
    one.distance_m === null
      ? "somewhere in the ward"
      : one.distance_m < 5
        ? "in it"
        : `${Math.round(one.distance_m / 10) * 10} m`;
  return h(
    "div",
    { class: "notice-row" },
    symbolSvg(markName(one.kind, true), 20, state),
    h("span", {}, askable(one, on) ? whatItChanged(one) : name(one), h("small", {}, ` ${away}`)),
    noticeBar(one, from, to, on),
  );
}

function name(one: AroundNotice): string {
  return NOTICES[one.kind] ?? one.kind;
}

/** Whether it can be asked what it changed: its place is told, and a few months have gone by since. */
function askable(one: AroundNotice, on: string): boolean {
  return one.kept === "point" && begun(one) !== "" && begun(one) <= monthAway(on, -MONTHS_TO_TELL);
}

function begun(one: AroundNotice): string {
  return one.starts ?? one.served ?? "";
}

function whatItChanged(one: AroundNotice): HTMLElement {
  const level = HEXAGON.test(one.place) ? "cell:9" : "street";
  const words = new URLSearchParams({ level, around: one.place, start: begun(one) });
  const page = document.getElementById("map-app")?.dataset.evaluation ?? "";
  return h(
    "a",
    { href: `${page}?${words}`, "aria-label": `${name(one)} from ${dayWords(begun(one))}: did it work?` },
    name(one),
  );
}

/** Nine months before the day and three after it: what was done, and what is about to end. */
function yearOf(on: string): [string, string] {
  return [monthAway(on, -9), monthAway(on, 3)];
}

/** The first day of the month so many months from this day's. */
function monthAway(on: string, months: number): string {
  const at = new Date(`${on}T00:00:00Z`);
  return new Date(Date.UTC(at.getUTCFullYear(), at.getUTCMonth() + months, 1)).toISOString().slice(0, 10);
}
