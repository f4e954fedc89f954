// Drawing a place by hand: streets or hexagons are taken in and left out by press, by Enter or by a tick in the table.

import { getResolution } from "h3-js";
import type { Hotspot } from "../../api/answers";
import { ask, Latest, tell } from "../../api/ask";
import {
  type Drawing,
  drawnToSend,
  drawnWords,
  lacking,
  type Neighbour,
  NOTHING_DRAWN,
  turned,
} from "../../state/drawing";
import type { Selection } from "../../state/view";
import { announce, fill, h, keepFocus } from "../dom";
import type { PageParts } from "./page";

interface Told {
  units: { code: string; name: string }[];
  ward: string;
  overlaps: Neighbour[];
}
interface Kept {
  number: number;
  name: string;
  level: string;
  version: number;
  open: boolean;
  units: { code: string; name: string; at: [number, number] | null }[];
}
export interface DrawWishes {
  /** What is drawn has changed; null when nothing is being drawn. */
  drawn(drawing: Drawing | null): void;
  look(at: readonly [number, number], street: boolean): void;
}

export class DrawPlace {
  /** In the rail: how drawing begins. Empty for those who may not decide. */
  readonly entry = h("div", { class: "draw-entry" });
  private readonly api: string | null;
  private readonly element = h("section", {
    class: "draw-place",
    "aria-label": "Draw a place",
    hidden: true,
  });
  private readonly body = h("div");
  private readonly trouble = h("p", { class: "decide-trouble", role: "alert" });
  private readonly asked = new Latest();
  private readonly names = new Map<string, string>();
  private readonly name = h("input", {
    name: "name",
    "data-key": "draw-name",
    maxlength: 120,
    autocomplete: "off",
    oninput: () => this.keep({ name: this.name.value }),
  });
  private readonly owner: HTMLSelectElement;
  private drawing: Drawing | null = null;
  private saving = false;

  constructor(
    private readonly parts: Pick<PageParts, "frame" | "choices" | "store">,
    private readonly wishes: DrawWishes,
  ) {
    const app = parts.frame.centre.parentElement;
    this.api = app?.dataset.draw ?? null;
    const able = parts.choices.agencies.filter((one) => one.code !== "open_data");
    this.owner = h(
      "select",
      { name: "owner", "data-key": "draw-owner", onchange: () => this.keep({ owner: this.owner.value }) },
      h("option", { value: "" }, "No one yet"),
      ...able.map(({ code, name }) => h("option", { value: code }, name)),
    );
    if (!this.api) return;
    app?.append(this.element);
    fill(
      this.entry,
      h("button", { type: "button", class: "button secondary", onclick: () => this.begin() }, "Draw a place"),
    );
  }

  get now(): Drawing | null {
    return this.drawing;
  }

  /** `draw=new` or `draw=12` in the address. */
  async follow(word: string | null): Promise<void> {
    if (word === "new") this.begin();
    else if (word && /^\d{1,9}$/.test(word)) await this.again(Number(word));
  }

  /** What is told of a unit or hotspot offers to begin with it. */
  offer(selected: Selection, spot: Hotspot | null): void {
    const { api, drawing } = this;
    if (!api || drawing) return;
    const level = selected.kind === "unit" ? selected.level : "";
    const units = spot ? spot.units : selected.kind === "unit" ? [selected.code] : [];
    if (units.length === 0 || (!spot && level !== "cell" && level !== "street")) return;
    const press = () => {
      this.begin();
      for (const code of units) this.turn(code);
    };
    const button = h(
      "button",
      { type: "button", class: "button secondary", onclick: press },
      "Draw a place here",
    );
    this.parts.frame.evidence.querySelector(".panel-buttons")?.append(button);
  }

  begin(): void {
    const { store } = this.parts;
    const { level } = store.view();
    if (level === "district" || level === "ward") store.act({ type: "level", level: "cell" });
    this.put(this.drawing ?? NOTHING_DRAWN);
    this.show(true);
  }

  /** A place of the partnership, to be drawn anew. */
  private async again(number: number, more: readonly string[] = []): Promise<void> {
    try {
      const kept = await ask<Kept>(`${this.api}/${number}`);
      for (const one of kept.units) this.names.set(one.code, one.name);
      const { store } = this.parts;
      const level = kept.level === "street" ? "street" : "cell";
      if (store.view().level !== level) store.act({ type: "level", level });
      const units = [...new Set([...kept.units.map((one) => one.code), ...more])].sort();
      const place = { number: kept.number, name: kept.name, version: kept.version };
      this.put({ ...NOTHING_DRAWN, place, level: kept.level, units, name: kept.name });
      this.show(true);
      const at = kept.units[Math.floor(kept.units.length / 2)]?.at;
      if (at) this.wishes.look(at, level === "street");
      this.askTold();
    } catch (error) {
      this.put(NOTHING_DRAWN);
      this.show(true);
      this.say(error);
    }
  }

  /** Takes a unit in or leaves it out. False where nothing is being drawn. */
  turn(code: string, name = ""): boolean {
    if (!this.drawing) return false;
    if (name) this.names.set(code, name);
    const level = /^8[0-9a-f]{14}$/.test(code) ? `cell:${getResolution(code)}` : "street";
    const next = turned(this.drawing, code, level);
    if (typeof next === "string") {
      this.say(next);
      return true;
    }
    const word = next.units.includes(code) ? "Taken in" : "Left out";
    this.put(next);
    announce(`${word}: ${this.nameOf(code)}. ${drawnWords(next)}.`);
    this.askTold();
    return true;
  }

  private put(drawing: Drawing | null): void {
    this.drawing = drawing;
    this.say("");
    if (drawing) keepFocus(this.body, () => fill(this.body, ...this.form(drawing)));
    this.wishes.drawn(drawing);
  }

