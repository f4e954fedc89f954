// The second table: everything that lies over the map, so that all of it can be read without the map.

import { markOfClass, symbolSvg } from "../../map/glyphs";
import { counted, dayWords, number, sentenceCase } from "../../state/format";
import type { Overlay } from "../../state/overlay";
import { fill, h, keepFocus } from "../dom";

const PAGE = 200;

export interface OverlayTableParts {
  overlays: readonly Overlay[];
  on: string;
  nameOf(code: string): string;
  look(one: Overlay): void;
}

export class OverlayTable {
  private shown = PAGE;

  constructor(private readonly parent: HTMLElement) {}

  show(parts: OverlayTableParts): void {
    const { overlays, on } = parts;
    const rows = overlays.slice(0, this.shown).map((one) => this.row(one, parts));
    const about = `${counted(overlays.length, "row")}: places, notices on ${dayWords(on)}, and work of our own, of the classes ticked.`;
    const more = {
      type: "button",
      class: "button secondary",
      onclick: () => {
        this.shown += 5 * PAGE;
        this.show(parts);
      },
    };
    keepFocus(this.parent, () =>
      fill(
        this.parent,
        h("h2", {}, "On the map"),
        h(
          "p",
          { class: "hint" },
          overlays.length ? about : "Nothing is ticked under Show on the map, or there is none of it here.",
        ),
        overlays.length > 0 &&
          h(
            "div",
            { class: "table-wrap", tabindex: 0, role: "group", "aria-label": "Overlays" },
            table(rows),
          ),
        overlays.length > this.shown && h("button", more, `Show more of ${number(overlays.length)}`),
      ),
    );
  }

  private row(one: Overlay, { nameOf, look }: OverlayTableParts): HTMLElement {
    const where = one.area ? nameOf(one.area) : "not told";
    const name = one.name || (one.n > 1 ? `${number(one.n)} of them` : one.label);
    const press = { type: "button", class: "link", "data-key": `over-${one.key}`, onclick: () => look(one) };
    return h(
      "tr",
      {},
      h(
        "td",
        {},
        h(
          "span",
          { class: "symbol-cell" },
          symbolSvg(markOfClass(one.code), 18, one.state ?? "active"),
          one.label,
        ),
      ),
      h("th", { scope: "row" }, one.at ? h("button", press, name) : name),
      h("td", {}, one.coarse ? `somewhere in ${where}` : where),
      h("td", {}, sentenceCase([one.stage, one.breaches].filter(Boolean).join("; "))),
      h("td", {}, sentenceCase(one.dates)),
    );
  }
}

function table(rows: HTMLElement[]): HTMLElement {
  const heads = ["Class", "Name", "Where", "State", "Dates"].map((words) => h("th", { scope: "col" }, words));
  return h(
    "table",
    { class: "table compact" },
    h("caption", { class: "visually-hidden" }, "What lies over the map"),
    h("thead", {}, h("tr", {}, ...heads)),
    h("tbody", {}, ...rows),
  );
}
