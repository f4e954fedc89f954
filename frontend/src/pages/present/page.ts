// The presentation: one answer, a slide at a time, the map flying under it; frozen by a press, it asks no more.

import { ask } from "../../api/ask";
import { RoomMap } from "../../map/room";
import { keepBasemap } from "../../map/stage";
import {
  differs,
  type Frozen,
  frozenFrom,
  frozenQuery,
  frozenWords,
  keyLeads,
  type Present,
  presentQuery,
  printOf,
  type Slide,
  slidesOf,
  spokenOf,
  titleOf,
} from "../../state/present";
import { announce, fill, h } from "../dom";
import { onThemeChange, themeNow } from "../theme";
import { slideOf } from "./slides";

const LOOK_AGAIN_MS = 2000;
/** Until it is frozen, a picture older than this is asked for again when a slide is turned. */
const FRESH_MS = 60_000;
const narrow = window.matchMedia("(max-width: 900px)");

export interface PresentParts {
  app: HTMLElement;
  api: string;
  quadrant: string;
  leave: string;
  marking: string;
  /** Where the meeting is that is frozen, and what its stamp says; both empty where none is. */
  meeting: string;
  meetingWords: string;
  meetingNumber: string;
  /** Begin with what that meeting kept. */
  asFrozen: boolean;
}

export class PresentPage {
  private told: Present | null = null;
  private slides: Slide[] = [];
  private at = 0;
  private frozen: Frozen | null = null;
  private note = "";
  private askedAt = 0;
  private asking = false;
  private asFrozen: boolean;
  private map: RoomMap | null = null;
  private readonly panel = h("div", { class: "present-panel" });
  private readonly holder = h("div", { class: "present-map", "aria-hidden": "true" });
  private readonly bar = h("footer", { class: "present-bar" });
  private readonly stamp = h("div", { class: "present-stamp", role: "status" });
  private readonly keyed = h("p", { class: "present-key", "aria-hidden": "true" });

  constructor(private readonly parts: PresentParts) {
    this.asFrozen = parts.asFrozen;
    document.addEventListener("keydown", (event) => this.key(event));
    document.addEventListener("fullscreenchange", () => this.drawBar());
    window.addEventListener("resize", () => {
      this.fit();
      this.map?.resize();
    });
    onThemeChange(() => this.drawBar());
  }

  async begin(): Promise<void> {
    const kept = frozenFrom(location.search);
    const told = await this.whole();
    this.take(told);
    if (kept) await this.restore(kept, told);
    this.frame();
    this.turn(placeKept());
  }

  /** The same picture as was frozen is frozen still; any other is shown as it is now, and said to differ. */
  private async restore(kept: Frozen, told: Present): Promise<void> {
    this.note = differs(kept, told);
    if (!this.note) {
      await this.keepGround(told);
      this.frozen = kept;
    }
  }

  private get asked(): URLSearchParams {
    return presentQuery(this.parts.quadrant, this.parts.meetingNumber, this.asFrozen);
  }

  /** Between what the meeting kept and what is known today; the slide of the same place, where both have it. */
  private async turnTo(asFrozen: boolean): Promise<void> {
    const before = this.slides[this.at];
    const was = this.asFrozen;
    this.asFrozen = asFrozen;
    this.frozen = null;
    this.stamp.textContent = "A moment…";
    try {
      const told = await this.whole();
      this.note = "";
      this.take(told);
      this.writeAddress();
      this.drawMap();
      const same = this.slides.findIndex((one) => before && titleOf(one) === titleOf(before));
      this.at = Math.max(same, 0);
    } catch (error) {
      this.asFrozen = was;
      this.note = `Not shown: ${error instanceof Error ? error.message : "no answer"}`;
    }
    this.show();
  }

  /** Waits until everything the slides rest on is worked out. */
  private async whole(): Promise<Present> {
    const params = this.asked;
    for (;;) {
      const answer = await ask<Present & { run?: string; sentence?: string }>(
        `${this.parts.api}/present`,
        params,
      );
      if (!answer.run && answer.runs.length === 0) return answer;
      if (!answer.run && this.told) return answer;
      const words = answer.sentence ?? "The picture is being worked out for the first time.";
      this.waiting(`${words} This page looks again by itself.`);
      await new Promise((resolve) => window.setTimeout(resolve, LOOK_AGAIN_MS));
    }
  }

  private waiting(words: string): void {
    const told = h("p", { class: "present-waiting", role: "status" }, words);
    fill(this.parts.app, h("h1", { class: "present-waiting" }, "To the room"), told, this.leaveLink());
  }

