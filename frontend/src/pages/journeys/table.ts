// The table of journeys: every way that may be told, those within one area among them, and the rest together.

import { areaLevel, ENDS_WORDS, type JourneysAnswer, type JourneysView, ofPlace } from "../../state/journeys";
import { fill, h } from "../dom";
import { flowCount } from "./finding";

export function showJourneysTable(
  parent: HTMLElement,
  answer: JourneysAnswer,
  view: JourneysView,
  exported: (format: string) => string,
): void {
  const title =
    view.ends === "station"
      ? "Journeys to stations"
      : `Journeys between ${ENDS_WORDS[areaLevel(view)].toLowerCase()}s`;
  fill(
    parent,
    h("div", { class: "twin-top" }, h("h2", {}, title), downloads(exported)),
    h(
      "div",
      { class: "table-wrap", tabindex: 0, role: "region", "aria-label": "Journeys" },
      view.ends === "station" ? stationTable(answer, view) : flowTable(answer, view),
    ),
  );
}

function flowTable(answer: JourneysAnswer, view: JourneysView): HTMLElement {
  const told = ofPlace(answer.flows, view.place).map((one) => [
    one.from_name,
    one.same ? `${one.to_name} (the same)` : one.to_name,
    flowCount(one.journeys),
    one.people,
    one.direct,
  ]);
  const rest = answer.together
    .filter((one) => view.place === null || one.from_code === view.place)
    .map((one) => [
      one.from_name,
      "elsewhere, taken together",
      flowCount(one.journeys),
      one.told === "withheld" ? "withheld" : "",
      "",
    ]);
  return table(["From", "To", "Journeys", "People at least", "Without a change"], [...told, ...rest]);
}

function stationTable(answer: JourneysAnswer, view: JourneysView): HTMLElement {
  const rows = ofPlace(answer.stations, view.place).map((one) => [
    one.from_name,
    one.station,
    one.journeys,
    one.people,
    one.direct,
  ]);
  return table(["From", "Nearest station", "Journeys", "People at least", "Without a change"], rows);
}

function table(heads: readonly string[], rows: readonly (readonly string[])[]): HTMLElement {
  return h(
    "table",
    { class: "table compact" },
    h("caption", { class: "visually-hidden" }, "Ways that enough children went"),
    h("thead", {}, h("tr", {}, ...heads.map((words) => h("th", { scope: "col" }, words)))),
    h(
      "tbody",
      {},
      ...rows.map(([first, ...cells]) =>
        h("tr", {}, h("th", { scope: "row" }, first), ...cells.map((words) => h("td", {}, words))),
      ),
    ),
  );
}

function downloads(exported: (format: string) => string): HTMLElement {
  return h(
    "p",
    { class: "downloads" },
    "Download ",
    h("a", { href: exported("csv"), download: true }, "CSV"),
    " ",
    h("a", { href: exported("json"), download: true }, "JSON"),
  );
}
