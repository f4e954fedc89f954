// The difference map: what changed in the Change ramp, and a hatch over what cannot be compared.

import type { ExpressionSpecification as Expression, LayerSpecification as Layer } from "maplibre-gl";
import { NO_DIFFERENCE, NOT_COMPARED } from "../state/change";
import { HATCH } from "./hatching";
import type { TokenName, Tokens } from "./tokens";

const RAMP: readonly TokenName[] = [
  "change-1",
  "change-2",
  "change-3",
  "change-4",
  "change-5",
  "change-6",
  "change-7",
];
const FIRST = NO_DIFFERENCE - 3;
/** A street without a change, or that cannot be compared, is thin: there are many. */
const STREET_WIDTH = [12, 9, 6.5, 3, 6.5, 9, 12, 3];
const POINT_RADIUS = [8.5, 7, 5.5, 3.5, 5.5, 7, 8.5, 3.5];

/** Class and colour by turns, for a `match` on the class. */
export function changeFills(tokens: Tokens): (number | string)[] {
  return [...RAMP.flatMap((name, k) => [FIRST + k, tokens[name]]), NOT_COMPARED, tokens["change-4"]];
}

export function changeLines(tokens: Tokens): (number | string)[] {
  const colour = (name: TokenName) => (name === "change-4" ? tokens.quiet : tokens[name]);
  return [...RAMP.flatMap((name, k) => [FIRST + k, colour(name)]), NOT_COMPARED, tokens.silent];
}

export function changeWidths(share: number, extra: number): number[] {
  return STREET_WIDTH.flatMap((w, k) => [FIRST + k, w * share + extra]);
}

export function changeRadii(share: number): number[] {
  return POINT_RADIUS.flatMap((r, k) => [FIRST + k, r * share]);
}

/** Over what cannot be compared: the mark of silence, because nothing can be told there. */
export function hatchLayer(): Layer {
  const opacity: Expression = ["interpolate", ["linear"], ["zoom"], 8, 0.8, 12, 1];
  return {
    id: "not-compared",
    type: "fill",
    source: "not_compared",
    paint: { "fill-pattern": HATCH, "fill-opacity": opacity },
  };
}
