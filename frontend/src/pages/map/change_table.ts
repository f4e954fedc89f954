// The table of two periods: the same places, both counts, and what can be said of them.

import type { Change } from "../../api/change";
import { type Place, placesOf, stateWords } from "../../state/change";
import { counted, number } from "../../state/format";
import { LEVEL_WORDS, type View } from "../../state/view";
import { fill, h, keepFocus } from "../dom";
import { traceOf } from "../trace";
import { spansOf } from "./change_words";

const PAGE = 200;

export class ChangeTable {
  private shown = PAGE;

  constructor(
    private readonly parent: HTMLElement,
    private readonly choose: (code: string) => void,
  ) {}

  show(view: View, change: Change): void {
    const places = placesOf(change).sort(
      (a, b) => Math.abs(b.strength ?? -0.5) - Math.abs(a.strength ?? -0.5) || b.later - a.later,
    );
    const [earlier, later] = spansOf(change);
    keepFocus(this.parent, () =>
      fill(
        this.parent,
        h("div", { class: "twin-top" }, h("h2", {}, `${LEVEL_WORDS[view.level]} table of two periods`)),
        h(
          "p",
          { class: "hint" },
          `${later} against ${earlier}. ${counted(places.length, "row")}; the rest have none in either.`,
        ),
        ...change.about.not_compared.map((words) => h("p", { class: "hint" }, words)),
        traceOf(change.about),
        h("div", { class: "table-wrap" }, this.table(places.slice(0, this.shown), earlier, later)),
        places.length > this.shown && this.more(view, change, places.length),
      ),
    );
  }

  private table(places: Place[], earlier: string, later: string): HTMLElement {
    const number_ = { scope: "col", class: "num" };
    const head = [
      h("th", { scope: "col" }, "Name"),
      h("th", number_, earlier),
      h("th", number_, later),
      h("th", { scope: "col" }, "Change"),
      h("th", number_, "Times as many a day, allowing for chance"),
    ];
    return h(
      "table",
      { class: "table compact" },
      h("caption", { class: "visually-hidden" }, "The units of the map in both periods"),
      h("thead", {}, h("tr", {}, ...head)),
      h("tbody", {}, ...places.map((place) => this.row(place))),
    );
  }

  private row(place: Place): HTMLElement {
    const press = {
      type: "button",
      class: "link",
      "data-key": `change-${place.code}`,
      onclick: () => this.choose(place.code),
    };
    return h(
      "tr",
      {},
      h("th", { scope: "row" }, h("button", press, place.name)),
      h("td", { class: "num" }, number(place.earlier)),
      h("td", { class: "num" }, number(place.later)),
      h("td", {}, stateWords(place.strength)),
      h("td", { class: "num" }, limits(place)),
    );
  }

  private more(view: View, change: Change, all: number): HTMLElement {
    const press = () => {
      this.shown += 5 * PAGE;
      this.show(view, change);
    };
    return h(
      "button",
      { type: "button", class: "button secondary", onclick: press },
      `Show more of ${number(all)}`,
    );
  }
}

function limits({ low, high, strength, comparedEarlier, comparedLater }: Place): string {
  if (strength === null || comparedEarlier + comparedLater === 0) return "";
  const factor = (n: number) => n.toLocaleString("en-GB", { maximumFractionDigits: n < 10 ? 2 : 0 });
  if (high === null) return `${factor(low ?? 0)} or more`;
  return low ? `${factor(low)} to ${factor(high)}` : `${factor(high)} or less`;
}
