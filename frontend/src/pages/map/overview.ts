// The panel when nothing is chosen: the whole answer, and the hotspots by letter.

import type { Choices, Hotspots, Picture } from "../../api/answers";
import { agencyBars } from "../../charts/agency_bars";
import {
  BACKGROUND_WORDS,
  BACKGROUNDS,
  type Background,
  backgroundFrom,
  comparedSentence,
  standsOn,
} from "../../state/background";
import { concernSentence, peopleSentence, tellersWords } from "../../state/behind";
import { countedNoun, periodWords, sentenceCase, tellings } from "../../state/format";
import { fill, h, keepFocus } from "../dom";
import { traceOf } from "../trace";
import { gaps, heading, section, series } from "./evidence";

export interface OverviewParts {
  where: string;
  picture: Picture;
  hotspots: Hotspots | null;
  choices: Choices;
  /** Agencies ticked; none means all. */
  kept: readonly string[];
  choose(id: number): void;
  /** What is told of time: a second period, and what was known on another day. */
  aside: readonly (HTMLElement | null)[];
  background: Background;
  /** Whether this is the question that Hot now asks, and how to ask it. */
  lettered: boolean;
  meeting(): void;
  compare(background: Background): void;
}

export function showOverview(parent: HTMLElement, parts: OverviewParts): void {
  keepFocus(parent, () => fill(parent, ...overview(parts)));
}

function overview(parts: OverviewParts) {
  const { where, picture, hotspots } = parts;
  const { about } = picture;
  return [
    heading(
      where,
      `${tellings(about.total, about.counted)}. ${sentenceCase(periodWords(...about.period))}.`,
      null,
    ),
    ...parts.aside,
    section(
      null,
      finding(hotspots),
      comparing(parts),
      hotspots && list(parts, hotspots),
      hotspots && concerns(hotspots),
      traceOf(about, hotspots?.about),
    ),
    series(picture.months, about.counted, about.period),
    section("Who sees it", agencyBars(agencies(parts))),
    about.why.length > 0 && section("Gaps", gaps(about.why)),
    about.attributions.length > 0 &&
      h("section", { class: "attribution" }, ...about.attributions.map((a) => h("p", {}, a))),
  ];
}

/** Agencies that the filters keep, in their fixed order; those without a feed here are not spoken of. */
function agencies({ picture, choices, kept }: OverviewParts) {
  const order = new Map(choices.agencies.map((a, k) => [a.code, k]));
  const asked = picture.agencies.filter((a) => kept.length === 0 || kept.includes(a.code));
  return asked.sort((a, b) => (order.get(a.code) ?? 99) - (order.get(b.code) ?? 99));
}

function finding(hotspots: Hotspots | null): HTMLElement {
  if (!hotspots) return h("p", { class: "verdict hint" }, "Testing for hotspots…");
  const n = hotspots.hotspots.length;
  if (n === 0 && hotspots.hot.length > 0)
    return h(
      "p",
      { class: "verdict" },
      h("b", {}, "Part of a hotspot lies here. "),
      "Its middle lies outside, so its letter is not in this list: look at the county.",
    );
  if (n === 0)
    return h(
      "p",
      { class: "verdict" },
      h("b", {}, "Nothing passes the test here. "),
      "Places may still be busy.",
    );
  const words = n === 1 ? "One place passes the test." : `${n} places pass the test.`;
  return h("p", { class: "verdict" }, h("b", {}, words));
}

/** What the test holds places to: the reader's choice, and in a sentence which one was used and why. */
function comparing({ hotspots, background, compare }: OverviewParts): HTMLElement {
  const option = (one: Background) =>
    h("option", { value: one, selected: one === background }, BACKGROUND_WORDS[one]);
  const choose = {
    id: "tested-against",
    "data-key": "background",
    onchange: (event: Event) => compare(backgroundFrom((event.target as HTMLSelectElement).value)),
  };
  const told = hotspots ? [comparedSentence(hotspots.about), standsOn(hotspots.about)].filter(Boolean) : [];
  return h(
    "div",
    { class: "comparing" },
    h("label", { for: "tested-against" }, "Tested against"),
    h("select", choose, ...BACKGROUNDS.map(option)),
    h("p", { class: "hint compared", role: "status" }, told.join(" ")),
  );
}

/** Hotspots that are told without a place: no letter hangs on the map for them, and nothing can be pressed. */
function concerns({ concerns: told, about }: Hotspots): HTMLElement | null {
  if (told.length === 0) return null;
  return h(
    "div",
    { class: "concerns" },
    h("ul", {}, ...told.map((one) => h("li", {}, concernSentence(one)))),
    ...(about.withheld ?? []).map((words) => h("p", { class: "hint" }, words)),
  );
}

/** A place has one letter for the whole meeting: that of Hot now. Other questions letter places of their own. */
function whoseLetters(lettered: boolean, meeting: () => void): (HTMLElement | string)[] {
  if (lettered) return ["The letters are those of Hot now."];
  const press = { type: "button", class: "link", "data-key": "meeting-letters", onclick: meeting };
  return ["This view letters its own places. ", h("button", press, "Show the places and letters of Hot now")];
}

function list(
  { choices, choose, picture, lettered, meeting }: OverviewParts,
  { hotspots }: Hotspots,
): HTMLElement | null {
  const of = picture.about.counted;
  if (hotspots.length === 0) return null;
  const tellers = (spot: Hotspots["hotspots"][number]) => {
    const words = tellersWords(spot, choices.agencies.length);
    return words && `${words}.`;
  };
  const row = (spot: Hotspots["hotspots"][number]) =>
    h(
      "li",
      {},
      h(
        "button",
        { type: "button", class: "spot", "data-key": `spot-${spot.id}`, onclick: () => choose(spot.id) },
        h("span", { class: "plate s28", "aria-hidden": "true" }, spot.letter),
        h(
          "span",
          { class: "spot-words" },
          h("b", {}, spot.name),
          h("small", {}, [spot.ward, spot.district].filter(Boolean).join(", ")),
          h(
            "small",
            { class: "behind-words" },
            [peopleSentence(spot), tellers(spot)].filter(Boolean).join(" "),
          ),
        ),
        h("span", { class: "n" }, tellings(spot.count, of)),
      ),
    );
  return h(
    "div",
    {},
    h(
      "p",
      { class: "hint" },
      `Strongest evidence first. Counts are of the ${countedNoun(of)} that took part in the test. `,
      ...whoseLetters(lettered, meeting),
    ),
    h("ol", { class: "spots" }, ...hotspots.map(row)),
  );
}
