// A decision on the chosen hotspot, written beside the map: one sentence with blanks, by keyboard from end to end.

import type { CodedCount, Evidence, Hotspot } from "../../api/answers";
import { ask, Latest, tell } from "../../api/ask";
import { askWaiting } from "../../api/waited";
import {
  begun,
  type Draft,
  missing,
  type Offered,
  sent,
  WORDED,
  type Worded,
  withKind,
  worded,
} from "../../state/decision";
import type { View } from "../../state/view";
import { announce, fill, h } from "../dom";
import type { PageParts } from "./page";

interface Saved {
  number: number;
  /** What was kept, who does it and by when. */
  words: string;
  place: { number: number; name: string; opened: boolean };
  meeting: number | null;
}
interface Chosen {
  spot: Hotspot;
  /** The map's question with the hotspot's letter. */
  query: URLSearchParams;
  reports: readonly CodedCount[];
}

export class Decide {
  private readonly api: string | null;
  private readonly element = h("section", { class: "decide", "aria-label": "Decision", hidden: true });
  private readonly seen = new Latest();
  private chosen: Chosen | null = null;
  private offered: Offered | null = null;
  private draft: Draft | null = null;
  private saving = false;

  constructor(private readonly parts: Pick<PageParts, "frame" | "asker" | "choices">) {
    const app = parts.frame.centre.parentElement;
    this.api = app?.dataset.decide ?? null;
    if (!this.api) return;
    app?.append(this.element);
    this.element.addEventListener("keydown", (event) => this.pressed(event));
    document.body.addEventListener("keydown", (event) => this.left(event));
  }

  /** Whether the reader may decide at all. */
  get may(): boolean {
    return this.api !== null;
  }

  /** A place is told: where it is a hotspot and the reader may decide, its panel has the button. */
  offer(view: View, evidence: Evidence, spot: Hotspot | null): void {
    this.chosen = null;
    if (!this.api || !spot) return;
    const query = this.parts.asker.testQuestion(view);
    query.set("letter", spot.letter);
    this.chosen = { spot, query, reports: evidence.agencies };
    const button = h(
      "button",
      {
        type: "button",
        class: "button keyed decide-button",
        onclick: () => this.open(),
        "aria-keyshortcuts": "D",
      },
      "Decide",
      h("kbd", { "aria-hidden": "true" }, "D"),
    );
    this.parts.frame.evidence.querySelector(".panel-buttons")?.prepend(button);
  }

  /** `D`, or the button. Nothing where no hotspot is chosen. */
  open(): void {
    const { chosen, api } = this;
    if (!chosen || !api || !this.element.hidden) return;
    this.show(true);
    fill(this.element, h("h2", { tabindex: -1 }, `Decision on ${chosen.spot.name}`), h("p", {}, "A moment…"));
    ask<Offered>(`${api}/new`, chosen.query)
      .then((offered) => {
        this.offered = offered;
        this.draft = begun(offered, chosen.reports);
        this.draw(chosen, offered);
        this.askSeen(chosen);
      })
      .catch((error: unknown) => this.trouble(error));
  }

  private show(open: boolean): void {
    this.element.hidden = !open;
    this.parts.frame.evidence.inert = open;
    if (!open) this.parts.frame.evidence.querySelector<HTMLElement>(".decide-button, .place-name")?.focus();
  }

  private close(): void {
    this.draft = null;
    this.show(false);
  }

