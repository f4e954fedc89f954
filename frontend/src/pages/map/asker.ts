// The questions of the map page: the picture first, then hotspots; evidence beside them. The newest wins.

import { getResolution } from "h3-js";
import type { Choices, Evidence, Hotspots, Picture, Shapes } from "../../api/answers";
import { ask, Latest } from "../../api/ask";
import { lastYear } from "../../state/brush";
import { pictureParams, questionParams, testParams } from "../../state/url";
import type { Selection, View } from "../../state/view";

/** Hotspots are tested at one resolution whatever is drawn, so that a letter stays with its place. */
export const TESTED_RESOLUTION = 9;

/** A picture under way is waited for this long before a newer one is asked for: a server works on what nobody awaits. */
const ONE_AT_A_TIME_MS = 600;

/** Someone who presses three filters in a row asks for one test, not three. */
const BEFORE_TEST_MS = 200;

export class Asker {
  private readonly pictures = new Latest();
  private readonly evidences = new Latest();
  private readonly names = new Latest();
  private underWay: Promise<unknown> = Promise.resolve();
  private lastTest: { question: string; hotspots: Hotspots } | null = null;

  constructor(
    readonly api: string,
    private readonly choices: Choices,
  ) {}

  /** The view with the default year put in where it names none. */
  dated(view: View): View & { from: string; to: string } {
    const year = lastYear(this.choices.period, new Date().toISOString().slice(0, 10));
    return { ...view, from: view.from ?? year.from, to: view.to ?? year.to };
  }

  params(view: View, level: string): URLSearchParams {
    return questionParams(this.dated(view), level);
  }

  private ofPicture(view: View, level: string): URLSearchParams {
    return pictureParams(this.dated(view), level);
  }

  testedLevel(view: View): string {
    return view.level === "street" && this.choices.street_kind === "segment"
      ? "street"
      : `cell:${TESTED_RESOLUTION}`;
  }

  /**
   * Ask for the picture, hand it over, then, once it is painted, ask for the hotspots; all given up when a newer view
   * comes. Of pictures one at a time is asked for: whoever drags asks for the newest once the one before has come.
   */
  async picture(
    view: View,
    level: string,
    arrived: (picture: Picture) => Promise<void>,
  ): Promise<Hotspots | null> {
    return this.pictures.run(async (signal) => {
      await Promise.race([this.underWay, pause(ONE_AT_A_TIME_MS)]);
      if (signal.aborted) throw signal.reason;
      const asking = ask<Picture>(`${this.api}/picture`, this.ofPicture(view, level));
      this.underWay = asking.catch(() => null);
      const picture = await asking;
      if (signal.aborted) throw signal.reason;
      await arrived(picture);
      if (!this.tested(view)) await pause(BEFORE_TEST_MS);
      if (signal.aborted) throw signal.reason;
      return this.hotspots(view, signal);
    });
  }

  /** The same picture with its units named, which the table needs and the map does not. */
  named(view: View, level: string): Promise<Picture | null> {
    const params = this.ofPicture(view, level);
    params.set("names", "yes");
    return this.names.run((signal) => ask<Picture>(`${this.api}/picture`, params, signal));
  }

  /** The last test made, if it answers this view too: zooming asks for other hexagons, not for another test. */
  tested(view: View): Hotspots | null {
    return this.lastTest?.question === this.testQuestion(view).toString() ? this.lastTest.hotspots : null;
  }

  private async hotspots(view: View, signal: AbortSignal): Promise<Hotspots> {
    const known = this.tested(view);
    if (known) return known;
    const question = this.testQuestion(view);
    const hotspots = await ask<Hotspots>(`${this.api}/hotspots`, question, signal);
    this.lastTest = { question: question.toString(), hotspots };
    return hotspots;
  }

  /** The question of the test that the hotspots on the map passed. */
  testQuestion(view: View): URLSearchParams {
    return testParams(this.dated(view), this.testedLevel(view));
  }

  evidence(view: View, selection: Selection): Promise<Evidence | null> {
    const params = testParams(this.dated(view), this.levelOf(view, selection));
    if (selection.kind === "hotspot") params.set("hotspot", String(selection.id));
    else params.set("unit", selection.code);
    return this.evidences.run((signal) => ask<Evidence>(`${this.api}/evidence`, params, signal));
  }

  shapes(level: "district" | "ward"): Promise<Shapes> {
    return ask<Shapes>(`${this.api}/shapes/${level}`);
  }

  private levelOf(view: View, selection: Selection): string {
    if (selection.kind === "hotspot") return this.testedLevel(view);
    return selection.level === "cell" ? `cell:${getResolution(selection.code)}` : selection.level;
  }
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => window.setTimeout(resolve, ms));
}
