// Which journeys: from where to where, between what, when, told by which feed.

import type { Choices } from "../../api/answers";
import { ENDS, ENDS_WORDS, FLOW_WORDS, FLOWS, type JourneysView } from "../../state/journeys";
import { fill, h } from "../dom";
import { periods } from "../joint/choices";

type Act = (change: Partial<JourneysView>) => void;

export function showJourneyChoices(
  parent: HTMLElement,
  view: JourneysView,
  choices: Choices,
  period: { from: string; to: string },
  placeName: string,
  act: Act,
): void {
  const now = { from: view.from ?? period.from, to: view.to ?? period.to };
  fill(
    parent,
    section(
      "Which journeys?",
      segmented("flow", FLOWS, FLOW_WORDS, view.flow, (flow) => act({ flow })),
    ),
    section(
      "Between",
      segmented("level", ENDS, ENDS_WORDS, view.ends, (ends) => act({ ends })),
    ),
    section(
      "When",
      periods(now, choices.period, (from, to) => act({ from, to })),
    ),
    section("Told by", feeds(view, choices, act)),
    section(
      "Where",
      view.place
        ? h(
            "button",
            { type: "button", class: "chip", "data-key": "place", onclick: () => act({ place: null }) },
            `${placeName} ×`,
          )
        : h("p", { class: "hint" }, "Press an area on the map to keep to its journeys."),
    ),
    h(
      "button",
      {
        type: "button",
        class: "button secondary table-switch",
        "data-key": "table",
        "aria-pressed": String(view.table),
        onclick: () => act({ table: !view.table }),
      },
      "Table",
    ),
  );
}

function section(title: string, ...children: (Node | null)[]): HTMLElement {
  return h("section", {}, h("h2", {}, title), ...children);
}

function segmented<T extends string>(
  name: string,
  all: readonly T[],
  words: Record<T, string>,
  now: T,
  choose: (one: T) => void,
): HTMLElement {
  return h(
    "div",
    { class: "segmented stacked", role: "group", "aria-label": name },
    ...all.map((one) =>
      h(
        "button",
        {
          type: "button",
          "data-key": `${name}-${one}`,
          "aria-pressed": String(one === now),
          onclick: () => choose(one),
        },
        words[one],
      ),
    ),
  );
}

/** Feeds that tell of children missing first come from care, school and police; all of them unless one is chosen. */
function feeds(view: JourneysView, { feeds: known, agencies }: Choices, act: Act): HTMLElement {
  const agency = new Map(agencies.map((one) => [one.code, one.name]));
  const options = known.filter((one) => agency.has(one.agency) && !one.open);
  const select = h(
    "select",
    { "data-key": "feed", "aria-label": "Told by" },
    h("option", { value: "", selected: view.feed === "" }, "Every feed"),
    ...options.map((one) =>
      h(
        "option",
        { value: one.code, selected: one.code === view.feed },
        `${agency.get(one.agency)}: ${one.name}`,
      ),
    ),
  );
  select.addEventListener("change", () => act({ feed: select.value }));
  return select;
}
