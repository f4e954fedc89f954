// Journeys in words: the largest, back to the same area, how one gets there, what cannot be shown; and the keys.

import { JOURNEY_WIDTHS } from "../../map/journey_lines";
import { counted, number, periodWords } from "../../state/format";
import {
  areaLevel,
  directWords,
  drawnWords,
  FLOW_WORDS,
  type Flow,
  type JourneysAnswer,
  type JourneysView,
  ofPlace,
  sameAreaWords,
  WEIGHTS,
  withheldWords,
} from "../../state/journeys";
import { fill, h, s } from "../dom";
import { traceOf } from "../trace";

const MOST = 8;

export function showJourneysFinding(
  parent: HTMLElement,
  answer: JourneysAnswer,
  view: JourneysView,
  placeName: string,
  act: (change: Partial<JourneysView>) => void,
): void {
  const flows = ofPlace(answer.flows, view.place);
  fill(
    parent,
    h("h2", { class: "insight-headline" }, headline(answer, view, flows, placeName)),
    h(
      "p",
      { class: "insight-lead" },
      `${FLOW_WORDS[view.flow]}, ${periodWords(...answer.about.period)}. Only ways that at least ${answer.about.least_people} children went are shown.`,
    ),
    h(
      "section",
      {},
      h("h3", {}, "Back to the same area?"),
      h("p", {}, sameAreaWords(flows, areaLevel(view))),
      h("p", {}, answer.returns.sentence),
    ),
    h(
      "section",
      {},
      h("h3", {}, "How one gets there"),
      h("p", {}, directWords(flows) || "No way between two areas is shown."),
    ),
    view.ends === "station" ? stations(answer, view) : largest(flows, view, act),
    h(
      "p",
      { class: "hint" },
      withheldWords(answer),
      ` ${counted(answer.about.without_an_end, "journey")} tell only one end.`,
    ),
    traceOf(answer.about),
  );
}

function headline(
  answer: JourneysAnswer,
  view: JourneysView,
  flows: readonly Flow[],
  placeName: string,
): string {
  if (view.ends === "station") {
    const [first] = ofPlace(answer.stations, view.place);
    return first
      ? `Most to a station: ${first.from_name} to ${first.station}.`
      : "No way to a station may be shown.";
  }
  const first = flows.find((one) => !one.same);
  if (!first)
    return placeName
      ? `No way from or to ${placeName} may be shown.`
      : "No way between two areas may be shown.";
  return `Most often: ${first.from_name} to ${first.to_name}.`;
}

function largest(
  flows: readonly Flow[],
  view: JourneysView,
  act: (change: Partial<JourneysView>) => void,
): HTMLElement {
  const rows = flows.filter((one) => !one.same).slice(0, MOST);
  const button = (code: string, name: string) =>
    code
      ? h(
          "button",
          {
            type: "button",
            class: "link",
            "data-key": `area-${code}`,
            "aria-pressed": String(view.place === code),
            onclick: () => act({ place: view.place === code ? null : code }),
          },
          name,
        )
      : name;
  return h(
    "section",
    {},
    h("h3", {}, "The largest ways"),
    h(
      "ol",
      { class: "ways" },
      ...rows.map((one) =>
        h(
          "li",
          {},
          h("b", {}, button(one.from_code, one.from_name), " to ", button(one.to_code, one.to_name)),
          h(
            "span",
            {},
            `${counted(one.journeys, "journey")}, ${one.people} people at least${one.direct ? `; ${one.direct}` : ""}`,
          ),
        ),
      ),
    ),
  );
}

function stations(answer: JourneysAnswer, view: JourneysView): HTMLElement {
  const rows = ofPlace(answer.stations, view.place).slice(0, MOST);
  return h(
    "section",
    {},
    h("h3", {}, "Ending within 400 m of a station"),
    h(
      "ol",
      { class: "ways" },
      ...rows.map((one) =>
        h(
          "li",
          {},
          h("b", {}, `${one.from_name} to ${one.station}`),
          h("span", {}, `${one.journeys} journeys, ${one.people} people at least; ${one.direct}`),
        ),
      ),
    ),
  );
}

export function showJourneysLegend(parent: HTMLElement, view: JourneysView, answer: JourneysAnswer): void {
  const step = 52;
  const svg = s(
    "svg",
    {
      class: "ramp",
      width: step * WEIGHTS.length,
      height: 38,
      role: "img",
      "aria-label": `Widths from ${WEIGHTS.join(", ")} journeys`,
    },
    ...WEIGHTS.flatMap((least, k) => [
      s("line", {
        class: "journey-key",
        x1: k * step + 4,
        x2: k * step + 42,
        y1: 10,
        y2: 10,
        "stroke-width": JOURNEY_WIDTHS[k] ?? 2,
      }),
      s(
        "text",
        { class: "tick middle", x: k * step + 23, y: 33 },
        k + 1 === WEIGHTS.length ? `${least}+` : String(Math.max(least, answer.about.least_people)),
      ),
    ]),
  );
  fill(
    parent,
    h("p", { class: "legend-title" }, `Journeys, ${periodWords(...answer.about.period)}`),
    svg,
    h(
      "p",
      { class: "legend-note" },
      `Each line bows to its left and ends in an arrow. ${view.ends === "station" ? "To the nearest station." : drawnWords(answer.flows, view.place)}`,
    ),
  );
}

export function showJourneysNote(parent: HTMLElement, answer: JourneysAnswer): void {
  const words = withheldWords(answer);
  parent.hidden = words === "";
  fill(parent, words);
}

export function flowCount(n: number | null): string {
  return n === null ? "withheld" : number(n);
}
