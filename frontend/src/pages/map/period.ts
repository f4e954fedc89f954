// The bar under the map: the history by month and the brush that picks the period.

import type { Months } from "../../api/answers";
import { Histogram } from "../../charts/histogram";
import { periodWords } from "../../state/format";
import { fill, h } from "../dom";

export class PeriodBar {
  private readonly histogram: Histogram;
  private readonly words = h("p", { class: "hint" });

  constructor(parent: HTMLElement, changed: (from: string, to: string) => void) {
    this.histogram = new Histogram(changed);
    const title = h(
      "div",
      { class: "period-title" },
      h("h2", {}, "Period"),
      h("p", { class: "hint" }, "Records a month"),
      this.words,
    );
    fill(parent, title, this.histogram.element);
  }

  show(months: Months, from: string, to: string): void {
    this.words.textContent = periodWords(from, to);
    this.histogram.show(months, from, to);
  }
}
