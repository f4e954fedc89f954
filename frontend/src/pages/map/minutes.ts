// Minutes beside the map: which meeting is on, what is written of the chosen place, and what is said now.

import { AskError, ask, tell } from "../../api/ask";
import { aboutOf, aboutQuery, type Meanwhile, type MinuteOffered, meanwhileOf } from "../../state/minute";
import { announce, fill, h } from "../dom";
import { readBy } from "./decide_form";
import type { Frame } from "./layout";

interface Kept {
  version: number;
  place: { name: string; opened: boolean };
  stands: string;
}

/** What the map has chosen, as the server's question names it; null where a minute can be of no such thing. */
export interface MinuteWishes {
  chosen(): URLSearchParams | null;
  decide: (() => void) | null;
}

export class Minutes {
  private readonly api: string | null;
  private readonly element = h("section", { class: "decide minutes", "aria-label": "Minutes", hidden: true });
  /** Words not saved yet, by what they are about: closing the panel loses none. */
  private readonly drafts = new Map<string, string>();
  private chosen: URLSearchParams | null = null;
  private about = "";
  private meeting: number | null = null;
  private offered: MinuteOffered | null = null;
  private saving = false;
  private back: Element | null = null;

  constructor(
    private readonly frame: Frame,
    private readonly wishes: MinuteWishes,
  ) {
    const app = frame.centre.parentElement;
    this.api = app?.dataset.minutes ?? null;
    if (!this.api) return;
    app?.append(this.element);
    this.element.addEventListener("keydown", (event) => this.pressed(event));
    frame.crumbs.parentElement?.append(this.strip(app?.dataset.meetingOn ?? ""));
  }

  /** A place is told: its panel has the button. */
  offer(): void {
    if (!this.api) return;
    const buttons = this.frame.evidence.querySelector(".panel-buttons");
    const decide = buttons?.querySelector(".decide-button");
    const button = this.key("minute-button", "Minute");
    if (decide) decide.after(button);
    else buttons?.append(button);
  }

  /** `M`, or a button. */
  open(): void {
    if (!this.api || !this.element.hidden) return;
    this.back = document.activeElement;
    this.chosen = this.wishes.chosen();
    this.about = "";
    this.meeting = null;
    this.show(true);
    fill(this.element, h("h2", { tabindex: -1 }, "Minutes"), h("p", {}, "A moment…"));
    this.learn();
  }

  private strip(words: string): HTMLElement {
    return h("div", { class: "meeting-on" }, h("span", {}, h("b", {}, words)), this.key("", "Minutes"));
  }

  private key(named: string, words: string): HTMLElement {
    return h(
      "button",
      {
        type: "button",
        class: `button secondary keyed ${named}`,
        onclick: () => this.open(),
        "aria-keyshortcuts": "M",
      },
      words,
      h("kbd", { "aria-hidden": "true" }, "M"),
    );
  }

  private get query(): string {
    return aboutQuery(this.about, this.chosen, this.meeting);
  }

  private learn(): void {
    const { query } = this;
    ask<MinuteOffered>(`${this.api}/new`, new URLSearchParams(query))
      .then((offered) => {
        if (query !== this.query || this.element.hidden) return;
        this.offered = offered;
        this.draw(offered);
      })
      .catch((error: unknown) => this.trouble(error));
  }

  private show(open: boolean): void {
    this.element.hidden = !open;
    this.frame.evidence.inert = open;
    if (open) return;
    fill(this.element);
    const there = this.back instanceof HTMLElement && this.back.isConnected && this.back !== document.body;
    const name = this.frame.evidence.querySelector<HTMLElement>(".place-name");
    (there ? (this.back as HTMLElement) : name)?.focus();
  }

