// "Take it out": what is on the screen as files, as a picture, on paper, and as layers for other programs.

import type { Picture } from "../../api/answers";
import { countedNoun, periodWords, sentenceCase } from "../../state/format";
import { pictureName, type Taken, takenFrom } from "../../state/take_out";
import { LEVEL_WORDS } from "../../state/view";
import { announce, fill, h } from "../dom";
import type { PageParts } from "./page";
import type { Scene } from "./scene";
import { sheetOf } from "./sheet";

export interface TakeOutWishes {
  scene(): Scene | null;
  picture(): Picture | null;
  level(): string;
  /** Resolves when the table is filled, as paper shows it. */
  fillTable(): Promise<void>;
  failed(error: unknown): void;
}

export class TakeOut {
  private readonly list = h("div", { class: "take-out-list" });

  constructor(
    private readonly parts: PageParts,
    private readonly wishes: TakeOutWishes,
  ) {
    const menu = h(
      "details",
      { class: "take-out" },
      h("summary", { class: "button secondary" }, "Take it out"),
      this.list,
    );
    menu.addEventListener("toggle", () => menu.open && this.show());
    menu.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || !menu.open) return;
      event.stopPropagation();
      menu.open = false;
      menu.querySelector("summary")?.focus();
    });
    menu.addEventListener("focusout", ({ relatedTarget: to }) => {
      if (to instanceof Node && !menu.contains(to)) menu.open = false;
    });
    document.addEventListener("pointerdown", (event) => {
      if (event.target instanceof Node && !menu.contains(event.target)) menu.open = false;
    });
    fill(parts.frame.takeOut, menu);
  }

  /** The links are those of the view as it is now: they are made when the menu opens. */
  private show(): void {
    const picture = h(
      "button",
      {
        type: "button",
        class: "button secondary",
        onclick: () => this.save(),
        disabled: !this.wishes.scene(),
      },
      "Save picture",
    );
    const paper = h(
      "button",
      { type: "button", class: "button secondary", onclick: () => void this.print() },
      "Print",
    );
    fill(
      this.list,
      h("p", { class: "hint" }, "Each file says what it is, whose data it shows and that it is not renewed."),
      h("ul", {}, ...this.taken().map(row)),
      h("p", { class: "take-out-buttons" }, picture, paper),
      h("p", {}, h("a", { href: "/about/api/" }, "Connect QGIS or ArcGIS")),
    );
  }

  private async print(): Promise<void> {
    await this.wishes.fillTable();
    window.print();
  }

  private taken(): Taken[] {
    const { asker, store, choices, exportBase } = this.parts;
    const view = store.view();
    const known = new Set(choices.classes.map((one) => one.code));
    const classes = view.shown.filter(
      (code) => known.has(code) && groupOf(choices.classes, code) !== "disruption",
    );
    return takenFrom({
      base: exportBase,
      counts: asker.params(view, this.wishes.level()),
      tested: asker.testQuestion(view),
      classes,
      notices: view.shown.some((code) => groupOf(choices.classes, code) === "disruption"),
      on: view.on ?? new Date().toISOString().slice(0, 10),
    });
  }

  private async save(): Promise<void> {
    const [scene, picture] = [this.wishes.scene(), this.wishes.picture()];
    if (!scene || !picture) return;
    const { frame, choices, store } = this.parts;
    const what = `${sentenceCase(countedNoun(picture.about.counted))} by ${LEVEL_WORDS[store.view().level].toLowerCase()}`;
    const period = periodWords(...picture.about.period);
    try {
      const sheet = await scene.onPaper((canvas) =>
        sheetOf(canvas, frame.holder, frame.legend, {
          title: `${choices.county}: ${what}`,
          period,
          filters: inForce(frame.chips),
          marking: document.querySelector(".marking")?.textContent ?? "",
          notes: notesOf(picture, frame.unplaced),
          made: madeWords(picture),
        }),
      );
      await handOver(sheet, pictureName(choices.county, what, period, picture.about.publication));
      announce("The picture is saved.");
    } catch (error) {
      this.wishes.failed(error);
    }
  }
}

function row(taken: Taken): HTMLElement {
  const links = taken.forms.map(({ words, href }) =>
    h(
      "a",
      { href, download: true },
      words,
      h("span", { class: "visually-hidden" }, ` of ${taken.words.toLowerCase()}`),
    ),
  );
  return h(
    "li",
    {},
    h("b", {}, taken.words),
    h("span", { class: "hint" }, taken.holds),
    h("span", { class: "forms" }, ...links),
  );
}

function groupOf(classes: readonly { code: string; group: string }[], code: string): string {
  return classes.find((one) => one.code === code)?.group ?? "";
}

/** The words of the chips over the map, without the word that takes one away. */
function inForce(chips: HTMLElement): string {
  const words = [...chips.querySelectorAll(".chip:not(.clear)")].map(
    (chip) => chip.firstChild?.textContent ?? "",
  );
  return words.filter(Boolean).join(", ");
}

function notesOf(picture: Picture, unplaced: HTMLElement): string[] {
  const { why, attributions } = picture.about;
  const left = why.map((one) => `${one.sentence}${one.clause ? ` (clause ${one.clause})` : ""}`);
  const hidden = unplaced.hidden ? [] : left;
  const blank = "What is blank is not known, withheld or silent. It is not zero.";
  return [[...hidden, blank].join(" "), [...new Set(attributions)].join(" ")];
}

function madeWords(picture: Picture): string {
  const at = new Date().toLocaleString("en-GB", { dateStyle: "long", timeStyle: "short" });
  const version = document.getElementById("map-app")?.dataset.version ?? "";
  return `Trigpoint ${version} · publication ${picture.about.publication} · ${at} · for safeguarding children, not for enforcement against a child`;
}

async function handOver(sheet: HTMLCanvasElement, name: string): Promise<void> {
  const blob = await new Promise<Blob | null>((resolve) => sheet.toBlob(resolve, "image/png"));
  if (!blob) throw new Error("The picture could not be made.");
  const url = URL.createObjectURL(blob);
  h("a", { href: url, download: name }).click();
  window.setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
