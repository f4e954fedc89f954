// What was pressed on the map, in words: class, name, state, dates, where, source. A small panel that the keyboard reaches.

import type { Silence } from "../../api/answers";
import { markOfClass, symbolSvg } from "../../map/glyphs";
import { counted, sentenceCase } from "../../state/format";
import type { Overlay } from "../../state/overlay";
import { announce, fill, h } from "../dom";

const MOST = 6;

export class SymbolPanel {
  readonly element = h("section", {
    class: "symbol-panel",
    "aria-label": "On the map here",
    tabindex: -1,
    hidden: true,
    onkeydown: (event: Event) => {
      if ((event as KeyboardEvent).key !== "Escape") return;
      event.stopPropagation();
      this.close();
    },
  });
  private before: Element | null = null;

  constructor(private readonly nameOf: (code: string) => string) {}

  show(overlays: readonly Overlay[]): void {
    const rest = overlays.length - MOST;
    this.open(
      h("ul", {}, ...overlays.slice(0, MOST).map((one) => h("li", {}, ...this.entry(one)))),
      rest > 0 && h("p", { class: "hint" }, `And ${rest} more. The table lists them all.`),
    );
    announce(
      overlays
        .map((one) => [one.label, one.name, one.dates, one.breaches].filter(Boolean).join(", "))
        .join(". "),
    );
  }

  /** Quiet or silent: what was looked at, feed by feed. */
  silent(area: Silence["areas"][number]): void {
    this.open(
      h("h2", {}, `${this.nameOf(area.code)}: silent, not quiet`),
      h(
        "ul",
        {},
        ...area.feeds.map((feed) => h("li", {}, h("b", {}, feed.agency_name), ` ${feed.sentence}`)),
      ),
      h(
        "p",
        { class: "hint" },
        "Quiet is when a feed reports and there was nothing. Silent is when records were due and none came. The hatch is never a nought.",
      ),
    );
  }

  close(): void {
    if (this.element.hidden) return;
    this.element.hidden = true;
    if (this.before instanceof HTMLElement && this.before.isConnected)
      this.before.focus({ preventScroll: true });
  }

  private open(...children: (Node | string | null | false)[]): void {
    this.before = document.activeElement;
    const close = h(
      "button",
      { type: "button", class: "symbol-close", "aria-label": "Close", onclick: () => this.close() },
      "×",
    );
    fill(this.element, close, ...children);
    this.element.hidden = false;
    this.element.focus({ preventScroll: true });
  }

  private entry(one: Overlay): (Node | string)[] {
    const rows: [string, string][] = [
      ["State", sentenceCase(one.stage)],
      ["Breaches", sentenceCase(one.breaches)],
      ["Dates", sentenceCase(one.dates)],
      ["Where", this.where(one)],
      ["Source", one.source],
    ];
    const told = rows.filter(([, words]) => words);
    return [
      h(
        "p",
        { class: "symbol-name" },
        symbolSvg(markOfClass(one.code), 24, one.state ?? "active"),
        h("span", {}, h("b", {}, one.name || one.label), one.name ? h("small", {}, ` ${one.label}`) : ""),
      ),
      h("dl", {}, ...told.flatMap(([name, words]) => [h("dt", {}, name), h("dd", {}, words)])),
    ];
  }

  private where(one: Overlay): string {
    const area = one.area ? this.nameOf(one.area) : "";
    if (!one.coarse) return area;
    const many = one.n > 1 ? `${counted(one.n, "place")} somewhere` : "Somewhere";
    return area
      ? `${many} in ${area}. The exact place is kept to those who need it.`
      : "Its place is not told.";
  }
}
