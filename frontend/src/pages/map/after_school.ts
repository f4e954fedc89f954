// One press for the hours after school, and the way to the exact answer, which a map of whole hours cannot give.

import { AFTER_SCHOOL, isAfterSchool, quarterHours, routeOf } from "../../state/along";
import type { Action } from "../../state/reducer";
import type { View } from "../../state/view";
import { fill, h, keepFocus } from "../dom";

export class AfterSchool {
  readonly element = h("div", { class: "after-school" });

  constructor(private readonly act: (action: Action) => void) {}

  /** `period` is the answer's, for a view that names none. */
  show(view: View, period: readonly [string | null, string | null]): void {
    const on = isAfterSchool(view);
    const { hours, weekdays } = on ? { hours: null, weekdays: null } : AFTER_SCHOOL;
    const button = h(
      "button",
      {
        type: "button",
        class: "button secondary",
        "data-key": "after-school",
        "aria-pressed": String(on),
        onclick: () => this.act({ type: "week", hours, weekdays }),
      },
      "After school, 15:15–17:00, school days",
    );
    const exact = h(
      "a",
      { href: quarterHours(view, period), "data-key": "quarter-hours" },
      routeOf(view) ? "Quarter hours along this route" : "Quarter hours along every route",
    );
    const note = h(
      "p",
      { class: "hint" },
      "The map counts whole hours: Monday to Friday, 15:00–17:00, holidays too. ",
      exact,
    );
    keepFocus(this.element, () => fill(this.element, button, on && note));
  }
}
