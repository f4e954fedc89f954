// Journeys: one answer, drawn as lines, told in words, listed in a table; an area pressed keeps its own alone.

import type { Choices, Routes, Shapes } from "../../api/answers";
import { ask, Latest } from "../../api/ask";
import { lastYear } from "../../state/brush";
import {
  areaLevel,
  type JourneysAnswer,
  type JourneysView,
  journeysParams,
  journeysQuery,
  type Line,
  leastOf,
  linesOf,
  ofPlace,
  sameJourneys,
  weightOf,
} from "../../state/journeys";
import { fill, h, keepFocus } from "../dom";
import { Progress, Trouble } from "../map/trouble";
import { showJourneyChoices } from "./choices";
import { showJourneysFinding, showJourneysLegend, showJourneysNote } from "./finding";
import type { JourneysFrame } from "./layout";
import type { JourneysScene } from "./scene";
import { showJourneysTable } from "./table";

export interface JourneysParts {
  frame: JourneysFrame;
  choices: Choices;
  api: string;
  exportBase: string;
}

export class JourneysPage {
  private scene: JourneysScene | null = null;
  private answer: JourneysAnswer | null = null;
  private readonly latest = new Latest();
  private readonly names = new Map<string, string>();
  private readonly progress: Progress;
  private readonly trouble: Trouble;

  constructor(
    private readonly parts: JourneysParts,
    private view: JourneysView,
  ) {
    this.progress = new Progress(parts.frame.progress);
    this.trouble = new Trouble(parts.frame.trouble);
  }

  begin(scene: JourneysScene | null): void {
    this.scene = scene;
    this.show();
    this.ask();
    ask<Routes>(`${this.parts.api}/routes`)
      .then((routes) => scene?.routes(routes))
      .catch((error) => this.trouble.say(error, null));
  }

  act(change: Partial<JourneysView>): void {
    const before = this.view;
    this.view = { ...before, ...change };
    if (areaLevel(this.view) !== areaLevel(before)) this.view = { ...this.view, place: null };
    const address = `${location.pathname}${journeysQuery(this.view)}`;
    if ("camera" in change) {
      history.replaceState(null, "", address);
      return;
    }
    history.pushState(null, "", address);
    this.changed(before);
  }

  restore(view: JourneysView): void {
    const before = this.view;
    this.view = view;
    if (view.camera) this.scene?.jump(view.camera);
    this.changed(before);
  }

  /** An area pressed: its journeys alone; pressed again, all. */
  pressed(code: string | null): void {
    if (code) this.act({ place: this.view.place === code ? null : code });
  }

  now(): JourneysView {
    return this.view;
  }

  toggleTable(): void {
    this.act({ table: !this.view.table });
  }

  knowShapes(level: "district" | "ward", shapes: Shapes): void {
    for (const { properties: p } of shapes.features) this.names.set(p.code, p.name);
    void this.scene?.addShapes(level, shapes).then(() => this.show());
  }

  sayTrouble(error: unknown): void {
    this.trouble.say(error, null);
  }

  private changed(before: JourneysView): void {
    if (!sameJourneys(this.view, before)) this.ask();
    this.show();
  }

  private period(): { from: string; to: string } {
    return lastYear(this.parts.choices.period, new Date().toISOString().slice(0, 10));
  }

  private ask(): void {
    const { frame, api } = this.parts;
    this.trouble.clear();
    this.progress.start("Counting journeys…");
    frame.finding.setAttribute("aria-busy", "true");
    const params = journeysParams(this.view, this.period());
    this.latest
      .run((signal) => ask<JourneysAnswer>(`${api}/journeys`, params, signal))
      .then((answer) => {
        if (!answer) return;
        this.answer = answer;
        this.show();
      })
      .catch((error) => {
        this.answer = null;
        fill(frame.finding, h("h2", { class: "insight-headline" }, "No journeys can be told"));
        this.trouble.say(error, () => this.ask());
      })
      .finally(() => {
        this.progress.stop();
        frame.finding.removeAttribute("aria-busy");
      });
  }

  private show(): void {
    const { frame, choices, exportBase } = this.parts;
    const { view, answer } = this;
    keepFocus(frame.rail, () =>
      showJourneyChoices(frame.rail, view, choices, this.period(), this.placeName(), (change) =>
        this.act(change),
      ),
    );
    this.scene?.showLevel(areaLevel(view), view.place);
    const open = view.table || !this.scene;
    frame.table.hidden = !open;
    if (!answer) return;
    this.scene?.lines(this.lines(answer), stationPoints(answer));
    keepFocus(frame.finding, () =>
      showJourneysFinding(frame.finding, answer, view, this.placeName(), (change) => this.act(change)),
    );
    showJourneysLegend(frame.legend, view, answer);
    showJourneysNote(frame.notes, answer);
    const exported = (format: string) =>
      `${exportBase}/flows.${format}?${journeysParams(view, this.period())}`;
    if (open) showJourneysTable(frame.table, answer, view, exported);
  }

  private placeName(): string {
    return this.view.place ? (this.names.get(this.view.place) ?? this.view.place) : "";
  }

  private lines(answer: JourneysAnswer): Line[] {
    if (this.view.ends !== "station") return linesOf(answer.flows, this.view.place);
    return ofPlace(answer.stations, this.view.place)
      .map((one) => ({
        from: one.from_code,
        to: `station:${one.station}`,
        weight: weightOf(leastOf(one.journeys)),
        words: `${one.from_name} to ${one.station} station: ${one.journeys} journeys, ${one.people} people at least`,
      }))
      .reverse();
  }
}

function stationPoints({ stations }: JourneysAnswer): Map<string, [number, number]> {
  return new Map(stations.map((one) => [`station:${one.station}`, [one.lon, one.lat]]));
}
