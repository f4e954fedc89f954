// The form of a decision: one sentence with its blanks, what could be detected, and what is open on the place already.

import {
  type Draft,
  missing,
  type Offered,
  WORDED,
  type Worded,
  withKind,
  worded,
} from "../../state/decision";
import { fill, h } from "../dom";
import { typedAhead } from "./typed_ahead";

export interface FormParts {
  letter: string;
  offered: Offered;
  /** Who can do something: code and name. */
  agencies: readonly { code: string; name: string }[];
}
export interface FormWishes {
  save(): void;
  close(): void;
  /** The blanks of an action are on the form: what could be detected can be told there. */
  drawn(): void;
}

export class DecideForm {
  constructor(
    private readonly parent: HTMLElement,
    private readonly parts: FormParts,
    public draft: Draft,
    private readonly wishes: FormWishes,
  ) {
    this.draw();
  }

  private draw(): void {
    const { letter, offered } = this.parts;
    const form = h("form", { class: "decide-form", novalidate: true });
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.wishes.save();
    });
    const header = h(
      "header",
      { class: "place" },
      h("span", { class: "plate s36", "aria-hidden": "true" }, letter),
      h("div", {}, h("p", { class: "hint" }, "Decision on"), h("h2", {}, offered.place.name)),
      h("p", { class: "hint decide-by" }, savedTo(offered)),
    );
    fill(
      form,
      readBy(offered.read_by),
      this.whichPlace(offered),
      this.blanks(offered),
      h("p", { class: "decide-trouble", id: "decide-trouble", role: "alert" }),
      this.buttons(),
    );
    fill(this.parent, header, form, openThere(offered));
    form.querySelector<HTMLElement>(this.draft.none ? "[name=because]" : "[name=agency]")?.focus();
    if (!this.draft.none) this.wishes.drawn();
  }

  /** What is missing is said beside its blank; whether nothing is. */
  complete(): boolean {
    const lack = missing(this.draft, this.parts.offered.today);
    if (lack) this.lacks(lack);
    return lack === null;
  }

  say(words: string): void {
    this.parent.querySelector(".decide-trouble")?.replaceChildren(words);
  }

  /** What could be detected, or why that is not told. */
  seen(words: string): void {
    this.parent.querySelector(".decide-seen span")?.replaceChildren(words);
  }

  /** Where open places lie on the same ground: one of them, or another that is opened beside them. */
  private whichPlace({ place, beside }: Offered): HTMLElement | null {
    if (beside.length === 0) return null;
    const chosen = this.draft.place;
    const option = (value: number | null, words: string) =>
      h("option", { value: value === null ? "" : String(value), selected: value === chosen }, words);
    const options = beside.map((one) => option(one.number, `${one.name}, which is open on the same ground`));
    const select = this.select(
      "place",
      "Which place",
      [option(null, `${place.name}, as a place of its own`), ...options],
      (value) => {
        this.draft = { ...this.draft, place: value ? Number(value) : null };
      },
    );
    return h("label", { class: "decide-line" }, "Which place", select);
  }

  private blanks(offered: Offered): HTMLElement {
    const { draft } = this;
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
    const options = this.parts.agencies.map(({ code, name }) =>
      h("option", { value: code, selected: code === draft.agency }, name),
    );
    const none = h("option", { value: "", selected: !draft.agency }, "Which agency");
    return this.select("agency", "Agency", [none, ...options], (agency) => {
      this.draft = { ...this.draft, agency };
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
      this.refill(withKind(this.draft, kind, kinds));
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
      this.draft = { ...this.draft, due: input.value };
      this.mended();
    });
    input.addEventListener("focus", () => input.select());
    const list = h("datalist", { id: "decide-days" });
    fill(list, ...days.map((one) => h("option", { value: one.words, label: `${one.words}, ${one.why}` })));
    return h("span", {}, input, list);
  }

  private select(name: string, label: string, options: HTMLElement[], changed: (value: string) => void) {
    const select = h("select", { name, class: "blank", "aria-label": label }, ...options);
    select.addEventListener("change", () => {
      changed(select.value);
      this.mended();
    });
    typedAhead(select);
    return select;
  }

  private line(name: Worded, label: string, value: string): HTMLElement {
    const input = h("input", { name, value, maxlength: name === "what" ? 300 : 500, autocomplete: "off" });
    input.addEventListener("input", () => {
      this.draft = worded(this.draft, name, input.value);
    });
    return h("label", { class: "decide-line" }, label, input);
  }

  private text(name: "because", label: string, value: string): HTMLElement {
    const input = h("textarea", { name, rows: 3, maxlength: 500 }, value);
    input.addEventListener("input", () => {
      this.draft = { ...this.draft, [name]: input.value };
      this.mended();
    });
    return h("label", { class: "decide-line" }, label, input);
  }

  private refill(draft: Draft): void {
    this.draft = draft;
    for (const name of WORDED) {
      const input = this.parent.querySelector<HTMLInputElement>(`input[name=${name}]`);
      if (input) input.value = draft[name];
    }
  }

  private buttons(): HTMLElement {
    const { none } = this.draft;
    const turn = () => {
      this.draft = { ...this.draft, none: !none };
      this.draw();
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
      h("button", { type: "button", class: "button link", onclick: () => this.wishes.close() }, "Close"),
    );
  }

  /** A blank that was said to be missing and is filled: it is said of it no more. */
  private mended(): void {
    const { name } = missing(this.draft, this.parts.offered.today) ?? { name: "" };
    const blank = this.parent.querySelector<HTMLElement>("[aria-describedby=decide-trouble]");
    if (!blank || blank.getAttribute("name") === name) return;
    blank.removeAttribute("aria-describedby");
    this.say("");
  }

  /** What is missing, said beside the blank that it is missing from. */
  private lacks({ name, words }: { name: string; words: string }): void {
    const blank = this.parent.querySelector<HTMLElement>(`[name=${name}]`);
    const trouble = this.parent.querySelector(".decide-trouble");
    this.parent.querySelector("[aria-describedby=decide-trouble]")?.removeAttribute("aria-describedby");
    if (trouble) blank?.closest("p, label")?.after(trouble);
    this.say(words);
    blank?.setAttribute("aria-describedby", "decide-trouble");
    blank?.focus();
  }
}

/** Said before it is written, beside a minute as beside a decision. */
export function readBy(words: string, instead = ""): HTMLElement | null {
  return words ? h("p", { class: "decide-read-by" }, words, instead && ` ${instead}`) : null;
}

function savedTo({ meeting }: Offered): string {
  if (!meeting) return "No meeting is planned: it is kept with its place.";
  return `Saved to the meeting of ${meeting.words}, minuted by role.`;
}

function openThere({ open }: Offered): HTMLElement | null {
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