  private show(open: boolean): void {
    this.element.hidden = !open;
    this.parts.frame.evidence.inert = open;
    this.parts.frame.centre.parentElement?.classList.toggle("is-drawing", open);
    if (!open) {
      this.entry.querySelector("button")?.focus();
      return;
    }
    fill(this.element, this.body, this.trouble);
    this.element.querySelector<HTMLElement>("h2")?.focus();
  }

  private close(): void {
    this.put(null);
    this.show(false);
  }

  private form(drawing: Drawing): HTMLElement[] {
    const { place } = drawing;
    const title = h("h2", { tabindex: -1 }, place ? `Change what ${place.name} covers` : "Draw a place");
    const hint = h(
      "p",
      { class: "hint" },
      "Press streets or hexagons to take them in; press again to leave them out. By keyboard: Enter takes what is in the middle of the map, or tick rows in its table (",
      h("kbd", {}, "T"),
      ").",
    );
    const form = h(
      "form",
      { novalidate: true },
      this.taken(drawing),
      ...(place ? [] : this.fields(drawing)),
      this.onSameGround(drawing),
      h(
        "p",
        { class: "decide-buttons" },
        h(
          "button",
          { class: "button", "data-key": "draw-save" },
          place ? "Save what it covers" : "Open the place",
        ),
        h("button", { type: "button", class: "button link", onclick: () => this.close() }, "Cancel"),
      ),
    );
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      void this.save();
    });
    return [title, hint, form];
  }

  private taken(drawing: Drawing): HTMLElement {
    const row = (code: string) =>
      h(
        "li",
        {},
        h("span", {}, this.nameOf(code)),
        h(
          "button",
          {
            type: "button",
            class: "link",
            "data-key": `out-${code}`,
            "aria-label": `Leave out ${this.nameOf(code)}`,
            onclick: () => this.turn(code),
          },
          "Leave out",
        ),
      );
    return h(
      "fieldset",
      { class: "drawn-units" },
      h("legend", {}, `It covers ${drawnWords(drawing)}`),
      drawing.units.length > 0 && h("ul", { class: "plain" }, ...drawing.units.map(row)),
    );
  }

  /** The same fields each time, so that nobody's typing is disturbed. */
  private fields(drawing: Drawing): HTMLElement[] {
    this.name.value = drawing.name;
    this.owner.value = drawing.owner;
    return [
      h("label", { class: "decide-line" }, "What the partnership calls it", this.name),
      h("label", { class: "decide-line" }, "Owner", this.owner),
    ];
  }

  private onSameGround(drawing: Drawing): HTMLElement | null {
    if (drawing.overlaps.length === 0) return null;
    return h(
      "fieldset",
      { class: "drawn-beside" },
      h("legend", {}, "On the same ground"),
      ...drawing.overlaps.map((one) => this.neighbour(drawing, one)),
    );
  }

  private neighbour(drawing: Drawing, { number, name }: Neighbour): HTMLElement {
    const box = h("input", {
      type: "checkbox",
      "data-key": `beside-${number}`,
      checked: drawing.beside.includes(number),
    });
    box.addEventListener("change", () => {
      const others = drawing.beside.filter((one) => one !== number);
      this.keep({ beside: box.checked ? [...others, number] : others });
    });
    const add = () => void this.again(number, drawing.units);
    return h(
      "div",
      {},
      h("p", {}, h("b", {}, name), " is open. ", h("a", { href: `/places/${number}/` }, "Go on there")),
      !drawing.place &&
        h(
          "button",
          { type: "button", class: "button secondary", onclick: add },
          `Add this ground to ${name}`,
        ),
      h("label", { class: "check" }, box, h("span", {}, `This is another place: keep it beside ${name}`)),
    );
  }

  /** Something typed: nothing is drawn anew under the writer's hands. */
  private keep(more: Partial<Drawing>): void {
    if (this.drawing) this.drawing = { ...this.drawing, ...more };
  }

  private nameOf(code: string): string {
    return this.names.get(code) ?? code;
  }

  /** What the units are called, and what lies there already. */
  private askTold(): void {
    const { drawing } = this;
    if (!drawing || drawing.units.length === 0) {
      if (drawing) this.put({ ...drawing, overlaps: [] });
      return;
    }
    const query = new URLSearchParams({ level: drawing.level, units: drawing.units.join(",") });
    if (drawing.place) query.set("place", String(drawing.place.number));
    this.asked
      .run((signal) => ask<Told>(`${this.api}/drawn`, query, signal))
      .then((told) => {
        if (!told || !this.drawing) return;
        for (const one of told.units) this.names.set(one.code, one.name);
        this.put({ ...this.drawing, overlaps: told.overlaps });
      })
      .catch((error: unknown) => this.say(error));
  }

  private async save(): Promise<void> {
    const { drawing, api } = this;
    if (!drawing || !api || this.saving) return;
    const lack = lacking(drawing);
    if (lack) {
      this.say(lack.words);
      this.element
        .querySelector<HTMLElement>(lack.name === "name" ? "[name=name]" : ".drawn-beside input")
        ?.focus();
      return;
    }
    this.saving = true;
    try {
      const path = drawing.place ? `${api}/${drawing.place.number}/units` : api;
      const kept = (await tell(path, drawnToSend(drawing))) as { number: number };
      location.assign(`/places/${kept.number}/`);
    } catch (error) {
      this.say(error);
    } finally {
      this.saving = false;
    }
  }

  private say(told: unknown): void {
    const words =
      typeof told === "string" ? told : told instanceof Error ? told.message : "It was not saved.";
    this.trouble.replaceChildren(words);
  }
}
