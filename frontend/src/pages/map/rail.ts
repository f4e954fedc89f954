// The left rail: what happened, who told us, when in the week, and what to show on the map.

import type { Choices, CodedCount, Picture, SiteClass } from "../../api/answers";
import { WeekGrid } from "../../charts/week_grid";
import { markOfClass, symbolSvg } from "../../map/glyphs";
import { number } from "../../state/format";
import { whyNot } from "../../state/measure";
import type { Action } from "../../state/reducer";
import {
  COUNTED,
  COUNTED_WORDS,
  type Counted,
  type Facet,
  MEASURE_WORDS,
  MEASURES,
  type Measure,
  type View,
} from "../../state/view";
import { type Attributes, fill, h, keepFocus } from "../dom";
import { AfterSchool } from "./after_school";
import { dayField } from "./day_field";
import type { Tally } from "./overlaid";

/** How many of a list are shown until more are asked for. */
const FEW: Record<Facet, number> = { themes: 8, agencies: 8, categories: 0, detections: 8, qualities: 8 };
const ONE_EVENT = "Records of several feeds that are probably one event count once.";
const FIXED = new Set<Facet>(["agencies", "detections", "qualities"]);
const ROUTE_NOTE = "Hotspots are tested on what you choose here. Records graded E never take part.";
const PLACED_NOTE = "What is not placed lies on no map and in no test. Records graded E are never tested.";
const GROUPS: [SiteClass["group"], string][] = [
  ["vulnerable", "Vulnerable locations"],
  ["transport", "Transport"],
  ["disruption", "Disruption and enforcement"],
  ["work", "Our own work"],
  ["guardian", "Staffed places"],
];

export class Rail {
  private readonly counting = h("section", { role: "group", "aria-label": "What is counted" });
  private readonly lists = h("div");
  private readonly overlays = h("div");
  private readonly week: WeekGrid;
  private readonly afterSchool: AfterSchool;
  private readonly open = new Set<Facet>();
  private readonly orders = new Map<Facet, string[]>();
  private last: { view: View; picture: Picture | null } | null = null;
  private tallies: ReadonlyMap<string, Tally> = new Map();

  constructor(
    parent: HTMLElement,
    first: readonly HTMLElement[],
    private readonly choices: Choices,
    private readonly act: (action: Action) => void,
  ) {
    this.week = new WeekGrid((hours, weekdays) => act({ type: "week", hours, weekdays }));
    this.afterSchool = new AfterSchool(act);
    const title = h("h2", {}, "When in the week");
    const when = h("section", {}, title, this.week.element, this.afterSchool.element);
    fill(parent, ...first, this.lists, this.counting, when, this.overlays);
  }

  /** Before there is a picture the lists stand without numbers: a nought would be an answer. */
  show(view: View, picture: Picture | null, tallies: ReadonlyMap<string, Tally>): void {
    this.last = { view, picture };
    this.tallies = tallies;
    const { choices } = this;
    keepFocus(this.lists, () =>
      fill(
        this.lists,
        this.facet("What happened", "themes", merged(choices.themes, picture?.themes), view),
        this.facet("Who told us", "agencies", picture?.agencies ?? merged(choices.agencies, undefined), view),
        this.facet(
          "How we came to know",
          "detections",
          merged(choices.detections, picture?.detections),
          view,
          this.routeNote(picture),
        ),
        this.facet(
          "How well it is placed",
          "qualities",
          merged(choices.qualities, picture?.qualities),
          view,
          view.qualities.length > 0 ? PLACED_NOTE : "",
        ),
        this.facet("Category", "categories", merged(choices.categories, picture?.categories), view),
      ),
    );
    keepFocus(this.counting, () => fill(this.counting, ...this.countSwitch(view)));
    keepFocus(this.overlays, () => fill(this.overlays, this.overlaySection(view)));
    this.afterSchool.show(view, picture?.about.period ?? [null, null]);
    if (picture) this.week.show(picture.week, picture.about.counted, view);
  }

  private countSwitch(view: View): HTMLElement[] {
    const button = (counted: Counted) =>
      h(
        "button",
        {
          type: "button",
          "data-key": `counted-${counted}`,
          "aria-pressed": String(view.counted === counted),
          onclick: () => this.act({ type: "counted", counted }),
        },
        COUNTED_WORDS[counted],
      );
    return [
      h("h2", {}, "Count"),
      h("div", { class: "segmented" }, ...COUNTED.map(button)),
      ...(view.counted === "events" ? [h("p", { class: "hint" }, ONE_EVENT)] : []),
      ...this.measureSwitch(view),
    ];
  }

  private measureSwitch(view: View): HTMLElement[] {
    const button = (measure: Measure) =>
      h(
        "button",
        {
          type: "button",
          "data-key": `measure-${measure}`,
          "aria-pressed": String(view.measure === measure),
          onclick: () => this.act({ type: "measure", measure }),
        },
        MEASURE_WORDS[measure],
      );
    const why = whyNot(view);
    return [
      h("h2", { class: "measure-title" }, "Colour the map by"),
      h(
        "div",
        { class: "segmented", role: "group", "aria-label": "Colour the map by" },
        ...MEASURES.map(button),
      ),
      ...(why ? [h("p", { class: "hint", role: "status" }, why)] : []),
    ];
  }