  private take(told: Present): void {
    this.told = told;
    this.slides = slidesOf(told);
    this.askedAt = Date.now();
  }

  private frame(): void {
    const { app, marking, meeting, meetingWords } = this.parts;
    const stamped = meeting !== "" && h("a", { class: "present-meeting", href: meeting }, meetingWords);
    fill(
      app,
      this.holder,
      this.keyed,
      this.panel,
      h("div", { class: "present-top" }, this.stamp, stamped, h("strong", { class: "marking" }, marking)),
      this.bar,
    );
    this.drawMap();
  }

  private drawMap(): void {
    if (!this.told) return;
    if (this.map) {
      void this.map.retell(this.told);
      return;
    }
    try {
      this.map = new RoomMap(this.holder, this.told, () => (narrow.matches ? 20 : this.panel.clientWidth));
    } catch (error) {
      console.warn(error);
      this.parts.app.classList.add("is-mapless");
    }
    fill(this.keyed, "fewer ", ...[1, 2, 3, 4, 5, 6].map((k) => h("i", { class: `count-${k}` })), " more");
  }

  private key(event: KeyboardEvent): void {
    const plain = !event.ctrlKey && !event.metaKey && !event.altKey;
    const pressing = event.target instanceof HTMLElement && event.target.closest("button, summary, a");
    if (!plain || !this.told || (pressing && (event.key === " " || event.key === "Enter"))) return;
    const leads = keyLeads(event.key, this.at, this.slides);
    if (leads === null) return;
    event.preventDefault();
    if (leads === "leave") this.leave();
    else this.turn(leads);
  }

  private turn(to: number): void {
    this.at = Math.min(Math.max(to, 0), this.slides.length - 1);
    this.show();
    const moves = !this.frozen && !this.told?.about.frozen;
    if (moves && Date.now() - this.askedAt > FRESH_MS) void this.refresh();
  }

  /** Only a picture that is not frozen follows what is known now. */
  private async refresh(): Promise<void> {
    if (this.asking) return;
    this.asking = true;
    try {
      const told = await this.whole();
      if (this.frozen || !this.told) return;
      const same = printOf(told) === printOf(this.told);
      this.take(told);
      if (same) return;
      this.drawMap();
      this.at = Math.min(this.at, this.slides.length - 1);
      this.show();
    } catch (error) {
      this.note = `The picture could not be asked for again: ${error instanceof Error ? error.message : "no answer"} What is shown is as it was.`;
      this.drawStamp();
    } finally {
      this.asking = false;
    }
  }

  /** The question stands last and is never cut off: where the whole finds no room, it is set one step smaller, or two. */
  private fit(): void {
    this.panel.classList.remove("is-tight", "is-tighter");
    for (const step of ["is-tight", "is-tighter"]) {
      if (this.panel.scrollHeight <= this.panel.clientHeight) return;
      this.panel.classList.add(step);
    }
  }

  private show(): void {
    const slide = this.slides[this.at];
    if (!slide || !this.told) return;
    fill(this.panel, slideOf(slide, this.told));
    this.panel.scrollTop = 0;
    this.parts.app.classList.toggle("is-wide", slide.kind !== "place");
    this.fit();
    document.title = `${titleOf(slide)} · Trigpoint`;
    if (slide.kind === "place") void this.map?.show(slide.place);
    this.drawStamp();
    this.drawBar();
    announce(spokenOf(this.slides, this.at));
    keepPlace(this.at);
  }

  /** Everything is fetched now; from then on the page asks the server nothing. */
  private async freeze(): Promise<void> {
    this.stamp.textContent = "Freezing…";
    try {
      const told = await this.whole();
      await this.keepGround(told);
      this.take(told);
      this.note = "";
      this.frozen = { at: told.about.at, version: told.about.version, print: printOf(told) };
      this.writeAddress();
      this.drawMap();
    } catch (error) {
      this.note = `Not frozen: ${error instanceof Error ? error.message : "no answer"}`;
    }
    this.show();
  }

  private async keepGround(told: Present): Promise<void> {
    if (!told.about.basemap) return;
    const response = await fetch(told.about.basemap, { credentials: "same-origin" });
    if (!response.ok) throw new Error("the base map could not be fetched.");
    keepBasemap(told.about.basemap, await response.arrayBuffer());
  }

  private unfreeze(): void {
    this.frozen = null;
    this.writeAddress();
    this.askedAt = 0;
    this.turn(this.at);
  }

