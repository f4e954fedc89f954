// As known on a day: the framed stamp on the map, and how many records have come, or gone, since.

import type { Picture } from "../../api/answers";
import { ask, Latest } from "../../api/ask";
import { dayWords, number, tellings } from "../../state/format";
import type { View } from "../../state/view";
import { fill, h } from "../dom";
import type { Asker } from "./asker";

export class KnownThen {
  readonly stamp = h("p", { class: "known-stamp", hidden: true });
  private readonly asking = new Latest();
  private sentence = "";
  private question = "";

  constructor(
    private readonly asker: Asker,
    private readonly told: () => void,
  ) {}

  show({ known }: View): void {
    this.stamp.hidden = !known;
    if (known) fill(this.stamp, h("span", { "aria-hidden": "true" }, "◷ "), `As known on ${dayWords(known)}`);
  }

  /** One sentence for the panel; empty while it is not known, or nothing is asked as known then. */
  words(view: View): string {
    return view.known && this.question.endsWith(view.known) ? this.sentence : "";
  }

  /** The same period as known today, beside the picture of then. */
  async compare(view: View, picture: Picture): Promise<void> {
    const { known } = view;
    if (!known) return;
    const params = this.asker.params({ ...view, known: null }, "district");
    const question = `${params} ${known}`;
    if (question === this.question) return;
    this.question = "";
    const now = await this.asking.run((signal) => ask<Picture>(`${this.asker.api}/picture`, params, signal));
    if (!now) return;
    this.sentence = sinceWords(picture.about.total, now.about.total, picture.about.counted);
    this.question = question;
    this.told();
  }
}

/** "Then 5,903 records were known. 214 more have come for this period since." */
export function sinceWords(then: number, now: number, of: Picture["about"]["counted"]): string {
  const known = `${tellings(then, of)} were known then.`;
  const noun = of === "events" ? "linked events" : "records";
  if (now === then) return `${known} None has come or gone for this period since.`;
  const by = number(Math.abs(now - then));
  if (now > then) return `${known} ${by} more ${noun} have come for this period since.`;
  return `${known} ${by} fewer ${noun} stand today: they were corrected or withdrawn.`;
}
