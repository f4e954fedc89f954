// "Along a route": a bus or a railway line to keep the map to, with its line and the ground beside it drawn.

import type { Along, RouteProperties, Routes } from "../../api/answers";
import { ask } from "../../api/ask";
import { boxOfGround } from "../../map/along";
import {
  alongWords,
  CORRIDOR_M,
  type RouteChoice,
  routeChoices,
  routeOf,
  routesCalled,
} from "../../state/along";
import type { Store } from "../../state/store";
import type { View } from "../../state/view";
import { announce, fill, h } from "../dom";
import type { Names } from "./names";

const HINT = `Counts what lies within ${CORRIDOR_M} m of the line. Hotspots are still tested over the whole county.`;

export interface AlongWishes {
  draw(along: Along | null): void;
  /** Its name and its extent are known now. */
  known(): void;
  look(): void;
  failed(error: unknown): void;
}

export interface AlongParts {
  api: string;
  store: Store;
  names: Names;
}

export class AlongRoute {
  readonly element: HTMLElement;
  private readonly select: HTMLSelectElement;
  private readonly hint = h("p", { class: "hint", hidden: true }, HINT);
  private readonly asked = new Map<string, Promise<Along>>();
  private drawn: string | null = null;
  private known: readonly RouteProperties[] = [];

  constructor(
    private readonly parts: AlongParts,
    private readonly wishes: AlongWishes,
  ) {
    this.select = h("select", { id: "along-route", onchange: () => void this.choose(this.select.value) });
    this.element = h(
      "section",
      { class: "along", hidden: true },
      h("h2", {}, h("label", { for: "along-route" }, "Along a route")),
      this.select,
      this.hint,
    );
    parts.store.listen((view) => void this.follow(view));
  }

  /** What there is to choose from; where no timetable is loaded nothing is offered. */
  async learn(): Promise<void> {
    const routes = await ask<Routes>(`${this.parts.api}/routes`);
    this.known = routes.features.map((one) => one.properties);
    const groups = routeChoices(this.known);
    fill(
      this.select,
      h("option", { value: "" }, "Choose a bus or a railway"),
      ...groups.map(({ title, routes: list }) =>
        h("optgroup", { label: title }, ...list.map((one) => h("option", { value: one.within }, one.words))),
      ),
    );
    this.element.hidden = groups.length === 0;
    this.mark(this.parts.store.view());
  }

  /** Routes of that number or name, for the search box. */
  called(text: string): RouteChoice[] {
    return routesCalled(this.known, text);
  }

  /** The map shows the route that the filters keep to, however it came there: chosen, by address, by undoing. */
  async follow(view: View): Promise<void> {
    this.mark(view);
    const route = routeOf(view);
    if (route === this.drawn) return;
    this.drawn = route;
    if (!route) {
      this.wishes.draw(null);
      return;
    }
    try {
      const along = await this.told(route);
      if (this.drawn !== route) return;
      this.wishes.draw(along);
      this.wishes.known();
    } catch (error) {
      this.drawn = null;
      this.wishes.failed(error);
    }
  }

  async choose(within: string): Promise<void> {
    const { store } = this.parts;
    try {
      if (within) await this.told(within);
      store.act({ type: "within", code: within || null });
      this.wishes.look();
      announce(within ? `The map keeps to ${this.parts.names.of(within)}` : "The whole county");
    } catch (error) {
      this.wishes.failed(error);
    }
  }

  private told(within: string): Promise<Along> {
    const known = this.asked.get(within);
    if (known) return known;
    const found = this.ask(within);
    this.asked.set(within, found);
    found.catch(() => this.asked.delete(within));
    return found;
  }

  private async ask(within: string): Promise<Along> {
    const along = await ask<Along>(`${this.parts.api}/corridor`, new URLSearchParams({ within }));
    const route = along.lines[0]?.properties;
    this.parts.names.learn(within, route ? alongWords(route) : `Along ${along.name}`, boxOfGround(along));
    return along;
  }

  private mark(view: View): void {
    const route = routeOf(view);
    this.select.value = route ?? "";
    this.hint.hidden = !route;
  }
}
