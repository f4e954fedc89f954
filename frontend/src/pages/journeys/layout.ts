// The page on journeys: which, the map, what is found.

import { fill, h } from "../dom";

export interface JourneysFrame {
  rail: HTMLElement;
  holder: HTMLElement;
  legend: HTMLElement;
  notes: HTMLElement;
  progress: HTMLElement;
  trouble: HTMLElement;
  table: HTMLElement;
  finding: HTMLElement;
}

export function makeJourneysFrame(app: HTMLElement): JourneysFrame {
  const frame: JourneysFrame = {
    rail: h("div", { class: "rail insight-rail", role: "region", "aria-label": "Which journeys" }),
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
  };
  const bottom = h("div", { class: "map-bottom" }, frame.legend, frame.notes);
  const stage = h(
    "div",
    { class: "stage" },
    frame.holder,
    bottom,
    frame.table,
    frame.progress,
    frame.trouble,
  );
  fill(
    app,
    h("h1", { class: "visually-hidden" }, "Journeys"),
    frame.rail,
    h("div", { class: "centre" }, stage),
    frame.finding,
  );
  app.classList.add("is-on");
  return frame;
}
