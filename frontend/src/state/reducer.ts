// What each act does to the view. Pure: a new view comes out, the old one stays as it was.

import type { Background } from "./background";
import type { Comparing } from "./compare";
import { peopleAsked } from "./measure";
import type { Camera, Counted, Facet, Level, Measure, Run, Selection, View, Walk } from "./view";

export type Action =
  | { type: "level"; level: Level }
  | { type: "period"; from: string; to: string; comparing?: Comparing | null }
  | { type: "toggle"; facet: Facet; code: string }
  | { type: "clear"; facet: Facet }
  | { type: "week"; hours: Run | null; weekdays: Run | null }
  | { type: "show"; code: string; on: boolean }
  | { type: "on"; date: string | null }
  | { type: "walk"; minutes: Walk | null }
  | { type: "within"; code: string | null }
  | { type: "drill"; code: string; level: Level }
  /** Back to the whole county, at a level. */
  | { type: "out"; level: Level }
  | { type: "select"; selection: Selection | null }
  /** The hotspot that was chosen, found again by the page after the filters changed. */
  | { type: "follow"; selection: Selection | null }
  | { type: "camera"; camera: Camera }
  | { type: "table"; open: boolean }
  | { type: "known"; date: string | null }
  | { type: "comparing"; comparing: Comparing | null }
  | { type: "counted"; counted: Counted }
  | { type: "measure"; measure: Measure }
  | { type: "background"; background: Background }
  | { type: "clear-all" }
  | { type: "restore"; view: View }
  /** A step back or forward among what was done: as `restore`, and it stands in the address. */
  | { type: "step"; view: View };

export function reduce(view: View, action: Action): View {
  switch (action.type) {
    case "level":
      return { ...view, level: action.level, selected: null };
    case "period":
      return {
        ...view,
        from: action.from,
        to: action.to,
        comparing: action.comparing === undefined ? view.comparing : action.comparing,
      };
    case "toggle":
      return { ...view, [action.facet]: toggled(view[action.facet], action.code) };
    case "clear":
      return { ...view, [action.facet]: [] };
    case "week":
      return { ...view, hours: action.hours, weekdays: action.weekdays };
    case "show":
      return { ...view, shown: withMember(view.shown, action.code, action.on) };
    case "on":
      return { ...view, on: action.date };
    case "walk":
      return { ...view, walk: action.minutes };
    case "within":
      return { ...view, within: action.code, selected: null };
    case "drill":
      return { ...view, within: action.code, level: action.level, selected: null };
    case "out":
      return { ...view, within: null, level: action.level, selected: null };
    case "select":
    case "follow":
      return { ...view, selected: action.selection };
    case "camera":
      return { ...view, camera: action.camera };
    case "known":
      return { ...view, known: action.date };
    case "comparing":
      return { ...view, comparing: action.comparing };
    case "counted":
      return { ...view, counted: action.counted };
    case "measure":
      return { ...view, measure: action.measure };
    case "background":
      return { ...view, background: action.background };
    case "table":
      return { ...view, table: action.open };
    case "clear-all":
      return {
        ...view,
        themes: [],
        agencies: [],
        categories: [],
        detections: [],
        qualities: [],
        hours: null,
        weekdays: null,
        within: null,
        counted: "records",
      };
    case "restore":
    case "step":
      return action.view;
  }
}

/** What nobody did by a press of their own replaces the address in the history; all else adds to it, so Back undoes it. */
export function replacesHistory(action: Action): boolean {
  return action.type === "camera" || action.type === "follow";
}

/** Whether two views ask the server the same questions, of counts and of hotspots. */
export function sameQuestion(a: View, b: View): boolean {
  return questionOf(a) === questionOf(b);
}

function questionOf(v: View): string {
  return JSON.stringify([
    v.level,
    v.from,
    v.to,
    v.themes,
    v.agencies,
    v.categories,
    v.detections,
    v.qualities,
    peopleAsked(v),
    v.hours,
    v.weekdays,
    v.within,
    v.known,
    v.counted,
    v.background,
  ]);
}

function toggled(list: readonly string[], code: string): readonly string[] {
  return withMember(list, code, !list.includes(code));
}

function withMember(list: readonly string[], code: string, on: boolean): readonly string[] {
  const rest = list.filter((c) => c !== code);
  return on ? [...rest, code].sort() : rest;
}