  private writeAddress(): void {
    history.replaceState(null, "", `${location.pathname}${frozenQuery(this.asked, this.frozen)}`);
  }

  private drawStamp(): void {
    const about = this.told?.about;
    const live = about?.frozen?.stamp ?? `Live, version ${about?.version ?? ""}`;
    const notes = [this.note, ...(about?.notes ?? [])].filter(Boolean);
    this.stamp.classList.toggle("is-frozen", this.frozen !== null || Boolean(about?.frozen));
    fill(
      this.stamp,
      h("span", { class: "stamp" }, this.frozen ? frozenWords(this.frozen) : live),
      ...notes.map((one) => h("p", { class: "stamp-note" }, one)),
    );
  }

  private drawBar(): void {
    if (!this.told) return;
    const letters = this.slides.map((slide, k) => this.jump(slide, k));
    const steps = h(
      "span",
      { class: "present-steps" },
      button("←", "Previous", () => this.turn(this.at - 1), this.at === 0),
      button("→", "Next", () => this.turn(this.at + 1), this.at === this.slides.length - 1),
    );
    const focused = document.activeElement?.getAttribute("data-key");
    fill(
      this.bar,
      h("nav", { class: "present-letters", "aria-label": "Slides" }, ...letters),
      h("span", { class: "present-count" }, `${this.at + 1} of ${this.slides.length}`),
      steps,
      h(
        "span",
        { class: "present-acts" },
        this.parts.meetingNumber !== "" &&
          button(
            this.asFrozen ? "As known today" : "As frozen",
            "Known",
            () => void this.turnTo(!this.asFrozen),
          ),
        this.asFrozen
          ? false
          : this.frozen
            ? button("Unfreeze", "Unfreeze", () => this.unfreeze())
            : button("Freeze the picture", "Freeze", () => void this.freeze()),
        document.fullscreenEnabled &&
          button(document.fullscreenElement ? "Leave full screen" : "Full screen", "Full screen", fullScreen),
        button(themeNow() === "dark" ? "Light" : "Dark", "Colours", otherColours),
        this.leaveLink(),
      ),
      h("p", { class: "present-not-shown" }, this.told.not_shown),
    );
    if (focused) this.bar.querySelector<HTMLElement>(`[data-key="${CSS.escape(focused)}"]`)?.focus();
  }

  private jump(slide: Slide, k: number): HTMLElement {
    const here = k === this.at;
    const place = slide.kind === "place";
    const words = place
      ? slide.place.letter
      : { questions: "Questions", changes: "Changed", health: "Who has sent", nothing: "Nothing" }[
          slide.kind
        ];
    const named = place ? `${slide.place.letter}, ${slide.place.name}` : words;
    return h(
      "button",
      {
        type: "button",
        class: place ? "letter" : "letter is-words",
        "aria-current": here ? "true" : null,
        "aria-label": named,
        "data-key": `slide-${k}`,
        onclick: () => this.turn(k),
      },
      words,
    );
  }

  private leaveLink(): HTMLElement {
    return h("a", { class: "present-act", href: this.parts.leave }, "Leave");
  }

  private leave(): void {
    if (document.fullscreenElement) void document.exitFullscreen();
    else location.assign(this.parts.leave);
  }
}

function button(words: string, name: string, press: () => void, disabled = false): HTMLElement {
  return h(
    "button",
    {
      type: "button",
      class: "present-act",
      "data-key": name,
      "aria-label": words.length < 2 ? name : null,
      "aria-disabled": disabled ? "true" : null,
      onclick: press,
    },
    words,
  );
}

const KEPT = "trigpoint-slide";

/** Which slide, so that a reload comes back to it; a number, and nothing of what it says. */
function keepPlace(at: number): void {
  try {
    sessionStorage.setItem(KEPT, String(at));
  } catch {
    // A browser may forbid storage; a reload then begins with the first slide.
  }
}

function placeKept(): number {
  try {
    return performance.getEntriesByType("navigation").some((one) => "type" in one && one.type === "reload")
      ? Number(sessionStorage.getItem(KEPT) ?? 0)
      : 0;
  } catch {
    return 0;
  }
}

function fullScreen(): void {
  if (document.fullscreenElement) void document.exitFullscreen();
  else document.documentElement.requestFullscreen().catch((error: unknown) => console.warn(error));
}

/** For this presentation alone: what the reader chose for the other pages stays. */
function otherColours(): void {
  document.documentElement.dataset.theme = themeNow() === "dark" ? "light" : "dark";
  document.dispatchEvent(new Event("trigpoint:theme"));
}
