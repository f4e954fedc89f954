// Whose records? A toggle for each agency, in the fixed order; what goes without it; all on, or each alone.

import {
  type JointAgency,
  type JointAnswer,
  linkedWords,
  listed,
  type OtherAgency,
  type Switches,
  switchWords,
} from "../../state/joint";
import type { Silent } from "../../state/silence";
import { silentWords } from "../../state/silence";
import { fill, h, keepFocus } from "../dom";

export interface SwitchWishes {
  toggle(code: string): void;
  allOn(): void;
  each(): void;
}

export function showSwitchboard(
  parent: HTMLElement,
  answer: JointAnswer,
  switches: Switches,
  silent: readonly Silent[],
  wishes: SwitchWishes,
): void {
  const rows = answer.agencies.map((one) => toggle(answer, switches, one, silent, wishes));
  keepFocus(parent, () =>
    fill(
      parent,
      h("h2", {}, "Whose records?"),
      h("p", { class: "hint" }, "Turn one off. See what disappears."),
      h("ul", { class: "switches" }, ...rows),
      buttons(switches, wishes),
      others(answer.others),
      h("p", { class: "hint linked" }, linkedWords(answer.about)),
    ),
  );
}

function toggle(
  answer: JointAnswer,
  switches: Switches,
  agency: JointAgency,
  silent: readonly Silent[],
  wishes: SwitchWishes,
): HTMLElement {
  const on = !switches.off.includes(agency.code);
  const mine = silent.filter((one) => one.agency === agency.code);
  const words = switchWords(answer, switches, agency, mine.length > 0);
  const told = `switch-${agency.code}`;
  const button = h(
    "button",
    {
      type: "button",
      class: "switch",
      role: "switch",
      "aria-checked": String(on),
      "aria-label": agency.name,
      "aria-describedby": told,
      "data-key": `switch-${agency.code}`,
      onclick: () => wishes.toggle(agency.code),
    },
    h("span", { class: "knob", "aria-hidden": "true" }),
  );
  const press = () => wishes.toggle(agency.code);
  return h(
    "li",
    { class: on ? "" : "is-off" },
    button,
    h(
      "span",
      { class: "switch-words", onclick: press },
      h("b", {}, agency.name),
      h("span", { id: told, title: mine.length > 0 ? silentWords(mine) : null }, words),
    ),
  );
}

/** Of whom nothing is tested here: said, never left out in silence. */
function others(all: readonly OtherAgency[]): HTMLElement | null {
  if (all.length === 0) return null;
  const denied = all.filter((one) => one.why !== "");
  const none = all.filter((one) => one.why === "");
  const names = (of: readonly OtherAgency[]) => listed(of.map((one) => one.name));
  return h(
    "p",
    { class: "hint" },
    denied.length > 0 && `Not shown to your agency as finely as this: ${names(denied)}. `,
    none.length > 0 && `No record in this test: ${names(none)}.`,
  );
}

function buttons(switches: Switches, wishes: SwitchWishes): HTMLElement {
  const all = switches.off.length === 0 && !switches.each;
  const button = (key: string, words: string, pressed: boolean, press: () => void) =>
    h(
      "button",
      {
        type: "button",
        class: "button secondary",
        "data-key": key,
        "aria-pressed": String(pressed),
        onclick: press,
      },
      words,
    );
  return h(
    "div",
    { class: "switch-all", role: "group", "aria-label": "All agencies" },
    button("all-on", "All on", all, wishes.allOn),
    button("each", "Each alone", switches.each, wishes.each),
  );
}
