// One slide as the room reads it: the finding in big type, facts under it, the question on its own ground.

import { symbolSvg } from "../../map/glyphs";
import { dayWords } from "../../state/format";
import type { Present, PresentPlace, Slide } from "../../state/present";
import { titleOf } from "../../state/present";
import { h } from "../dom";
import { traceOf } from "../trace";

export function slideOf(slide: Slide, told: Present): HTMLElement {
  if (slide.kind === "place") return placeSlide(slide.place);
  const body = { questions, changes, health, nothing }[slide.kind];
  return h("section", { class: "slide wide" }, title(titleOf(slide)), ...body(told));
}

function title(words: string): HTMLElement {
  return h("h1", { class: "slide-title", tabindex: -1 }, words);
}

function placeSlide(place: PresentPlace): HTMLElement {
  const { letter, where, since, sees, chance, people, harm, around, question } = place;
  const facts = [
    [since, harm].filter(Boolean).join(" "),
    [sees, chance].filter(Boolean).join(" "),
    people,
  ].filter(Boolean);
  return h(
    "section",
    { class: "slide" },
    h(
      "div",
      { class: "slide-where" },
      h("span", { class: "plate s66", "aria-hidden": "true" }, letter),
      h("span", { class: "visually-hidden" }, `${letter}. `),
      h("p", {}, where),
    ),
    title(place.name),
    h("ul", { class: "slide-facts" }, ...facts.map((one) => h("li", {}, ...emphasised(one)))),
    around.length > 0 && h("ul", { class: "slide-around", "aria-label": "Around it" }, ...around.map(near)),
    question && h("p", { class: "slide-question" }, question),
  );
}

/** The first sentence carries the weight. */
function emphasised(words: string): (HTMLElement | string)[] {
  const end = words.indexOf(". ");
  if (end < 0) return [h("b", {}, words)];
  return [h("b", {}, words.slice(0, end + 1)), words.slice(end + 1)];
}

function near({ class: kind, label, n }: PresentPlace["around"][number]): HTMLElement {
  return h("li", {}, symbolSvg(kind, 38), h("span", {}, `${label}, ${n}`));
}

function plate(letter: string): HTMLElement {
  const named = letter !== "";
  return h("span", { class: named ? "plate s36" : "plate s36 is-none", "aria-hidden": !named }, letter);
}

function questions({ questions: asked }: Present): HTMLElement[] {
  const row = (one: Present["questions"][number]) => h("li", {}, plate(one.letter), h("b", {}, one.question));
  return [h("ol", { class: "slide-list" }, ...asked.map(row))];
}

function changes({ changes: changed, about }: Present): HTMLElement[] {
  const row = (one: Present["changes"][number]) =>
    h(
      "li",
      {},
      plate(one.letter),
      h("div", {}, h("b", {}, one.words), ` ${one.name}`, one.where && h("p", {}, one.where)),
    );
  return [
    h("p", { class: "slide-sub" }, `Since ${dayWords(about.since)}.`),
    h("ol", { class: "slide-list" }, ...changed.map(row)),
  ];
}

function health({ health: agencies, about }: Present): HTMLElement[] {
  const row = (one: Present["health"][number]) =>
    h("li", {}, h("b", {}, one.name), squares(one.months), h("span", {}, one.phrase));
  return [
    h(
      "p",
      { class: "slide-sub" },
      `${about.period}. Silent is not the same as quiet. Hatched: silent; half hatched: silent in some districts; dotted: nothing due.`,
    ),
    h("ul", { class: "slide-health" }, ...agencies.map(row)),
    traceOf(...about.traces.map((trace) => ({ trace }))),
  ];
}

function squares(months: Present["health"][number]["months"]): HTMLElement {
  const words = months.map((one) => one.words).join(", ");
  return h(
    "span",
    { class: "slide-squares", role: "img", "aria-label": words || "Not shown" },
    ...months.map((one) => h("i", { class: `square is-${one.state}` })),
  );
}

function nothing({ about }: Present): HTMLElement[] {
  const where = about.quadrant || about.county;
  return [
    h("p", { class: "slide-sub" }, `Nothing passes the test in ${where}, ${about.period}.`),
    h("p", { class: "slide-sub" }, "Places may still be busy. Who has sent, and who is silent, comes next."),
  ];
}
