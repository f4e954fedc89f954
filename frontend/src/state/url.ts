// The view as an address and back. Filter words are those of the HTTP API and the command line. Pure.

import { cameraFrom, cameraWord, dayFrom, periodFrom, queryOf } from "./address";
import { backgroundFrom } from "./background";
import { addComparing, comparingFrom } from "./compare";
import { peopleAsked } from "./measure";
import {
  DEFAULT_SHOWN,
  LEVELS,
  type Level,
  MEASURES,
  type Selection,
  START,
  type View,
  WALKS,
  type Walk,
} from "./view";
import { hoursWord, parseHours, parseWeekdays, weekdaysWord } from "./week";

/** The filters as API parameters, without what is only about drawing. `level` carries the cells' resolution. */
export function questionParams(view: View, level: string): URLSearchParams {
  const params = new URLSearchParams({ level });
  addFilters(params, view);
  return params;
}

/** The question of the picture: the filters, and whether people are to be told. */
export function pictureParams(view: View, level: string): URLSearchParams {
  const params = questionParams(view, level);
  if (peopleAsked(view)) params.set("measure", "people");
  return params;
}

/** The question of a test: the filters, and what hotspots are tested against. */
export function testParams(view: View, level: string): URLSearchParams {
  const params = questionParams(view, level);
  if (view.background) params.set("background", view.background);
  return params;
}

export function toQuery(view: View): string {
  const params = new URLSearchParams();
  if (view.level !== START.level) params.set("level", view.level);
  addFilters(params, view);
  if (view.background) params.set("background", view.background);
  if (view.measure !== START.measure) params.set("measure", view.measure);
  addComparing(params, view.comparing);
  if (view.shown.join() !== DEFAULT_SHOWN.join()) params.set("show", view.shown.join(","));
  if (view.on) params.set("on", view.on);
  if (view.walk) params.set("walk", String(view.walk));
  if (view.selected?.kind === "hotspot") params.set("hotspot", String(view.selected.id));
  if (view.selected?.kind === "unit") params.set("unit", `${view.selected.level}.${view.selected.code}`);
  if (view.table) params.set("view", "table");
  if (view.camera) params.set("at", cameraWord(view.camera));
  return queryOf(params);
}

export function fromQuery(query: string): View {
  const params = new URLSearchParams(query);
  const many = (name: string) => [...new Set(params.getAll(name).filter(Boolean))].sort();
  return {
    level: levelFrom(params.get("level")),
    ...periodFrom(params),
    themes: many("theme"),
    agencies: many("agency"),
    categories: many("category"),
    detections: many("detection"),
    qualities: many("quality"),
    hours: parseHours(params.get("hours")),
    weekdays: parseWeekdays(params.get("weekdays")),
    within: params.get("within") || null,
    known: dayFrom(params.get("known")),
    comparing: comparingFrom(params),
    counted: params.get("counted") === "events" ? "events" : "records",
    measure: MEASURES.find((one) => one === params.get("measure")) ?? START.measure,
    background: backgroundFrom(params.get("background")),
    shown: params.has("show") ? (params.get("show") ?? "").split(",").filter(Boolean).sort() : DEFAULT_SHOWN,
    on: dayFrom(params.get("on")),
    walk: walkFrom(params.get("walk") ?? params.get("ring")),
    selected: selectionFrom(params),
    camera: cameraFrom(params.get("at")),
    table: params.get("view") === "table",
  };
}

function addFilters(params: URLSearchParams, view: View): void {
  if (view.from) params.set("from", view.from);
  if (view.to) params.set("to", view.to);
  for (const code of view.agencies) params.append("agency", code);
  for (const code of view.themes) params.append("theme", code);
  for (const code of view.categories) params.append("category", code);
  for (const code of view.detections) params.append("detection", code);
  for (const code of view.qualities) params.append("quality", code);
  if (view.within) params.set("within", view.within);
  if (view.known) params.set("known", view.known);
  if (view.counted !== START.counted) params.set("counted", view.counted);
  if (view.hours) params.set("hours", hoursWord(view.hours));
  if (view.weekdays) params.set("weekdays", weekdaysWord(view.weekdays));
}

/** `cell:9` is read as `cell`, so that an address made for the command line also opens here. */
function levelFrom(text: string | null): Level {
  const word = (text ?? "").split(":")[0];
  return LEVELS.find((level) => level === word) ?? START.level;
}

/** `ring=5,10` means the same as `walk=10`: a ring is drawn every five minutes up to the last. */
function walkFrom(text: string | null): Walk | null {
  const last = Number((text ?? "").split(",").at(-1));
  return WALKS.find((minutes) => minutes === last) ?? null;
}

function selectionFrom(params: URLSearchParams): Selection | null {
  const hotspot = params.get("hotspot");
  if (hotspot && /^\d+$/.test(hotspot)) return { kind: "hotspot", id: Number(hotspot) };
  const unit = params.get("unit") ?? "";
  const dot = unit.indexOf(".");
  const level = LEVELS.find((l) => l === unit.slice(0, dot));
  const code = unit.slice(dot + 1);
  return dot > 0 && level && code ? { kind: "unit", level, code } : null;
}
