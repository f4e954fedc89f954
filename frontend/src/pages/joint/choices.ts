// What is tested: level, period, theme, in the map's words.

import type { Choices } from "../../api/answers";
import { periodWords } from "../../state/format";
import type { JointAction, JointView } from "../../state/joint_view";
import { presets } from "../../state/presets";
import { h } from "../dom";

type Act = (action: JointAction) => void;

export function jointChoices(
  view: JointView,
  choices: Choices,
  period: { from: string; to: string },
  act: Act,
): HTMLElement[] {
  return [
    levels(view, act),
    periods({ from: view.from ?? period.from, to: view.to ?? period.to }, choices.period, (from, to) =>
      act({ type: "period", from, to }),
    ),
    themes(view.theme, choices, (theme) => act({ type: "theme", theme })),
  ];
}

function levels(view: JointView, act: Act): HTMLElement {
  const button = (level: "street" | "cell", words: string) =>
    h(
      "button",
      {
        type: "button",
        "data-key": `level-${level}`,
        "aria-pressed": String(view.level === level),
        onclick: () => act({ type: "level", level }),
      },
      words,
    );
  return h(
    "div",
    { class: "segmented", role: "group", "aria-label": "Level" },
    button("street", "Street"),
    button("cell", "Hexagon"),
  );
}

/** Whole months that are over, counted back from the last; a period that is none of them is said as it is. */
export function periods(
  now: { from: string; to: string },
  span: readonly [string, string],
  choose: (from: string, to: string) => void,
): HTMLElement {
  const known = presets(span, new Date().toISOString().slice(0, 10));
  const mine = `${now.from}..${now.to}`;
  const option = (value: string, words: string) => h("option", { value, selected: value === mine }, words);
  const options = known.map((one) => option(`${one.from}..${one.to}`, one.words));
  if (!known.some((one) => `${one.from}..${one.to}` === mine))
    options.unshift(option(mine, periodWords(now.from, now.to)));
  const select = h("select", { "data-key": "period", "aria-label": "Period" }, ...options);
  select.addEventListener("change", () => {
    const [from, to] = select.value.split("..");
    if (from && to) choose(from, to);
  });
  return select;
}

export function themes(now: string, choices: Choices, choose: (theme: string) => void): HTMLElement {
  const options = [{ code: "", name: "All themes" }, ...choices.themes];
  const select = h(
    "select",
    { "data-key": "theme", "aria-label": "Theme" },
    ...options.map((one) => h("option", { value: one.code, selected: one.code === now }, one.name)),
  );
  select.addEventListener("change", () => choose(select.value));
  return select;
}
