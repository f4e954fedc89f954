// Over the months: play and step, the second period, and the day as known on which the map is drawn.

import { monthStart } from "../../state/brush";
import {
  COMPARE_MODES,
  COMPARE_WORDS,
  type CompareMode,
  type Comparing,
  dayBefore,
  suggested,
} from "../../state/compare";
import { dayShort } from "../../state/format";
import type { MeetingDay } from "../../state/meeting_days";
import { WINDOW_WORDS, WINDOWS, type Window } from "../../state/play";
import type { Action } from "../../state/reducer";
import type { View } from "../../state/view";
import { fill, h, keepFocus } from "../dom";
import { dayField } from "./day_field";
import type { Player } from "./player";

type Dated = View & { from: string; to: string };
const OTHER = "other";
const MONTHS_OFFERED = 12;

export class TimeBar {
  readonly element = h("div", { class: "time-bar", role: "group", "aria-label": "Time" });
  private wantsDates = false;
  private wantsDay = false;
  private last: Dated | null = null;

  constructor(
    private readonly player: Player,
    private readonly history: readonly [string, string],
    private readonly act: (action: Action) => void,
    private readonly meetings: readonly MeetingDay[] = [],
  ) {}

  show(view: Dated): void {
    this.last = view;
    keepFocus(this.element, () => fill(this.element, this.playing(), this.comparing(view), this.known(view)));
  }

  private again(): void {
    if (this.last) this.show(this.last);
  }

  private playing(): HTMLElement {
    const { playing, window } = this.player;
    const press = (key: string, words: string, mark: string, keys: string, act: () => void) =>
      h(
        "button",
        {
          type: "button",
          class: "time-key",
          "data-key": key,
          "aria-label": words,
          "aria-keyshortcuts": keys,
          title: words,
          onclick: act,
        },
        h("span", { "aria-hidden": "true" }, mark),
      );
    const play = {
      type: "button",
      class: "time-key play",
      "data-key": "play",
      "aria-pressed": String(playing),
      "aria-keyshortcuts": "P",
      onclick: () => this.player.toggle(),
    };
    const option = (n: Window) => h("option", { value: n, selected: n === window }, WINDOW_WORDS[n]);
    const pick = (event: Event) => {
      this.player.chosen = Number((event.target as HTMLSelectElement).value) as Window;
    };
    return h(
      "div",
      { class: "time-part" },
      press("back", "One month back", "◀", ",", () => this.player.step(-1)),
      h("button", play, playing ? "Pause" : "Play"),
      press("on", "One month on", "▶", ".", () => this.player.step(1)),
      h(
        "select",
        { "aria-label": "Months shown at a time", "data-key": "window", onchange: pick },
        ...WINDOWS.map(option),
      ),
    );
  }

  private comparing(view: Dated): HTMLElement {
    const { comparing } = view;
    const offered = suggested(view, this.history);
    const known = offered.findIndex((o) => o.from === comparing?.from && o.to === comparing?.to);
    const other = (comparing !== null && known < 0) || this.wantsDates;
    const options = [
      h(
        "option",
        { value: "", selected: !comparing && !other },
        comparing ? "One period only" : "Two periods…",
      ),
      ...offered.map((o, k) => h("option", { value: k, selected: !this.wantsDates && k === known }, o.words)),
      h("option", { value: OTHER, selected: other }, "Other dates…"),
    ];
    const pick = (event: Event) => {
      const { value } = event.target as HTMLSelectElement;
      this.wantsDates = value === OTHER;
      const span = offered[Number(value)];
      if (value === OTHER) this.again();
      else
        this.compare(
          value === "" || !span ? null : { mode: comparing?.mode ?? "side", from: span.from, to: span.to },
        );
    };
    return h(
      "div",
      { class: "time-part" },
      h("select", { "aria-label": "Compare periods", "data-key": "compare", onchange: pick }, ...options),
      other && this.dates(view),
      comparing && this.modes(comparing),
    );
  }

