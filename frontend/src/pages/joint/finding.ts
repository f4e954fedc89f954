// What is found: the headline, how many pass, the matrix of squares, the question to ask, where agencies agree.

import { hatch } from "../../charts/hatch";
import {
  askOf,
  headline,
  type JointAnswer,
  type JointPlace,
  leadWords,
  percentWords,
  placeNames,
  type Standing,
  type Switches,
  squareSide,
} from "../../state/joint";
import type { Silent } from "../../state/silence";
import { silentWords } from "../../state/silence";
import { fill, h, keepFocus, s } from "../dom";

export interface FindingParts {
  answer: JointAnswer;
  switches: Switches;
  standing: ReadonlyMap<number, Standing>;
  silent: readonly Silent[];
  /** The district's code by its name, by which silence is told. */
  districtOf(name: string): string;
  selected: number | null;
  mapLink(place: JointPlace): string;
  choose(id: number): void;
  trace: HTMLElement;
}

const MOST = 26;

export function showFinding(parent: HTMLElement, parts: FindingParts): void {
  const { answer, switches, standing } = parts;
  const unsure = answer.places.filter((one) => silentAt(parts, one).length > 0).length;
  const lead = leadWords(answer, unsure);
  keepFocus(parent, () =>
    fill(
      parent,
      h("h2", { class: "insight-headline" }, headline(answer, switches, standing)),
      answer.places.length > 0 &&
        h("p", { class: "insight-lead" }, `${lead.passes} `, h("b", {}, lead.unseen), ` ${lead.unsure}`),
      concerns(parts),
      answer.places.length > 0 && matrix(parts),
      question(parts),
      agreement(answer),
      parts.trace,
    ),
  );
}

function concerns({ answer, switches }: FindingParts): HTMLElement | null {
  const group = answer.bits.reduce((g, code, at) => (switches.off.includes(code) ? g : g | (1 << at)), 0);
  const many = switches.each
    ? answer.concerns.length
    : (answer.without_place[group] ?? answer.concerns.length);
  if (many === 0) return null;
  const words =
    many === 1 ? "One concern about one source passes too" : `${many} concerns about one source pass too`;
  return h("p", { class: "hint" }, `${words}: for MACE 1, told without a place.`);
}

function silentAt({ silent, districtOf }: FindingParts, place: JointPlace): Silent[] {
  const code = districtOf(place.district);
  return silent.filter((one) => one.district === code);
}

function matrix(parts: FindingParts): HTMLElement {
  const { answer, switches } = parts;
  const names = placeNames(answer.places);
  const head = answer.agencies.map((one) => {
    const off = switches.off.includes(one.code);
    const words = h("span", {}, one.name, off && h("span", { class: "visually-hidden" }, " (off)"));
    return h("th", { scope: "col", class: off ? "is-off" : null }, words);
  });
  const caption = h(
    "th",
    { scope: "col", class: "matrix-caption" },
    "Size of square: share of what shows the place",
  );
  const rows = answer.places.map((place) => row(parts, place, names.get(place.id) ?? place.name));
  return h(
    "div",
    { class: "matrix-wrap", tabindex: 0, role: "region", "aria-label": "Each agency’s share of each place" },
    h("table", { class: "matrix" }, h("thead", {}, h("tr", {}, caption, ...head)), h("tbody", {}, ...rows)),
  );
}

function row(parts: FindingParts, place: JointPlace, name: string): HTMLElement {
  const standing = parts.standing.get(place.id);
  const gone = standing === "gone";
  const silent = silentAt(parts, place);
  const chosen = parts.selected === place.id;
  const link = h(
    "button",
    {
      type: "button",
      class: "place-link",
      "data-key": `place-${place.id}`,
      "aria-pressed": String(chosen),
      onclick: () => parts.choose(place.id),
    },
    h("span", { class: `plate${gone ? " is-gone" : ""}`, "aria-hidden": "true" }, place.letter),
    h("span", { class: "place-words" }, h("b", {}, name), note(parts.switches, place, standing, silent)),
  );
  const cells = parts.answer.agencies.map((one) => {
    const quiet = silent.filter((row) => row.agency === one.code);
    return h("td", {}, square(place, one.code, one.name, parts.switches, quiet));
  });
  const head = h(
    "th",
    { scope: "row" },
    link,
    chosen && h("a", { href: parts.mapLink(place), class: "place-map" }, "Open on the map"),
  );
  return h("tr", { class: `${gone ? "is-gone" : ""}${chosen ? " is-chosen" : ""}` }, head, ...cells);
}

