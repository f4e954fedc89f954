// The map page's frame: rail, map, period, evidence. Others fill the parts.

import { fill, focusOn, h } from "../dom";

export interface Frame {
  rail: HTMLElement;
  crumbs: HTMLElement;
  chips: HTMLElement;
  levels: HTMLElement;
  takeOut: HTMLElement;
  holder: HTMLElement;
  /** Under the map's lower edge: the legend and what cannot be shown. */
  bottom: HTMLElement;
  legend: HTMLElement;
  unplaced: HTMLElement;
  progress: HTMLElement;
  trouble: HTMLElement;
  stage: HTMLElement;
  /** Both tables: of the units, and of what lies over them. */
  table: HTMLElement;
  unitTable: HTMLElement;
  overlayTable: HTMLElement;
  period: HTMLElement;
  evidence: HTMLElement;
  sheetBar: HTMLElement;
  centre: HTMLElement;
}

export function makeFrame(app: HTMLElement): Frame {
  const frame: Frame = {
    rail: h("div", { class: "rail", role: "region", "aria-label": "Filters", id: "rail" }),
    crumbs: h("nav", { class: "crumbs", "aria-label": "Where" }),
    chips: h("div", { class: "chips", role: "group", "aria-label": "Filters in force" }),
    levels: h("div", { class: "levels-now" }),
    takeOut: h("div", { class: "take-out-place" }),
    holder: h("div", { class: "map-holder" }),
    bottom: h("div", { class: "map-bottom" }),
    legend: h("div", { class: "legend", role: "region", "aria-label": "Legend" }),
    unplaced: h("div", { class: "unplaced" }),
    progress: h("div", { class: "progress", role: "status", hidden: true }),
    trouble: h("div", { class: "trouble", role: "alert", hidden: true }),
    table: h("div", {
      class: "twin",
      role: "region",
      "aria-label": "Table of the map",
      hidden: true,
      tabindex: -1,
    }),
    stage: h("div", { class: "stage" }),
    unitTable: h("div", { class: "twin-units" }),
    overlayTable: h("div", { class: "twin-overlays" }),
    period: h("div", { class: "period", role: "region", "aria-label": "Period" }),
    evidence: h("aside", { class: "evidence", "aria-label": "Evidence", id: "evidence" }),
    sheetBar: h("div", { class: "sheet-bar", role: "group", "aria-label": "Panels" }),
    centre: h("div", { class: "centre" }),
  };
  const levels = h("div", { class: "levels" }, frame.levels, frame.takeOut);
  const top = h("div", { class: "map-top" }, frame.crumbs, levels, frame.chips);
  fill(frame.bottom, frame.legend, frame.unplaced);
  fill(frame.table, frame.unitTable, frame.overlayTable);
  const { stage } = frame;
  fill(stage, frame.holder, top, frame.bottom, frame.table, frame.progress, frame.trouble);
  fill(frame.centre, stage, frame.period);
  const title = h("h1", { class: "visually-hidden" }, "Map");
  fill(app, title, ...skips(frame), frame.rail, frame.centre, frame.evidence, frame.sheetBar);
  app.classList.add("is-on");
  return frame;
}

/** Past the filters, for the keyboard: sixty stops lie between the page's menu and the map. */
function skips({ holder, period, evidence }: Frame): HTMLElement[] {
  const skip = (words: string, to: () => Element | null) =>
    h("button", { type: "button", class: "skip-link", onclick: () => focusOn(to()) }, words);
  return [
    skip("Skip to the map", () => holder.querySelector("canvas")),
    skip("Skip to time", () => period.querySelector("button")),
    skip("Skip to what it shows", () => evidence.querySelector(".place-name")),
  ];
}

/** While the table lies over the map nothing under it can be reached; the focus goes with what is on top. */
export function coverMap(frame: Frame, open: boolean): void {
  const under = [frame.holder, frame.bottom];
  const left = under.some((one) => one.contains(document.activeElement));
  const back = !open && frame.table.contains(document.activeElement);
  frame.table.hidden = !open;
  for (const one of under) one.inert = open;
  if (open && left) frame.table.focus({ preventScroll: true });
  if (back) frame.holder.querySelector("canvas")?.focus({ preventScroll: true });
}

/** On a phone the rail and the evidence are sheets over the map; one is open at a time. */
export function wakeSheets(frame: Frame): { open(which: "rail" | "evidence" | null): void } {
  const sheets = { rail: frame.rail, evidence: frame.evidence };
  const button = (which: "rail" | "evidence", words: string) =>
    h(
      "button",
      { type: "button", "aria-controls": which, "aria-expanded": "false", onclick: () => toggle(which) },
      words,
    );
  const buttons = { rail: button("rail", "Filters"), evidence: button("evidence", "What it shows") };
  const open = (which: "rail" | "evidence" | null) => {
    for (const name of ["rail", "evidence"] as const) {
      sheets[name].classList.toggle("is-open", name === which);
      buttons[name].setAttribute("aria-expanded", String(name === which));
    }
  };
  const toggle = (which: "rail" | "evidence") => {
    const closed = buttons[which].getAttribute("aria-expanded") === "false";
    open(closed ? which : null);
  };
  frame.sheetBar.addEventListener("keydown", (e) => e.key === "Escape" && open(null));
  fill(frame.sheetBar, buttons.rail, buttons.evidence);
  return { open };
}