  private facet(title: string, facet: Facet, rows: CodedCount[], view: View, note = ""): HTMLElement | null {
    if (rows.length === 0) return null;
    const chosen = view[facet];
    const sorted = FIXED.has(facet) ? rows : this.inOrder(facet, rows);
    const few = FEW[facet];
    const all = this.open.has(facet) || sorted.length <= few + 1;
    const shown = all ? sorted : sorted.filter((r, k) => k < few || chosen.includes(r.code));
    const rest = sorted.length - shown.length;
    const clear = {
      type: "button",
      class: "link",
      "data-key": `clear-${facet}`,
      onclick: () => this.act({ type: "clear", facet }),
    };
    const more = {
      type: "button",
      class: "link",
      "data-key": `more-${facet}`,
      onclick: () => this.toggle(facet),
    };
    return h(
      "section",
      { role: "group", "aria-label": title },
      h("h2", {}, title, chosen.length > 0 && h("button", clear, "all")),
      ...shown.map((row) => this.tick(facet, row, chosen.includes(row.code))),
      sorted.length > few + 1 &&
        h("button", more, all ? "Fewer" : few ? `${rest} more` : `Choose from ${rest}`),
      note !== "" && h("p", { class: "hint" }, note),
    );
  }

  /** Busiest first by the first answer, and so it stays: a list that jumps about cannot be worked. */
  private inOrder(facet: Facet, rows: CodedCount[]): CodedCount[] {
    if (!this.orders.has(facet) && this.last?.picture) {
      const busiest = [...rows].sort((a, b) => (b.count ?? 0) - (a.count ?? 0));
      this.orders.set(
        facet,
        busiest.map((r) => r.code),
      );
    }
    const place = new Map(this.orders.get(facet)?.map((code, k) => [code, k]));
    return [...rows].sort((a, b) => (place.get(a.code) ?? 0) - (place.get(b.code) ?? 0));
  }

  private tick(facet: Facet, row: CodedCount, on: boolean): HTMLElement {
    const box: Attributes = {
      type: "checkbox",
      checked: on,
      "data-key": `${facet}-${row.code}`,
      onchange: () => this.act({ type: "toggle", facet, code: row.code }),
    };
    return h(
      "label",
      { class: "check", title: row.why },
      h("input", box),
      h("span", {}, row.name),
      h("span", { class: "n" }, this.countWords(row)),
    );
  }

  private routeNote(picture: Picture | null): string {
    const kept = picture?.about.without_route ?? 0;
    const words = kept > 0 ? `${number(kept)} more: their agreement keeps this back. ` : "";
    const chosen = this.last?.view.detections.length;
    return words + (chosen ? ROUTE_NOTE : "");
  }

  private countWords(row: CodedCount): string {
    if (!this.last?.picture) return "";
    if (row.count === null) return row.why ? "not shown" : "withheld";
    return number(row.count);
  }

  private toggle(facet: Facet): void {
    if (!this.open.delete(facet)) this.open.add(facet);
    if (this.last) this.show(this.last.view, this.last.picture, this.tallies);
  }

  private overlaySection(view: View): HTMLElement {
    const groups = GROUPS.flatMap(([group, title]) => {
      const classes = this.choices.classes.filter((c) => c.group === group);
      if (classes.length === 0) return [];
      return [
        h("h3", {}, title),
        group === "disruption" && this.noticeDay(view),
        ...classes.map((c) => this.overlay(c, view.shown.includes(c.code))),
      ];
    });
    return h(
      "section",
      { role: "group", "aria-label": "Show on the map" },
      h("h2", {}, "Show on the map"),
      ...groups,
      states(),
    );
  }

  /** The day that notices are active, ending or ended on: the end of the period, or one of its own. */
  private noticeDay(view: View): HTMLElement {
    const set = (date: string | null) => this.act({ type: "on", date });
    const input: Attributes = {
      id: "notices-on",
      "data-key": "notices-on",
      value: view.on ?? view.to ?? this.last?.picture?.about.period[1] ?? "",
    };
    const back = { type: "button", class: "link", "data-key": "notices-end", onclick: () => set(null) };
    return h(
      "p",
      { class: "notice-day" },
      h("label", { for: "notices-on" }, "On the day"),
      dayField(input, set),
      view.on ? h("button", back, "end of period") : h("span", { class: "hint" }, "end of period"),
    );
  }

  /** Both numbers where both are known: those drawn, and those only counted by area. */
  private tallyWords(c: SiteClass): string {
    const tally = this.tallies.get(c.code);
    if (!tally) return c.kept === "area" ? "by area" : "";
    if (tally.none) return tally.none;
    const drawn = tally.points > 0 ? number(tally.points) : "";
    const counted = tally.byArea > 0 ? `${number(tally.byArea)} by\u00a0area` : "";
    return [drawn, counted].filter(Boolean).join("\u00a0+\u00a0");
  }

  private overlay(c: SiteClass, on: boolean): HTMLElement {
    const box: Attributes = {
      type: "checkbox",
      checked: on,
      "data-key": `show-${c.code}`,
      onchange: (e) => this.act({ type: "show", code: c.code, on: (e.target as HTMLInputElement).checked }),
    };
    const mark = symbolSvg(markOfClass(c.code), 20);
    return h(
      "label",
      { class: "check" },
      h("input", box),
      mark,
      h("span", {}, c.label),
      h("span", { class: "n" }, this.tallyWords(c)),
    );
  }
}

function states(): HTMLElement {
  const one = (state: "active" | "ends_soon" | "ended", words: string) =>
    h("span", {}, symbolSvg("closure", 18, state), words);
  return h(
    "div",
    { class: "state-key" },
    h("p", {}, one("active", "active"), one("ends_soon", "ends soon"), one("ended", "ended")),
    h(
      "p",
      { class: "hint" },
      "Dotted ring: place kept coarse. Places show from the scale of a town inwards.",
    ),
  );
}

/** Every choice there is, with the answer's count where it has one. */
function merged(
  choices: readonly { code: string; name: string }[],
  counts: CodedCount[] | undefined,
): CodedCount[] {
  const known = new Map(counts?.map((c) => [c.code, c]));
  return choices.map(({ code, name }) => known.get(code) ?? { code, name, count: 0 });
}
