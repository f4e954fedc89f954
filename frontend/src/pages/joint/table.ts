// The table of the map and the matrix: every place in letter order, with the same values in words.

import { number, periodWords } from "../../state/format";
import { type JointAnswer, namesOf, percentWords, placeNames, type Standing } from "../../state/joint";
import { fill, h } from "../dom";

export function showJointTable(
  parent: HTMLElement,
  answer: JointAnswer,
  standing: ReadonlyMap<number, Standing>,
  exported: (format: "csv" | "json") => string,
): void {
  const names = placeNames(answer.places);
  const heads = [
    "Place",
    "Ward",
    "District",
    "Stands",
    "Linked events",
    "People",
    "Sees it alone",
    "Goes without",
  ];
  const shares = answer.agencies.map((one) => `Share, ${one.name}`);
  const rows = answer.places.map((one) =>
    h(
      "tr",
      {},
      h("th", { scope: "row" }, `${one.letter}, ${names.get(one.id)}`),
      h("td", {}, one.ward),
      h("td", {}, one.district),
      h("td", {}, standsWords(standing.get(one.id), one.joined_only)),
      h("td", { class: "num" }, number(one.count)),
      h("td", {}, one.people),
      h("td", {}, namesOf(answer, one.alone).join(", ") || "none"),
      h("td", {}, namesOf(answer, one.gone_without).join(", ") || "none"),
      ...answer.agencies.map((a) => h("td", { class: "num" }, percentWords(one.shares[a.code]) || "0%")),
    ),
  );
  const told = `${periodWords(...answer.about.period)}. A share may be below 0%: the agency’s records lie elsewhere.`;
  fill(
    parent,
    h("div", { class: "twin-top" }, h("h2", {}, "Places of the joined records"), downloads(exported)),
    h("p", { class: "hint" }, told, ...answer.about.withheld.map((words) => ` ${words}`)),
    h(
      "div",
      { class: "table-wrap", tabindex: 0, role: "region", "aria-label": "Places" },
      h(
        "table",
        { class: "table compact" },
        h("caption", { class: "visually-hidden" }, "Places, who sees them alone, and each agency’s share"),
        h(
          "thead",
          {},
          h("tr", {}, ...[...heads, ...shares].map((words) => h("th", { scope: "col" }, words))),
        ),
        h("tbody", {}, ...rows),
      ),
    ),
  );
}

function standsWords(standing: Standing | undefined, only: boolean): string {
  if (standing === "gone") return "gone with this choice";
  return only ? "only joined" : "stays";
}

function downloads(exported: (format: "csv" | "json") => string): HTMLElement {
  const link = (format: "csv" | "json", words: string) =>
    h("a", { href: exported(format), download: true }, words);
  return h("p", { class: "downloads" }, "Download ", link("csv", "CSV"), " ", link("json", "JSON"));
}