  private pressed(event: KeyboardEvent): void {
    if (event.key === "Escape") {
      event.preventDefault();
      event.stopPropagation();
      this.close();
    } else if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      void this.save();
    }
  }

  /** Escape closes it from wherever Tab has led to, before it means anything else there. */
  private left(event: KeyboardEvent): void {
    if (this.element.hidden || event.key !== "Escape" || event.defaultPrevented) return;
    event.preventDefault();
    this.close();
  }

  private draw({ spot }: Chosen, offered: Offered): void {
    const form = h("form", { class: "decide-form", novalidate: true });
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      void this.save();
    });
    const header = h(
      "header",
      { class: "place" },
      h("span", { class: "plate s36", "aria-hidden": "true" }, spot.letter),
      h("div", {}, h("p", { class: "hint" }, "Decision on"), h("h2", {}, offered.place.name)),
      h("p", { class: "hint decide-by" }, this.savedTo(offered)),
    );
    fill(
      form,
      this.whichPlace(offered),
      this.blanks(offered),
      h("p", { class: "decide-trouble", id: "decide-trouble", role: "alert" }),
    );
    form.append(this.buttons(offered));
    fill(this.element, header, form, this.openThere(offered));
    form.querySelector<HTMLElement>(this.draft?.none ? "[name=because]" : "[name=agency]")?.focus();
  }

  /** Where open places lie on the same ground: one of them, or another that is opened beside them. */
  private whichPlace({ place, beside }: Offered): HTMLElement | null {
    if (beside.length === 0) return null;
    const chosen = this.draft?.place ?? null;
    const option = (value: number | null, words: string) =>
      h("option", { value: value === null ? "" : String(value), selected: value === chosen }, words);
    const options = beside.map((one) => option(one.number, `${one.name}, which is open on the same ground`));
    const select = this.select(
      "place",
      "Which place",
      [option(null, `${place.name}, as a place of its own`), ...options],
      (value) => {
        if (this.draft) this.draft = { ...this.draft, place: value ? Number(value) : null };
      },
    );
    return h("label", { class: "decide-line" }, "Which place", select);
  }

  private savedTo({ meeting }: Offered): string {
    if (!meeting) return "No meeting is planned: it is kept with its place.";
    return `Saved to the meeting of ${meeting.words}, minuted by role.`;
  }

  private blanks(offered: Offered): HTMLElement {
    const { draft } = this;
    if (!draft) throw new Error("no decision is being written");
    const name = h("strong", {}, offered.place.name);
    if (draft.none) {
      const because = this.text("because", "Why no action is taken", draft.because);
      return h(
        "div",
        { class: "decide-blanks" },
        h("p", { class: "decide-sentence" }, "No action at ", name, ", because"),
        because,
      );
    }
    const sentence = h(
      "p",
      { class: "decide-sentence" },
      this.agencies(draft),
      " will ",
      this.kinds(draft, offered),
      " at ",
      name,
      " by ",
      this.day(draft, offered),
    );
    return h(
      "div",
      { class: "decide-blanks" },
      sentence,
      this.line("what", "In these words", draft.what),
      this.line("expected", "What should change", draft.expected),
      this.line("seen", "How we shall see it", draft.seen),
      h(
        "p",
        { class: "decide-seen" },
        h("b", {}, "What we could detect. "),
        h("span", { "aria-live": "polite" }, "Being worked out…"),
      ),
    );
  }

  private agencies(draft: Draft): HTMLElement {
    const able = this.parts.choices.agencies.filter((one) => one.code !== "open_data");
    const options = able.map(({ code, name }) =>
      h("option", { value: code, selected: code === draft.agency }, name),
    );
    const none = h("option", { value: "", selected: !draft.agency }, "Which agency");
    return this.select("agency", "Agency", [none, ...options], (agency) => {
      if (this.draft) this.draft = { ...this.draft, agency };
    });
  }

  private kinds(draft: Draft, { kinds }: Offered): HTMLElement {
    const groups = [...new Set(kinds.map((one) => one.class))].map((label) => {
      const own = kinds.filter((one) => one.class === label);
      const options = own.map((one) =>
        h("option", { value: one.code, selected: one.code === draft.kind }, one.what),
      );
      return h("optgroup", { label }, ...options);
    });
    const none = h("option", { value: "", selected: !draft.kind }, "Choose what is to be done");
    return this.select("kind", "Action", [none, ...groups], (kind) => {
      if (this.draft) this.refill(withKind(this.draft, kind, kinds));
    });
  }

  private day(draft: Draft, { days }: Offered): HTMLElement {
    const input = h("input", {
      name: "due",
      class: "blank",
      "aria-label": "By which day: a date, or + weeks such as +2w",
      list: "decide-days",
      autocomplete: "off",
      value: draft.due,
      size: 17,
    });
    input.addEventListener("input", () => {
      if (this.draft) this.draft = { ...this.draft, due: input.value };
    });
    input.addEventListener("focus", () => input.select());
    const list = h("datalist", { id: "decide-days" });
    fill(list, ...days.map((one) => h("option", { value: one.words, label: `${one.words}, ${one.why}` })));
    return h("span", {}, input, list);
  }

  private select(name: string, label: string, options: HTMLElement[], changed: (value: string) => void) {
    const select = h("select", { name, class: "blank", "aria-label": label }, ...options);
    select.addEventListener("change", () => changed(select.value));
    return select;
  }

  private line(name: Worded, label: string, value: string): HTMLElement {
    const input = h("input", { name, value, maxlength: name === "what" ? 300 : 500, autocomplete: "off" });
    input.addEventListener("input", () => {
      if (this.draft) this.draft = worded(this.draft, name, input.value);
    });
    return h("label", { class: "decide-line" }, label, input);
  }

  private text(name: "because", label: string, value: string): HTMLElement {
    const input = h("textarea", { name, rows: 3, maxlength: 500 }, value);
    input.addEventListener("input", () => {
      if (this.draft) this.draft = { ...this.draft, [name]: input.value };
    });
    return h("label", { class: "decide-line" }, label, input);
  }

  private refill(draft: Draft): void {
    this.draft = draft;
    for (const name of WORDED) {
      const input = this.element.querySelector<HTMLInputElement>(`input[name=${name}]`);
      if (input) input.value = draft[name];
    }
  }

  private buttons(offered: Offered): HTMLElement {
    const none = this.draft?.none ?? false;
    const turn = () => {
      if (!this.draft || !this.chosen) return;
      this.draft = { ...this.draft, none: !none };
      this.draw(this.chosen, offered);
      if (!this.draft.none) this.askSeen(this.chosen);
    };
    return h(
      "div",
      { class: "decide-buttons" },
      h("button", { class: "button" }, "Save decision"),
      h("span", { class: "hint", "aria-hidden": "true" }, h("kbd", {}, "Ctrl"), " ", h("kbd", {}, "Enter")),
      h(
        "button",
        { type: "button", class: "button secondary", onclick: turn },
        none ? "An action after all" : "No action, because…",
      ),
      h("button", { type: "button", class: "button link", onclick: () => this.close() }, "Close"),
    );
  }

  private openThere({ open }: Offered): HTMLElement | null {
    if (open.length === 0) return null;
    const rows = open.map((one) =>
      h(
        "li",
        {},
        one.words,
        " ",
        h("b", { class: one.overdue ? "warn" : null }, one.overdue ? "Overdue." : `${one.state}.`),
      ),
    );
    return h("section", { class: "decide-open" }, h("h3", {}, "Open on this place"), h("ul", {}, ...rows));
  }

  /** Never in the way: it comes when it comes, and a refusal is said in its place. */
  private askSeen({ query }: Chosen): void {
    const put = (words: string) => {
      this.element.querySelector(".decide-seen span")?.replaceChildren(words);
    };
    this.seen
      .run((signal) =>
        askWaiting<{ sentence: string }>(`${this.api}/detectable`, query, signal, () =>
          put("Being worked out…"),
        ),
      )
      .then((told) => told && put(told.sentence))
      .catch((error: unknown) => put(error instanceof Error ? error.message : "This could not be told."));
  }

  private async save(): Promise<void> {
    const { draft, offered, chosen } = this;
    if (!draft || !offered || !chosen || this.saving) return;
    const lack = missing(draft, offered.today);
    if (lack) {
      this.lacks(lack);
      return;
    }
    this.saving = true;
    try {
      const kept = await tell(
        `${this.api}`,
        sent(draft, chosen.query.toString(), offered.today, offered.beside),
      );
      this.saved(kept as Saved, offered);
    } catch (error) {
      this.say(error instanceof Error ? error.message : "It was not saved.");
    } finally {
      this.saving = false;
    }
  }

  /** Read back as it was kept: what, by whom, by when, and for which meeting. */
  private saved({ number, words: kept, place, meeting }: Saved, offered: Offered): void {
    this.draft = null;
    const sitting = offered.meeting;
    const minuted =
      sitting && meeting === sitting.number ? `It stands with the meeting of ${sitting.words}.` : "";
    const readBack = [kept, minuted].filter(Boolean).join(" ");
    const words = `Decision ${number} is saved${place.opened ? ", and its place is opened" : ""}.`;
    const title = h("h2", { tabindex: -1 }, words);
    const links = h(
      "p",
      {},
      h("a", { href: `/places/${place.number}/` }, place.name),
      " · ",
      h("a", { href: "/actions/" }, "All actions"),
    );
    const close = h(
      "button",
      { type: "button", class: "button", onclick: () => this.close() },
      "Back to the map",
    );
    fill(this.element, title, h("p", { class: "decide-kept" }, readBack), close, links);
    close.focus();
    announce(`${words} ${readBack}`);
  }

  /** What is missing, said beside the blank that it is missing from. */
  private lacks({ name, words }: { name: string; words: string }): void {
    const blank = this.element.querySelector<HTMLElement>(`[name=${name}]`);
    const trouble = this.element.querySelector(".decide-trouble");
    if (trouble) blank?.closest("p, label")?.after(trouble);
    this.say(words);
    blank?.setAttribute("aria-describedby", "decide-trouble");
    blank?.focus();
  }

  private say(words: string): void {
    this.element.querySelector(".decide-trouble")?.replaceChildren(words);
  }

  private trouble(error: unknown): void {
    const words = error instanceof Error ? error.message : "The decision could not be begun.";
    const close = h("button", { type: "button", class: "button", onclick: () => this.close() }, "Close");
    fill(this.element, h("p", { role: "alert" }, words), close);
    close.focus();
  }
}