  private modes(comparing: Comparing): HTMLElement {
    const button = (mode: CompareMode) =>
      h(
        "button",
        {
          type: "button",
          "data-key": `compare-${mode}`,
          "aria-pressed": String(comparing.mode === mode),
          onclick: () => this.compare({ ...comparing, mode }),
        },
        COMPARE_WORDS[mode],
      );
    return h(
      "div",
      { class: "segmented", role: "group", "aria-label": "Shown as" },
      ...COMPARE_MODES.map(button),
    );
  }

  /** First and last day of the second period, both included, as readers write them. */
  private dates({ comparing, from }: Dated): HTMLElement {
    const day = (name: string, words: string, value: string) =>
      h("input", {
        type: "date",
        name,
        "aria-label": words,
        "data-key": `with-${name}`,
        value,
        min: this.history[0],
        max: dayBefore(this.history[1]),
        required: true,
      });
    const form = h(
      "form",
      { class: "time-dates" },
      day("first", "First day of the second period", comparing?.from ?? monthStart(from.slice(0, 7), -1)),
      h("span", { "aria-hidden": "true" }, "to"),
      day("last", "Last day of the second period", dayBefore(comparing?.to ?? from)),
      h("button", { type: "submit", class: "button secondary", "data-key": "with-go" }, "Compare"),
    );
    form.addEventListener("input", () =>
      (form.elements.namedItem("last") as HTMLInputElement).setCustomValidity(""),
    );
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      const told = new FormData(form);
      const [first, last] = [String(told.get("first")), String(told.get("last"))];
      if (last < first) {
        const field = form.elements.namedItem("last") as HTMLInputElement;
        field.setCustomValidity("This day is before the first one.");
        field.reportValidity();
        return;
      }
      this.wantsDates = false;
      this.compare({ mode: comparing?.mode ?? "side", from: first, to: nextDay(last) });
    });
    return form;
  }

  private compare(comparing: Comparing | null): void {
    this.act({ type: "comparing", comparing });
  }

  private known({ known }: Dated): HTMLElement {
    const met = new Set(this.meetings.map((one) => one.day));
    const ends = this.monthEnds().filter((day) => !met.has(day));
    const days = [...met, ...ends];
    const other = this.wantsDay || (known !== null && !days.includes(known));
    const options = [
      h("option", { value: "", selected: !known && !other }, "As known today"),
      ...this.meetings.map(({ day, words }) =>
        h("option", { value: day, selected: !other && day === known }, `As known for the ${words}`),
      ),
      ...ends.map((day) =>
        h("option", { value: day, selected: !other && day === known }, `As known on ${dayShort(day)}`),
      ),
      h("option", { value: OTHER, selected: other }, "As known on another day…"),
    ];
    const pick = (event: Event) => {
      const { value } = event.target as HTMLSelectElement;
      this.wantsDay = value === OTHER;
      if (value === OTHER) this.again();
      else this.act({ type: "known", date: value || null });
    };
    const typed = (date: string | null) => {
      this.wantsDay = false;
      if (date) this.act({ type: "known", date });
    };
    const latest = new Date().toISOString().slice(0, 10);
    const day = {
      "aria-label": "The day as known on",
      "data-key": "known-day",
      value: known ?? "",
      max: latest,
    };
    return h(
      "div",
      { class: "time-part" },
      h("select", { "aria-label": "As known on", "data-key": "known", onchange: pick }, ...options),
      other && dayField(day, typed),
    );
  }

  /** The ends of the last months, the newest first: the days on which a month's picture was looked at. */
  private monthEnds(): string[] {
    const today = new Date().toISOString().slice(0, 7);
    return Array.from({ length: MONTHS_OFFERED }, (_, k) => dayBefore(monthStart(today, -k)));
  }
}

function nextDay(day: string): string {
  return new Date(Date.parse(day) + 86_400_000).toISOString().slice(0, 10);
}