  private pressed(event: KeyboardEvent): void {
    if (event.key === "Escape") {
      event.preventDefault();
      event.stopPropagation();
      this.show(false);
    } else if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      void this.save();
    }
  }

  private draw(offered: MinuteOffered): void {
    const form = h("form", { class: "decide-form", novalidate: true });
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      void this.save();
    });
    const draft = this.drafts.get(this.query);
    const text = h(
      "textarea",
      { name: "text", rows: 7, maxlength: 4000, "aria-describedby": "minute-hint minute-trouble" },
      draft ?? offered.text,
    );
    text.addEventListener("input", () => this.keep(text.value));
    fill(
      form,
      h("p", { class: "minutes-choices" }, this.meetings(offered), this.abouts(offered)),
      readBy(offered.read_by, "An item of the agenda, under About, names no place."),
      h("label", { class: "decide-line" }, "What is said", text),
      h("p", { class: "decide-trouble", id: "minute-trouble", role: "alert" }),
      h("p", { class: "hint", id: "minute-hint" }, "Roles, agencies and places; nobody’s name."),
      this.buttons(),
      h("p", { class: "hint minutes-saved", role: "status" }, draft === undefined ? "" : "Not saved yet."),
    );
    fill(this.element, this.header(offered), form, lost(offered), before(offered));
    text.focus();
    text.setSelectionRange(text.value.length, text.value.length);
  }

  private header({ name, meetings, meeting, item, stands, about_place }: MinuteOffered): HTMLElement {
    const words = meetings.find((one) => one.number === meeting)?.words ?? "";
    const under = item === null ? "A place taken up besides the agenda." : `Stands under ${stands}.`;
    const where = about_place ? under : "An item of the agenda.";
    return h(
      "header",
      { class: "place" },
      h("div", {}, h("p", { class: "hint" }, "Minutes of"), h("h2", {}, name)),
      h(
        "p",
        { class: "hint decide-by" },
        h("a", { href: `/meetings/${meeting}/` }, words),
        h("br"),
        h("span", { class: "minutes-stands" }, where),
      ),
    );
  }

  private meetings({ meetings, meeting }: MinuteOffered): HTMLElement | false {
    if (meetings.length < 2) return false;
    const options = meetings.map(({ number, words }) =>
      h("option", { value: number, selected: number === meeting }, words),
    );
    const select = h("select", { name: "meeting" }, ...options);
    select.addEventListener("change", () => {
      this.meeting = Number(select.value);
      if (this.about.startsWith("item:")) this.about = "";
      this.learn();
    });
    return h("label", {}, "Meeting", select);
  }

  private abouts(offered: MinuteOffered): HTMLElement {
    const now = aboutOf(this.about, offered);
    const option = (value: string, words: string) => h("option", { value, selected: value === now }, words);
    const group = (label: string, options: HTMLElement[]) =>
      options.length > 0 && h("optgroup", { label }, ...options);
    const select = h(
      "select",
      { name: "about" },
      this.chosen &&
        option("chosen", now === "chosen" ? `${offered.name} (on the map)` : "What is chosen on the map"),
    );
    select.append(
      ...[
        group(
          "Agenda",
          offered.agenda.map((one) => option(`item:${one.number}`, one.words)),
        ),
        group(
          "Named places",
          offered.places.map((one) => option(`place:${one.number}`, one.name)),
        ),
      ].filter((one) => one !== false),
    );
    select.addEventListener("change", () => {
      this.about = select.value === "chosen" ? "" : select.value;
      this.learn();
    });
    return h("label", {}, "About", select);
  }

  private buttons(): HTMLElement {
    const { decide } = this.wishes;
    const decided = () => {
      this.show(false);
      decide?.();
    };
    return h(
      "div",
      { class: "decide-buttons" },
      h("button", { class: "button" }, "Save minute"),
      h("span", { class: "hint", "aria-hidden": "true" }, h("kbd", {}, "Ctrl"), " ", h("kbd", {}, "Enter")),
      this.chosen?.has("letter") &&
        h("button", { type: "button", class: "button secondary", onclick: decided }, "Decide on it"),
      h("button", { type: "button", class: "button link", onclick: () => this.show(false) }, "Close"),
    );
  }

  private keep(words: string): void {
    if (words === this.offered?.text) this.drafts.delete(this.query);
    else this.drafts.set(this.query, words);
    this.say(".minutes-saved", "");
  }

  private async save(version = this.offered?.version ?? 0): Promise<void> {
    const text = this.element.querySelector<HTMLTextAreaElement>("textarea[name=text]");
    const { offered, query } = this;
    if (!offered || !text || this.saving) return;
    const words = text.value;
    this.saving = true;
    try {
      const kept = (await tell(`${this.api}`, { query, text: words, version })) as Kept;
      this.saved(kept, words, query);
    } catch (error) {
      const meanwhile = error instanceof AskError ? meanwhileOf(error.status, error.told) : null;
      if (meanwhile) this.both(meanwhile, text);
      else this.say(".decide-trouble", error instanceof Error ? error.message : "It was not saved.");
      text.setAttribute("aria-invalid", "true");
    } finally {
      this.saving = false;
    }
  }

  private saved(kept: Kept, words: string, query: string): void {
    const text = this.element.querySelector<HTMLTextAreaElement>("textarea[name=text]");
    this.drafts.delete(query);
    if (query !== this.query || !this.offered || !text) return;
    this.offered = { ...this.offered, text: words, version: kept.version };
    // what was typed while it was being saved is not saved
    if (text.value !== words) this.drafts.set(query, text.value);
    text.removeAttribute("aria-invalid");
    this.element.querySelector(".minutes-both")?.remove();
    const time = new Date().toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" });
    const opened = kept.place.opened ? `, and the place ${kept.place.name} is opened` : "";
    const said = `Saved at ${time}${opened}. It stands under “${kept.stands}”.`;
    this.say(".decide-trouble", "");
    this.say(".minutes-saved", said);
    announce(said);
  }

  /** Somebody wrote meanwhile: what is saved now stands over what was typed, and nothing of either is lost. */
  private both({ now, version }: Meanwhile, text: HTMLTextAreaElement): void {
    this.element.querySelector(".minutes-both")?.remove();
    this.say(".decide-trouble", "Someone changed this while you were writing. Here are both.");
    const take = () => {
      text.value = now;
      if (this.offered) this.offered = { ...this.offered, text: now, version };
      this.drafts.delete(this.query);
      this.element.querySelector(".minutes-both")?.remove();
      this.say(".decide-trouble", "");
      text.focus();
    };
    const both = h(
      "div",
      { class: "minutes-both" },
      h("h3", {}, "As it is saved now"),
      h("p", { class: "minutes-text" }, now || "Nothing: it was taken away."),
      h(
        "div",
        { class: "decide-buttons" },
        h(
          "button",
          { type: "button", class: "button", onclick: () => void this.save(version) },
          "Save what I wrote",
        ),
        h("button", { type: "button", class: "button secondary", onclick: take }, "Take what is saved"),
      ),
      h("h3", {}, "What you wrote"),
    );
    text.closest("label")?.before(both);
    both.querySelector<HTMLElement>("button")?.focus();
  }

  private say(where: string, words: string): void {
    this.element.querySelector(where)?.replaceChildren(words);
  }

  private trouble(error: unknown): void {
    const words = error instanceof Error ? error.message : "The minutes could not be opened.";
    const close = h("button", { type: "button", class: "button", onclick: () => this.show(false) }, "Close");
    fill(this.element, h("p", { role: "alert" }, words), close);
    close.focus();
  }
}

/** Places that the list had at the freeze, struck, with why. */
function lost({ lost: told }: MinuteOffered): HTMLElement | null {
  if (told.length === 0) return null;
  const rows = told.map((one) =>
    h("li", {}, h("b", {}, `${one.letter} `), h("s", {}, one.name), " ", h("span", {}, one.why)),
  );
  return h(
    "section",
    { class: "decide-open" },
    h("h3", {}, "On the list at the freeze"),
    h("ul", {}, ...rows),
  );
}

/** What other items and meetings said of the place. */
function before({ before: told }: MinuteOffered): HTMLElement | null {
  if (told.length === 0) return null;
  const rows = told.map((one) => h("li", {}, h("b", {}, `${one.words}. `), one.text));
  return h("section", { class: "decide-open" }, h("h3", {}, "Minuted here before"), h("ul", {}, ...rows));
}
