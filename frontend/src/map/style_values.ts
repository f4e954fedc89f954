// How values are drawn: class colours on areas and hexagons, width and colour on streets, size and colour on points.

import type {
  DataDrivenPropertyValueSpecification as DataDriven,
  ExpressionSpecification as Expression,
  LayerSpecification as Layer,
} from "maplibre-gl";
import { CANNOT_TELL, WITHHELD } from "../state/measure";
import { changeFills, changeLines, changeRadii, changeWidths } from "./change";
import { faded, type Tokens } from "./tokens";

/** Streets of classes 1, 2, 3–4, 5–7 and 8+, in pixels where single streets are read. */
export const STREET_WIDTHS = [4, 5.5, 7.5, 10, 12];
/** A street of which nothing can be said: thinner than any that tells something. */
const UNTOLD_WIDTH = 2.4;
const STREET_COLOURS = ["count-2", "count-3", "count-4", "count-5", "count-6"] as const;
const CLASS: Expression = ["coalesce", ["feature-state", "c"], 0];
const HOT: Expression = ["boolean", ["feature-state", "hot"], false];
/** The share of its full width a street has at a zoom: a whole town's streets at 12 px would hide each other. */
const SHARES: readonly [zoom: number, share: number][] = [
  [9, 0.16],
  [11.5, 0.28],
  [13, 0.5],
  [14.6, 1],
];

/** Class colours with their opacity inside, so that one property changes. Class 1 at 58%, 2 at 82%. */
function rampColour(tokens: Tokens, dark: boolean): DataDriven<string> {
  const strength = dark ? [1, 1, 1, 1, 1, 1] : [0.58, 0.82, 0.93, 0.93, 0.93, 0.93];
  const stops = strength.flatMap((alpha, k) => [k + 1, faded(tokens[`count-${k + 1}` as "count-1"], alpha)]);
  return [
    "match",
    CLASS,
    ...stops,
    ...changeFills(tokens),
    CANNOT_TELL,
    tokens.panel,
    WITHHELD,
    tokens.panel,
    "rgba(0,0,0,0)",
  ] as unknown as DataDriven<string>;
}

export function unitFills(tokens: Tokens, dark: boolean): Layer[] {
  const paint = { "fill-color": rampColour(tokens, dark), "fill-antialias": true };
  return [
    { id: "cell-fill", type: "fill", source: "cells", paint: { ...paint, "fill-antialias": false } },
    { id: "ward-fill", type: "fill", source: "ward", paint },
    { id: "district-fill", type: "fill", source: "district", paint },
    ...UNTOLD_SOURCES.map((source) => untold(source, tokens)),
  ];
}

const UNTOLD_SOURCES = ["cells", "ward", "district"] as const;

/** Of which nothing can be said: a plain face and a broken edge. Not hatched: that is silence. */
function untold(source: (typeof UNTOLD_SOURCES)[number], tokens: Tokens): Layer {
  const colour: Expression = ["match", CLASS, CANNOT_TELL, tokens["ink-3"], "rgba(0,0,0,0)"];
  return {
    id: `${source === "cells" ? "cell" : source}-untold`,
    type: "line",
    source,
    layout: { visibility: "none" },
    paint: { "line-color": colour, "line-width": 1.2, "line-dasharray": [3, 2] },
  };
}

export function streetValues(tokens: Tokens): Layer[] {
  const classWidth = (share: number, extra: number): Expression =>
    [
      "match",
      CLASS,
      ...STREET_WIDTHS.flatMap((w, k) => [k + 1, w * share + extra]),
      CANNOT_TELL,
      UNTOLD_WIDTH * share + extra,
      WITHHELD,
      UNTOLD_WIDTH * share + extra,
      ...changeWidths(share, extra),
      0,
    ] as unknown as Expression;
  const byZoom = (width: (share: number) => Expression): Expression =>
    [
      "interpolate",
      ["linear"],
      ["zoom"],
      ...SHARES.flatMap(([zoom, share]) => [zoom, width(share)]),
    ] as Expression;
  const hotWidth = (extra: number): Expression =>
    byZoom((share) => ["case", HOT, classWidth(share, extra * Math.max(0.5, share)), 0]);
  return [
    ...quietStreets(tokens),
    streetLine("street-hot-casing", { "line-color": tokens["map-casing"], "line-width": hotWidth(9) }),
    streetLine("street-hot", { "line-color": tokens.ink, "line-width": hotWidth(5) }),
    streetLine("street-value", {
      "line-color": streetColour(tokens),
      "line-width": byZoom((share) => classWidth(share, 0)),
    }),
  ];
}

/** Layers of the streets of a hotspot that hold no record themselves: outlined with it, and empty inside. */
export const QUIET_LAYERS = ["street-quiet-casing", "street-quiet-edge", "street-quiet"] as const;
const QUIET_WIDTH = 4;

export function quietFilter(codes: readonly string[]): Expression {
  return ["in", ["get", "code"], ["literal", [...codes]]] as Expression;
}

function quietStreets(tokens: Tokens): Layer[] {
  const width = (extra: number): Expression =>
    [
      "interpolate",
      ["linear"],
      ["zoom"],
      ...SHARES.flatMap(([zoom, share]) => [zoom, QUIET_WIDTH * share + extra * Math.max(0.5, share)]),
    ] as Expression;
  const looks: [string, number][] = [
    [tokens["map-casing"], 9],
    [tokens.ink, 5],
    [tokens["map-casing"], 0],
  ];
  return QUIET_LAYERS.map((id, k) => {
    const [colour, extra] = looks[k] ?? [tokens.ink, 0];
    const line = streetLine(id, { "line-color": colour, "line-width": width(extra) });
    return { ...line, filter: quietFilter([]) } as Layer;
  });
}

function streetLine(id: string, paint: object): Layer {
  return {
    id,
    type: "line",
    source: "base",
    "source-layer": "street",
    layout: { "line-cap": "round", "line-join": "round" },
    paint,
  } as Layer;
}

function streetColour(tokens: Tokens): DataDriven<string> {
  const stops = STREET_COLOURS.flatMap((name, k) => [k + 1, tokens[name]]);
  return [
    "match",
    CLASS,
    ...stops,
    ...changeLines(tokens),
    CANNOT_TELL,
    tokens["ink-3"],
    WITHHELD,
    tokens["ink-3"],
    "rgba(0,0,0,0)",
  ] as unknown as DataDriven<string>;
}

/** Where there is no street layer: the feed's own points. */
export function anchorValues(tokens: Tokens): Layer {
  const pick = (values: number[], share: number) =>
    [
      "match",
      CLASS,
      ...values.flatMap((v, k) => [k + 1, v]),
      ...changeRadii(share),
      0,
    ] as unknown as Expression;
  const [far, near] = [pick([1, 1.5, 2, 3, 4], 0.36), pick([4, 5, 6.5, 8.5, 11], 1)];
  return {
    id: "anchor-value",
    type: "circle",
    source: "anchors",
    paint: {
      "circle-color": streetColour(tokens),
      "circle-radius": ["interpolate", ["linear"], ["zoom"], 9, far, 14, near],
      "circle-stroke-width": ["case", [">", CLASS, 0], 0.8, 0],
      "circle-stroke-color": tokens["map-casing"],
    },
  };
}