function note(
  { each }: Switches,
  place: JointPlace,
  standing: Standing | undefined,
  silent: readonly Silent[],
): HTMLElement | null {
  if (standing === "gone" && each) return h("small", {}, "no agency alone");
  if (standing === "gone") return h("small", { class: "strong" }, "gone while it is off");
  const words = [place.joined_only && "only joined", silent.length > 0 && `silent: ${silentWords(silent)}`];
  const said = words.filter(Boolean).join("; ");
  return said ? h("small", {}, said) : null;
}

/** Area is the share; hatched where the agency is silent, dashed where it is off, a dot for none. */
function square(
  place: JointPlace,
  code: string,
  name: string,
  { off, each }: Switches,
  silent: readonly Silent[],
): Element {
  const share = place.shares[code] ?? 0;
  const side = squareSide(share, MOST);
  const isOff = off.includes(code) || (each && !place.alone.includes(code));
  const size = MOST + 2;
  const at = { x: (size - side) / 2, y: (size - side) / 2, width: side, height: side };
  const words = [
    `${name}: ${side === 0 ? "none" : percentWords(share)}`,
    off.includes(code) ? "off" : "",
    each && place.alone.includes(code) ? "sees it alone" : "",
    silent.length > 0 ? "silent" : "",
  ];
  const attributes = {
    class: "square",
    width: size,
    height: size,
    role: "img",
    "aria-label": words.filter(Boolean).join(", "),
  };
  if (silent.length > 0 && !isOff) {
    const { defs, url } = hatch();
    const wide = Math.max(side, 18);
    const box = { x: (size - wide) / 2, y: (size - wide) / 2, width: wide, height: wide };
    return s("svg", attributes, defs, s("rect", { ...box, class: "square-silent", fill: url }));
  }
  if (side === 0)
    return s("svg", attributes, s("circle", { class: "square-none", cx: size / 2, cy: size / 2, r: 1.6 }));
  return s("svg", attributes, s("rect", { ...at, class: isOff ? "square-off" : "square-on" }));
}

function question({ answer, switches, standing, silent }: FindingParts): HTMLElement | null {
  const ask = askOf(answer, switches, standing);
  if (ask) return asked(ask.agency, ask.question.charAt(0).toUpperCase() + ask.question.slice(1));
  const [first] = silent;
  const agency = answer.agencies.find((one) => one.code === first?.agency);
  return first && agency ? asked(agency.name, `${first.sentence} Did it send?`) : null;
}

function asked(agency: string, words: string): HTMLElement {
  return h("p", { class: "insight-question" }, h("b", {}, `Ask ${agency}: `), words);
}

function agreement({ agreement: rows, agencies }: JointAnswer): HTMLElement | null {
  const known = rows.filter((one) => one.alike !== null);
  if (known.length === 0) return null;
  const name = (code: string) => agencies.find((one) => one.code === code)?.name ?? code;
  const body = known.map((one) =>
    h(
      "tr",
      {},
      h("th", { scope: "row" }, `${name(one.agency)} and ${name(one.beside)}`),
      h("td", { class: "num" }, percentWords(one.alike)),
      h("td", { class: "num" }, percentWords(one.differing)),
    ),
  );
  const head = ["Two agencies", "Wards alike", "Wards that differ beyond doubt"];
  return h(
    "details",
    { class: "insight-agreement" },
    h("summary", {}, "Do agencies tell of the same wards?"),
    h(
      "table",
      { class: "table compact" },
      h("caption", { class: "visually-hidden" }, "How alike the patterns of each two agencies are, by ward"),
      h(
        "thead",
        {},
        h("tr", {}, ...head.map((words, at) => h("th", { scope: "col", class: at ? "num" : null }, words))),
      ),
      h("tbody", {}, ...body),
    ),
  );
}
