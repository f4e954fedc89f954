// The legend of joint insight: the ramp, and what the marks of a place mean.

import type { Picture } from "../../api/answers";
import { hatch } from "../../charts/hatch";
import { breakWords } from "../../state/classes";
import { countedNoun, periodShort, sentenceCase, tellings } from "../../state/format";
import { fill, h, s } from "../dom";

export function showJointLegend(parent: HTMLElement, picture: Picture | null, anySilent: boolean): void {
  fill(
    parent,
    picture && h("p", { class: "legend-title" }, title(picture)),
    picture && ramp(picture.about.breaks),
    h(
      "p",
      { class: "legend-marks" },
      key("stays", "hotspot"),
      key("only", "only joined"),
      key("gone", "gone"),
      anySilent && key("silent", "feed silent"),
    ),
  );
}

export function ramp(breaks: readonly number[]): SVGSVGElement {
  const words = breakWords(breaks, false);
  const step = Math.max(37, 8 * Math.max(...words.map((word) => word.length)) - 1);
  return s(
    "svg",
    {
      class: "ramp",
      width: step * breaks.length + 18,
      height: 36,
      role: "img",
      "aria-label": `Classes from ${words.join(", ")}`,
    },
    ...breaks.flatMap((_, k) => [
      s("rect", { class: `count-${k + 1} soft`, x: k * step, y: 0, width: step, height: 13 }),
      s("text", { class: "tick", x: k * step, y: 31 }, words[k] ?? ""),
    ]),
  );
}

function title({ about }: Picture): string {
  return `${sentenceCase(countedNoun(about.counted))} ${periodShort(...about.period)}`;
}

function key(kind: "stays" | "only" | "gone" | "silent", words: string): HTMLElement {
  const box = (inset: number, name: string, fillWith: string | null = null) =>
    s("rect", {
      class: name,
      x: inset,
      y: inset,
      width: 26 - 2 * inset,
      height: 18 - 2 * inset,
      fill: fillWith,
    });
  const svg = s("svg", { width: 26, height: 18, "aria-hidden": true });
  if (kind === "silent") {
    const { defs, url } = hatch();
    svg.append(defs, box(1, "silent-key", url));
  } else {
    svg.append(box(2, kind === "gone" ? "gone-key" : "hotspot-key"));
    if (kind === "only") svg.append(box(6, "hotspot-key inner-key"));
  }
  return h("span", {}, svg, words);
}

/** Bottom right: how many are not in the hexagons drawn. */
export function showUnplacedNote(parent: HTMLElement, picture: Picture | null): void {
  parent.hidden = !picture || picture.about.unplaced === 0;
  if (picture)
    fill(
      parent,
      h("b", {}, tellings(picture.about.unplaced, picture.about.counted)),
      " cannot be shown here.",
    );
}
