// Where the numbers come from: one quiet line that opens on feeds, period, method, guards, version and clauses.

import type { Trace } from "../api/answers";
import { h } from "./dom";

export const TRACE_WORDS = "Where these numbers come from";

/** What carries a trace: the `about` of an answer, or an answer that holds it beside its rows. */
export interface Traced {
  trace?: Trace | null;
}

/** One line for one or several answers that stand behind the numbers beside it; an answer without a trace adds none. */
export function traceOf(...told: (Traced | null | undefined)[]): HTMLElement {
  const traces = told.flatMap((one) => (one?.trace ? [one.trace] : []));
  const hidden = traces.length === 0;
  return h("details", { class: "trace", hidden }, h("summary", {}, TRACE_WORDS), ...traces.flatMap(parts));
}

function parts(trace: Trace): (HTMLElement | false)[] {
  const [feeds, gaps, breaks] = [trace.feeds, trace.left_out, trace.breaks];
  return [
    h("p", { class: "trace-what" }, trace.what),
    h("dl", { class: "trace-facts" }, ...[...trace.facts, ...trace.methods].map(fact)),
    head(feeds.length > 0 ? "Feeds, and the clause that lets you be told" : "No feed was read for this."),
    feeds.length > 0 && h("ul", { class: "trace-feeds" }, ...feeds.map(feed)),
    gaps.length > 0 && head("Not in these numbers"),
    gaps.length > 0 && sentences(gaps),
    breaks.length > 0 && head("Changes of definition"),
    breaks.length > 0 && sentences(breaks),
  ];
}

function head(words: string): HTMLElement {
  return h("p", { class: "trace-head" }, words);
}

function fact([label, text]: [string, string]): HTMLElement {
  return h("div", {}, h("dt", {}, label), h("dd", {}, text));
}

function feed([name, agency, clause]: [string, string, string]): HTMLElement {
  return h("li", {}, h("b", {}, name), `, ${agency} `, h("span", { class: "trace-clause" }, clause));
}

function sentences(told: readonly string[]): HTMLElement {
  return h("ul", {}, ...told.map((one) => h("li", {}, one)));
}
