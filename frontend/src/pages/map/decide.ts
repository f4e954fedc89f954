// A decision on the chosen hotspot, written beside the map: one sentence with blanks, by keyboard from end to end.

import type { CodedCount, Evidence, Hotspot } from "../../api/answers";
import { ask, Latest, tell } from "../../api/ask";
import { askWaiting } from "../../api/waited";
import { begun, type Offered, sent } from "../../state/decision";
import type { View } from "../../state/view";
import { announce, fill, h } from "../dom";
import { DecideForm } from "./decide_form";
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
  private form: DecideForm | null = null;
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
        this.form = this.formOf(chosen, offered);
      })
      .catch((error: unknown) => this.trouble(error));
  }

  private formOf(chosen: Chosen, offered: Offered): DecideForm {
    const agencies = this.parts.choices.agencies.filter((one) => one.code !== "open_data");
    const { letter } = chosen.spot;
    return new DecideForm(this.element, { letter, offered, agencies }, begun(offered, chosen.reports), {
      save: () => void this.save(),
      close: () => this.close(),
      drawn: () => this.askSeen(chosen),
    });
  }

  private show(open: boolean): void {
    this.element.hidden = !open;
    this.parts.frame.evidence.inert = open;
    if (!open) this.parts.frame.evidence.querySelector<HTMLElement>(".decide-button, .place-name")?.focus();
  }

  private close(): void {
    this.form = null;
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

  /** Never in the way: it comes when it comes, and a refusal is said in its place. */
  private askSeen({ query }: Chosen): void {
    const put = (words: string) => this.form?.seen(words);
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
    const { form, offered, chosen } = this;
    if (!form || !offered || !chosen || this.saving || !form.complete()) return;
    this.saving = true;
    try {
      const kept = await tell(
        `${this.api}`,
        sent(form.draft, chosen.query.toString(), offered.today, offered.beside),
      );
      this.saved(kept as Saved, offered);
    } catch (error) {
      form.say(error instanceof Error ? error.message : "It was not saved.");
    } finally {
      this.saving = false;
    }
  }

  /** Read back as it was kept: what, by whom, by when, and for which meeting. */
  private saved({ number, words: kept, place, meeting }: Saved, offered: Offered): void {
    this.form = null;
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
      h("a", { href: `/actions/${number}/` }, "Change it or take it back"),
      " · ",
      h("a", { href: "/actions/" }, "All actions"),
    );
    const undo = h(
      "p",
      { class: "hint" },
      "Undo beside the map takes back steps of the view, never a decision.",
    );
    const close = h(
      "button",
      { type: "button", class: "button", onclick: () => this.close() },
      "Back to the map",
    );
    fill(this.element, title, h("p", { class: "decide-kept" }, readBack), close, links, undo);
    close.focus();
    announce(`${words} ${readBack}`);
  }

  private trouble(error: unknown): void {
    const words = error instanceof Error ? error.message : "The decision could not be begun.";
    const close = h("button", { type: "button", class: "button", onclick: () => this.close() }, "Close");
    fill(this.element, h("p", { role: "alert" }, words), close);
    close.focus();
  }
}
