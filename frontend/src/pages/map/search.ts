// Search for a place, ward, street or route: a combobox with a list, worked by the arrow keys.

import type { Found } from "../../api/answers";
import { ask, Latest } from "../../api/ask";
import { announce, fill, h } from "../dom";

const WAIT_MS = 180;

export class SearchBox {
  readonly element: HTMLElement;
  private readonly input: HTMLInputElement;
  private readonly list: HTMLElement;
  private readonly latest = new Latest();
  private found: Found[] = [];
  private active = -1;
  private timer = 0;

  constructor(
    private readonly api: string,
    private readonly chosen: (found: Found) => void,
    /** What this page knows by itself: it stands before what is found elsewhere. */
    private readonly known: (text: string) => Found[],
  ) {
    this.input = h("input", {
      type: "search",
      id: "place-search",
      role: "combobox",
      autocomplete: "off",
      spellcheck: "false",
      placeholder: "Place, street or route",
      "aria-label": "Find a place, ward, street or route",
      "aria-autocomplete": "list",
      "aria-expanded": "false",
      "aria-controls": "place-list",
      oninput: () => this.later(),
      onkeydown: (e) => this.key(e as KeyboardEvent),
      onblur: () => window.setTimeout(() => this.close(), 150),
    });
    this.list = h("ul", {
      id: "place-list",
      class: "search-list",
      role: "listbox",
      "aria-label": "Places found",
      hidden: true,
    });
    this.element = h("div", { class: "search" }, this.input, this.list);
  }

  private later(): void {
    window.clearTimeout(this.timer);
    this.timer = window.setTimeout(() => void this.look(), WAIT_MS);
  }

  private async look(): Promise<void> {
    const q = this.input.value.trim();
    const known = this.known(q);
    if (q.length < 2) return known.length > 0 ? this.show(known) : this.close();
    try {
      const params = new URLSearchParams({ q });
      const found = await this.latest.run((signal) => ask<Found[]>(`${this.api}/search`, params, signal));
      if (found) this.show([...known, ...found]);
    } catch (error) {
      announce(error instanceof Error ? error.message : "The search failed.");
    }
  }

  private show(found: Found[]): void {
    this.found = found;
    this.active = -1;
    const rows = found.map((f, k) =>
      h(
        "li",
        { role: "option", id: `place-${k}`, "aria-selected": "false", onpointerdown: (e) => this.pick(e, f) },
        h("b", {}, f.name),
        h("small", {}, f.detail || f.kind),
      ),
    );
    fill(this.list, ...rows);
    if (found.length === 0)
      fill(
        this.list,
        h("li", { class: "none", role: "option", "aria-selected": "false" }, "Nothing of that name"),
      );
    this.list.hidden = false;
    this.input.setAttribute("aria-expanded", "true");
    announce(`${found.length} found`);
  }

  private key(event: KeyboardEvent): void {
    if (event.key === "Escape") this.close();
    if (event.key === "Enter") {
      const pick = this.found[Math.max(this.active, 0)];
      if (pick && !this.list.hidden) this.take(pick);
      event.preventDefault();
      return;
    }
    const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    if (!step || this.list.hidden || this.found.length === 0) return;
    event.preventDefault();
    this.active = (this.active + step + this.found.length) % this.found.length;
    for (const [k, row] of [...this.list.children].entries())
      row.setAttribute("aria-selected", String(k === this.active));
    this.input.setAttribute("aria-activedescendant", `place-${this.active}`);
    this.list.children[this.active]?.scrollIntoView({ block: "nearest" });
  }

  private pick(event: Event, found: Found): void {
    event.preventDefault();
    this.take(found);
  }

  private take(found: Found): void {
    this.input.value = found.name;
    this.close();
    this.chosen(found);
  }

  private close(): void {
    this.list.hidden = true;
    this.input.setAttribute("aria-expanded", "false");
    this.input.removeAttribute("aria-activedescendant");
  }
}
