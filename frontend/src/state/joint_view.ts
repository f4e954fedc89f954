// The page on joint insight as one value, and its address. The words are those of the map where they mean the same. Pure.

import { addPeriod, cameraFrom, cameraWord, periodFrom, queryOf } from "./address";
import type { Camera } from "./view";

export const JOINT_LEVELS = ["street", "cell"] as const;
export type JointLevel = (typeof JOINT_LEVELS)[number];

export interface JointView {
  readonly level: JointLevel;
  readonly from: string | null;
  readonly to: string | null;
  readonly theme: string;
  readonly off: readonly string[];
  readonly each: boolean;
  readonly selected: number | null;
  readonly table: boolean;
  readonly camera: Camera | null;
}

export const JOINT_START: JointView = {
  level: "street",
  from: null,
  to: null,
  theme: "",
  off: [],
  each: false,
  selected: null,
  table: false,
  camera: null,
};

export type JointAction =
  | { type: "toggle"; code: string }
  | { type: "all-on" }
  | { type: "each" }
  | { type: "level"; level: JointLevel }
  | { type: "period"; from: string; to: string }
  | { type: "theme"; theme: string }
  | { type: "select"; id: number | null }
  | { type: "table"; open: boolean }
  | { type: "camera"; camera: Camera }
  | { type: "restore"; view: JointView };

export function reduceJoint(view: JointView, action: JointAction): JointView {
  switch (action.type) {
    case "toggle":
      return { ...view, each: false, off: toggled(view.off, action.code) };
    case "all-on":
      return { ...view, each: false, off: [] };
    case "each":
      return { ...view, each: !view.each, off: [] };
    case "level":
      return { ...view, level: action.level, selected: null };
    case "period":
      return { ...view, from: action.from, to: action.to, selected: null };
    case "theme":
      return { ...view, theme: action.theme, selected: null };
    case "select":
      return { ...view, selected: action.id };
    case "table":
      return { ...view, table: action.open };
    case "camera":
      return { ...view, camera: action.camera };
    case "restore":
      return action.view;
  }
}

/** Whether both need the same test; what is switched off does not change it. */
export function sameTest(a: JointView, b: JointView): boolean {
  return a.level === b.level && a.from === b.from && a.to === b.to && a.theme === b.theme;
}

/** The question of the test: streets are held against their own past, as wherever places get their letters. */
export function jointParams(view: JointView, period: { from: string; to: string }): URLSearchParams {
  const params = new URLSearchParams({
    level: view.level === "street" ? "street" : "cell:9",
    from: view.from ?? period.from,
    to: view.to ?? period.to,
  });
  if (view.level === "street") params.set("background", "past");
  if (view.theme) params.set("theme", view.theme);
  return params;
}

export function jointQuery(view: JointView): string {
  const params = new URLSearchParams();
  if (view.level !== JOINT_START.level) params.set("level", view.level);
  addPeriod(params, view);
  if (view.theme) params.set("theme", view.theme);
  for (const code of view.off) params.append("off", code);
  if (view.each) params.set("each", "yes");
  if (view.selected !== null) params.set("hotspot", String(view.selected));
  if (view.table) params.set("view", "table");
  if (view.camera) params.set("at", cameraWord(view.camera));
  return queryOf(params);
}

export function jointFrom(query: string): JointView {
  const params = new URLSearchParams(query);
  const number = params.get("hotspot") ?? "";
  const each = params.get("each") === "yes";
  const level = (params.get("level") ?? "").split(":")[0];
  return {
    level: JOINT_LEVELS.find((one) => one === level) ?? JOINT_START.level,
    ...periodFrom(params),
    theme: params.get("theme") ?? "",
    off: each ? [] : [...new Set(params.getAll("off").filter(Boolean))].sort(),
    each,
    selected: /^\d+$/.test(number) ? Number(number) : null,
    table: params.get("view") === "table",
    camera: cameraFrom(params.get("at")),
  };
}

function toggled(list: readonly string[], code: string): readonly string[] {
  return list.includes(code) ? list.filter((one) => one !== code) : [...list, code].sort();
}
