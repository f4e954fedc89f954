// What the right-hand panel is about: the whole answer, or the place that was chosen.

import type { Evidence, Hotspot, Hotspots, Picture } from "../../api/answers";
import type { Background } from "../../state/background";
import { behindSentences } from "../../state/behind";
import { sentenceCase, tellings } from "../../state/format";
import { peopleWords } from "../../state/measure";
import { asksForMeeting, meetingView } from "../../state/meeting";
import type { Level, Selection, View } from "../../state/view";
import { announce, focusOn, h } from "../dom";
import { section, showEvidence, showWaiting } from "./evidence";
import { showOverview } from "./overview";
import type { PageParts } from "./page";

/** What lies inside a unit of a level, and the words for looking there. */
export const INSIDE: Partial<Record<Level, { level: Level; words: string }>> = {
  district: { level: "ward", words: "See its wards" },
  ward: { level: "cell", words: "See its hexagons" },
};

export interface PanelWishes {
  choose(selection: Selection): void;
  drill(code: string, level: Level, into?: Level): void;
  toStreets(spot: Hotspot | null): void;
  failed(error: unknown, retry: () => void): void;
  /** The evidence with what is silent at the place; and once it is on the panel, what stands around it. */
  withSilence(evidence: Evidence, selected: Selection, spot: Hotspot | null): Evidence;
  told(view: View, selected: Selection, evidence: Evidence, spot: Hotspot | null): void;
  overviewed(view: View, hotspots: Hotspots | null): void;
  /** The place, or all of it, in two periods. */
  compared(view: View, selected: Selection | null): HTMLElement | null;
  /** How many records have come since the day as known on which this is drawn. */
  since(view: View): string;
}

export class Panel {
  private picture: Picture | null = null;
  private hotspots: Hotspots | null = null;
  /** What became of the letters with the last test; "" where nothing did. */
  letters = "";
  /** The place last looked at, until the list of all of them is there again. */
  private left: Selection | null = null;

  constructor(
    private readonly parts: PageParts,
    private readonly wishes: PanelWishes,
  ) {}

  know(picture: Picture | null, hotspots: Hotspots | null): void {
    this.picture = picture;
    this.hotspots = hotspots;
  }

  /** Before the first answer: where we are, and that it is being counted. */
  wait(view: View): void {
    const { frame, names, choices } = this.parts;
    const { selected, within } = view;
    const title = selected ? this.title(selected, null) : within ? names.of(within) : choices.county;
    showWaiting(frame.evidence, title, null);
  }

  spot(selection: Selection | null): Hotspot | null {
    if (selection?.kind !== "hotspot") return null;
    return this.hotspots?.hotspots.find((h) => h.id === selection.id) ?? null;
  }

  overview(view: View): void {
    if (!this.picture) return;
    const { parts } = this;
    const { frame, choices, names } = parts;
    const meeting = { ...parts.asker.dated(meetingView(choices.has_streets)), shown: view.shown };
    const where = view.within ? names.of(view.within) : choices.county;
    const choose = (id: number) => this.wishes.choose({ kind: "hotspot", id });
    const compare = (background: Background) => parts.store.act({ type: "background", background });
    const inside = this.hasKeyboard();
    showOverview(frame.evidence, {
      where,
      picture: this.picture,
      hotspots: this.hotspots,
      choices,
      kept: view.agencies,
      choose,
      aside: [
        this.letters ? h("p", { class: "letters-changed" }, this.letters) : null,
        this.wishes.compared(view, null),
        sinceThen(this.wishes.since(view)),
      ],
      background: view.background,
      compare,
      lettered: asksForMeeting(parts.asker.dated(view), meeting),
      meeting: () => parts.store.act({ type: "step", view: meeting }),
    });
    if (inside && !this.hasKeyboard()) this.giveBack();
    if (this.hotspots) this.left = null;
    this.wishes.overviewed(view, this.hotspots);
  }

