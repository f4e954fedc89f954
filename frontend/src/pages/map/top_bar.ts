// Over the map: where we are, which filters are in force, the level switch and the table key.

import type { Choices } from "../../api/answers";
import { spanWords } from "../../state/compare";
import { dayWords } from "../../state/format";
import type { Action } from "../../state/reducer";
import { FACETS, LEVEL_WORDS, LEVELS, type Level, type View } from "../../state/view";
import { weekSentence } from "../../state/week";
import { fill, h, keepFocus } from "../dom";
import type { Names } from "./names";

type Act = (action: Action) => void;

export function showLevels(parent: HTMLElement, view: View, levels: readonly Level[], act: Act): void {
  const button = (level: Level) =>
    h(
      "button",
      {
        type: "button",
        "data-key": level,
        "aria-pressed": String(view.level === level),
        onclick: () => act({ type: "level", level }),
      },
      LEVEL_WORDS[level],
    );
  const table = h(
    "button",
    {
      type: "button",
      class: "button secondary table-key",
      "data-key": "table",
      "aria-pressed": String(view.table),
      "aria-keyshortcuts": "T",
      onclick: () => act({ type: "table", open: !view.table }),
    },
    view.table ? "Map" : "Table",
    h("kbd", { "aria-hidden": "true" }, "T"),
  );
  keepFocus(parent, () =>
    fill(
      parent,
      h(
        "div",
        { class: "segmented", role: "group", "aria-label": "Level" },
        ...LEVELS.filter((l) => levels.includes(l)).map(button),
      ),
      table,
    ),
  );
}

export function showChips(parent: HTMLElement, view: View, choices: Choices, names: Names, act: Act): void {
  const chip = (words: string, key: string, action: Action) =>
    h(
      "button",
      { type: "button", class: "chip", "data-key": key, onclick: () => act(action) },
      words,
      h("span", { class: "visually-hidden" }, ", remove"),
      h("span", { "aria-hidden": "true" }, "✕"),
    );
  const facets = FACETS.flatMap((facet) =>
    view[facet].map((code) => {
      const name = choices[facet].find((c) => c.code === code)?.name ?? code;
      return chip(name, `${facet}-${code}`, { type: "toggle", facet, code });
    }),
  );
  const week = weekSentence(view.hours, view.weekdays);
  const others = [
    view.within &&
      !names.isArea(view.within) &&
      chip(names.of(view.within), "within", { type: "within", code: null }),
    view.comparing &&
      chip(`Compared with ${spanWords(view.comparing)}`, "comparing", { type: "comparing", comparing: null }),
    view.known && chip(`As known on ${dayWords(view.known)}`, "known", { type: "known", date: null }),
    view.counted === "events" &&
      chip("Linked events counted", "counted", { type: "counted", counted: "records" }),
    week && chip(week, "week", { type: "week", hours: null, weekdays: null }),
  ];
  const count = facets.length + others.filter(Boolean).length;
  const clear = h(
    "button",
    { type: "button", class: "chip clear", "data-key": "clear", onclick: () => act({ type: "clear-all" }) },
    "Clear all",
  );
  const levels = () => document.querySelector('.levels-now [aria-pressed="true"]');
  keepFocus(parent, () => fill(parent, ...others, ...facets, count > 2 && clear), levels);
}

/** County › District › Ward: each a way back up. */
export function showCrumbs(parent: HTMLElement, view: View, county: string, names: Names, act: Act): void {
  const trail: { words: string; action: Action }[] = [
    { words: county, action: { type: "within", code: null } },
    ...names.trail(view.within).map(({ code, name, level }) => ({
      words: name,
      action: { type: "drill", code, level: level === "district" ? "ward" : "cell" } as Action,
    })),
  ];
  const items = trail.map(({ words, action }, k) => {
    if (k === trail.length - 1) return h("li", {}, h("span", { "aria-current": "location" }, words));
    const up = { type: "button", class: "link", "data-key": `up-${k}`, onclick: () => act(action) };
    return h("li", {}, h("button", up, words));
  });
  const levels = () => document.querySelector('.levels-now [aria-pressed="true"]');
  keepFocus(parent, () => fill(parent, h("ol", {}, ...items)), levels);
}
