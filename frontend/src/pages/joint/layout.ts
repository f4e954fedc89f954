// The page on joint insight: whose records, the map, what is found.

import { fill, h } from "../dom";

export interface JointFrame {
  rail: HTMLElement;
  choices: HTMLElement;
  holder: HTMLElement;
  legend: HTMLElement;
  notes: HTMLElement;
  progress: HTMLElement;
  trouble: HTMLElement;
  table: HTMLElement;
  finding: HTMLElement;
  tableKey: HTMLButtonElement;
}

export function makeJointFrame(app: HTMLElement): JointFrame {
  const frame: JointFrame = {
    rail: h("div", { class: "rail insight-rail", role: "region", "aria-label": "Whose records" }),
    choices: h("div", { class: "insight-choices", role: "group", "aria-label": "What is tested" }),
    holder: h("div", { class: "map-holder" }),
    legend: h("div", { class: "legend", role: "region", "aria-label": "Legend" }),
    notes: h("div", { class: "unplaced" }),
    progress: h("div", { class: "progress", role: "status", hidden: true }),
    trouble: h("div", { class: "trouble", role: "alert", hidden: true }),
    table: h("div", {
      class: "twin",
      role: "region",
      "aria-label": "Table of the map",
      hidden: true,
      tabindex: -1,
    }),
    finding: h("aside", { class: "evidence insight-finding", "aria-label": "What is found" }),
    tableKey: h(
      "button",
      { type: "button", class: "button secondary table-switch", "aria-pressed": "false" },
      "Table",
    ),
  };
  const top = h("div", { class: "map-top" }, frame.choices);
  const bottom = h("div", { class: "map-bottom" }, frame.legend, frame.notes);
  const over = [top, bottom, frame.table, frame.progress, frame.trouble];
  const stage = h("div", { class: "stage" }, frame.holder, ...over);
  const centre = h("div", { class: "centre" }, stage);
  fill(app, h("h1", { class: "visually-hidden" }, "Joint insight"), frame.rail, centre, frame.finding);
  app.classList.add("is-on");
  return frame;
}
