// The bar under the map: the history by month and the brush that picks the period.

import type { About, Months } from "../../api/answers";
import { Histogram } from "../../charts/histogram";
import { countedNoun, periodWords, sentenceCase } from "../../state/format";
import { h } from "../dom";

export class PeriodBar {
  private readonly histogram: Histogram;
  private readonly unit = h("p", { class: "hint" });
  private readonly words = h("p", { class: "hint" });

  constructor(parent: HTMLElement, changed: (from: string, to: string) => void) {
    this.histogram = new Histogram(changed);
    const title = h("div", { class: "period-title" }, h("h2", {}, "Period"), this.unit, this.words);
    parent.append(title, this.histogram.element);
  }

  show(months: Months, { period: [from, to], counted }: About): void {
    this.unit.textContent = sentenceCase(`${countedNoun(counted)} a month`);
    this.words.textContent = periodWords(from, to);
    this.histogram.show(months, from, to);
  }
}
