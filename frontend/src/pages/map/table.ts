// The table beside the map: same units, same values, sortable, downloadable.

import type { Picture } from "../../api/answers";
import {
  counted,
  countedNoun,
  dayWords,
  number,
  periodWords,
  rate,
  sentenceCase,
  tellings,
} from "../../state/format";
import { BUSIEST, type Column, type Order, ordered, type Row, rowsOf, turned } from "../../state/rows";
import { LEVEL_WORDS, type View } from "../../state/view";
import { fill, h, keepFocus } from "../dom";
import { traceOf } from "../trace";

const PAGE = 200;
/** On paper, where names have not come yet. */
const LATER = "Take it out, then Print, puts the table of this map here.";

export interface TableParts {
  view: View;
  picture: Picture;
  /** The same picture with a name for each unit. */
  named(): Promise<Picture | null>;
  failed(error: unknown): void;
  nameOf(code: string): string;
  /** What is silent in an area, in words; "" where nothing is. */
  silenceOf(code: string): string;
  exportUrl(format: "csv" | "json" | "geojson"): string;
  choose(code: string): void;
  /** While a place is drawn: its units, to be ticked; null where none is. */
  drawn: { units: readonly string[]; turn(code: string, name: string): void } | null;
}

export class TableTwin {
  private order: Order = BUSIEST;
  private shown = PAGE;
  private parts: TableParts | null = null;

  constructor(private readonly parent: HTMLElement) {}

  /** Areas are known by name already; hexagons and streets are asked for again, by name, before they are listed. */
  async show(parts: TableParts): Promise<void> {
    const { view, picture } = parts;
    if (view.level === "district" || view.level === "ward" || picture.units.name) {
      this.put(parts);
      return;
    }
    if (!this.parts)
      fill(
        this.parent,
        h("p", { class: "hint screen-only" }, "Counting…"),
        h("p", { class: "print-only" }, LATER),
      );
    this.parent.setAttribute("aria-busy", "true");
    try {
      const named = await parts.named();
      if (named) this.put({ ...parts, picture: named });
    } catch (error) {
      parts.failed(error);
    }
  }

  private put(parts: TableParts): void {
    this.parts = parts;
    this.parent.removeAttribute("aria-busy");
    this.draw();
  }

  private draw(): void {
    if (!this.parts) return;
    const { view, picture, nameOf } = this.parts;
    const rows = ordered(rowsOf(picture.units, view.level, nameOf), this.order);
    const title = `${LEVEL_WORDS[view.level]} table`;
    const then = view.known ? `, as known on ${dayWords(view.known)}` : "";
    const about = `${tellings(picture.about.total, picture.about.counted)}, ${periodWords(...picture.about.period)}${then}. ${counted(rows.length, "row")} with any; the rest have none.`;
    keepFocus(this.parent, () =>
      fill(
        this.parent,
        h("div", { class: "twin-top" }, h("h2", {}, title), this.downloads()),
        h("p", { class: "hint" }, about),
        traceOf(picture.about),
        h("div", { class: "table-wrap" }, this.table(rows, picture)),
        rows.length > this.shown && this.more(rows.length),
      ),
    );
  }

  private downloads(): HTMLElement {
    const link = (format: "csv" | "json" | "geojson", words: string) =>
      h("a", { href: this.parts?.exportUrl(format) ?? "", download: true }, words);
    return h(
      "p",
      { class: "downloads" },
      "Download ",
      link("csv", "CSV"),
      " ",
      link("json", "JSON"),
      " ",
      link("geojson", "GeoJSON"),
    );
  }

  private table(rows: Row[], picture: Picture): HTMLElement {
    const rated = rows.some((r) => r.rate !== null);
    const peopled = rows.some((r) => r.people !== "");
    const per = `Per 1,000 ${picture.about.denominator ?? "residents"}`;
    return h(
      "table",
      { class: "table compact" },
      h("caption", { class: "visually-hidden" }, "The units of the map with their counts"),
      h(
        "thead",
        {},
        h(
          "tr",
          {},
          this.parts?.drawn && h("th", { scope: "col" }, "In the place"),
          this.head("name", "Name"),
          this.head("count", sentenceCase(countedNoun(picture.about.counted))),
          rated && this.head("rate", per),
          peopled && this.head("people", "How many people"),
          this.areas() && h("th", { scope: "col" }, "Quiet or silent?"),
        ),
      ),
      h("tbody", {}, ...rows.slice(0, this.shown).map((row) => this.row(row, rated, peopled))),
    );
  }

  /** Silence is known of districts, and so of what lies in them by name. */
  private areas(): boolean {
    const level = this.parts?.view.level;
    return level === "district" || level === "ward";
  }

  private head(column: Column, words: string): HTMLElement {
    const mine = this.order.column === column;
    const sort = mine ? (this.order.down ? "descending" : "ascending") : "none";
    const press = () => {
      this.order = turned(this.order, column);
      this.draw();
    };
    const mark = h("span", { "aria-hidden": "true" }, mine ? (this.order.down ? " ▼" : " ▲") : "");
    const button = h(
      "button",
      { type: "button", class: "link", "data-key": `sort-${column}`, onclick: press },
      words,
      mark,
    );
    return h(
      "th",
      { scope: "col", class: column === "name" || column === "people" ? null : "num", "aria-sort": sort },
      button,
    );
  }

  private row(row: Row, rated: boolean, peopled: boolean): HTMLElement {
    const choose = {
      type: "button",
      class: "link",
      "data-key": `row-${row.code}`,
      onclick: () => this.parts?.choose(row.code),
    };
    const n = row.count === null ? h("span", { class: "withheld" }, "withheld") : number(row.count);
    return h(
      "tr",
      {},
      this.tick(row),
      h("th", { scope: "row" }, h("button", choose, row.name)),
      h("td", { class: "num" }, n),
      rated && h("td", { class: "num" }, row.rate === null ? "not known" : rate(row.rate)),
      peopled && h("td", {}, row.people),
      this.areas() && h("td", {}, this.parts?.silenceOf(row.code) || "all have sent"),
    );
  }

  private tick(row: Row): HTMLElement | null {
    const drawn = this.parts?.drawn;
    if (!drawn) return null;
    const box = h("input", {
      type: "checkbox",
      "data-key": `tick-${row.code}`,
      "aria-label": `${row.name} in the place`,
      checked: drawn.units.includes(row.code),
      onchange: () => drawn.turn(row.code, row.name),
    });
    return h("td", {}, box);
  }

  /** Another unit is ticked: the same rows. */
  ticked(drawn: TableParts["drawn"]): void {
    if (!this.parts) return;
    this.parts = { ...this.parts, drawn };
    this.draw();
  }

  private more(all: number): HTMLElement {
    const press = () => {
      this.shown += 5 * PAGE;
      this.draw();
    };
    return h(
      "button",
      { type: "button", class: "button secondary", onclick: press },
      `Show more of ${number(all)}`,
    );
  }
}