  selection(view: View, selected: Selection): void {
    const panel = this.parts.frame.evidence;
    const spot = this.spot(selected);
    const inside = this.hasKeyboard();
    this.left = selected;
    this.letters = "";
    showWaiting(panel, this.title(selected, spot), spot?.letter ?? null);
    if (inside) focusOn(panel.querySelector(".place-name"));
    this.parts.asker
      .evidence(view, selected)
      .then((evidence) => {
        if (!evidence) return;
        const still = this.hasKeyboard();
        this.tell(view, selected, evidence, spot);
        if (still) focusOn(panel.querySelector(".place-name"));
      })
      .catch((error) => this.wishes.failed(error, () => this.selection(view, selected)));
  }

  private hasKeyboard(): boolean {
    return this.parts.frame.evidence.contains(document.activeElement);
  }

  /** Back from a place to all of them: the keyboard to the place it came from, else to the name on top. */
  private giveBack(): void {
    const { evidence } = this.parts.frame;
    const { left } = this;
    const row = left?.kind === "hotspot" ? evidence.querySelector(`[data-key="spot-${left.id}"]`) : null;
    if (!focusOn(row)) focusOn(evidence.querySelector(".place-name"));
    row?.scrollIntoView({ block: "nearest" });
  }

  private title(selected: Selection, spot: Hotspot | null): string {
    if (selected.kind === "hotspot") return spot?.name ?? "Hotspot";
    return selected.level === "cell" ? "Hexagon" : this.parts.names.of(selected.code);
  }

  private tell(view: View, selected: Selection, answer: Evidence, spot: Hotspot | null): void {
    const evidence = this.wishes.withSilence(answer, selected, spot);
    const { from, to } = this.parts.asker.dated(view);
    const told = {
      letter: spot?.letter ?? null,
      period: [from, to] as [string, string],
      compared: this.wishes.compared(view, selected),
      behind: spot ? behindSentences(spot, this.parts.choices.agencies.length) : this.people(selected),
    };
    const close = () => this.parts.store.act({ type: "select", selection: null });
    const primary = this.primary(view, selected, spot);
    const second = this.second(selected);
    showEvidence(this.parts.frame.evidence, evidence, told, { primary, second, close });
    this.wishes.told(view, selected, evidence, spot);
    const letter = spot ? `${spot.letter}, ` : "";
    const much = evidence.count === null ? "withheld" : tellings(evidence.count, evidence.counted);
    announce(`${letter}${evidence.title}, ${much}`);
  }

  /** Of a unit, where people are what the map is coloured by. */
  private people(selected: Selection): string[] {
    const units = this.picture?.units;
    if (selected.kind !== "unit" || !units?.people) return [];
    const k = units.code.indexOf(selected.code);
    if (k < 0) return [];
    const words = peopleWords(units.people_least?.[k], units.people_most?.[k], selected.level);
    return [units.people_least?.[k] ? `${sentenceCase(words)}.` : `How many people: ${words}.`];
  }

  /** A ward opens on hexagons, or on its streets. */
  private second(selected: Selection) {
    const ward = selected.kind === "unit" && selected.level === "ward" && this.parts.choices.has_streets;
    if (!ward) return null;
    return { words: "See its streets", press: () => this.wishes.drill(selected.code, "ward", "street") };
  }

  private primary(view: View, selected: Selection, spot: Hotspot | null) {
    const inside = selected.kind === "unit" ? INSIDE[selected.level] : undefined;
    if (selected.kind === "unit" && inside)
      return { words: inside.words, press: () => this.wishes.drill(selected.code, selected.level) };
    if (!this.parts.choices.has_streets || view.level === "street") return null;
    return { words: "Street level", press: () => this.wishes.toStreets(spot) };
  }
}

function sinceThen(words: string): HTMLElement | null {
  return words ? section("What was known then", h("p", { class: "verdict" }, words)) : null;
}
