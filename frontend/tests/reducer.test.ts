import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Action, reduce, replacesHistory, sameQuestion } from "../src/state/reducer";
import { makeStore } from "../src/state/store";
import { COUNTED, FACETS, LEVELS, START, type View } from "../src/state/view";

const code = fc.constantFrom("a", "b", "c");
const facet = fc.constantFrom(...FACETS);
const action: fc.Arbitrary<Action> = fc.oneof(
  fc.record({ type: fc.constant("level" as const), level: fc.constantFrom(...LEVELS) }),
  fc.record({ type: fc.constant("toggle" as const), facet, code }),
  fc.record({ type: fc.constant("clear" as const), facet }),
  fc.record({ type: fc.constant("show" as const), code, on: fc.boolean() }),
  fc.record({ type: fc.constant("within" as const), code: fc.option(code) }),
  fc.record({ type: fc.constant("drill" as const), code, level: fc.constantFrom(...LEVELS) }),
  fc.record({ type: fc.constant("table" as const), open: fc.boolean() }),
  fc.record({ type: fc.constant("counted" as const), counted: fc.constantFrom(...COUNTED) }),
  fc.constant({ type: "clear-all" as const }),
);
const frozen = (v: View): View => Object.freeze({ ...v, themes: Object.freeze([...v.themes]) }) as View;
const played = (acts: Action[]) => acts.reduce((v, a) => reduce(frozen(v), a), START);

describe("the reducer", () => {
  it("never changes the view it was given", () => {
    fc.assert(
      fc.property(fc.array(action, { maxLength: 20 }), (acts) => {
        expect(() => played(acts)).not.toThrow();
      }),
    );
  });

  it("toggling twice is nothing", () => {
    fc.assert(
      fc.property(fc.array(action, { maxLength: 8 }), facet, code, (acts, f, c) => {
        const before = played(acts);
        const act: Action = { type: "toggle", facet: f, code: c };
        expect(reduce(reduce(before, act), act)).toEqual(before);
      }),
    );
  });

  it("the order of ticking does not matter", () => {
    const tick = (c: string): Action => ({ type: "toggle", facet: "themes", code: c });
    const one = ["b", "a", "c"].map(tick).reduce(reduce, START);
    const other = ["c", "b", "a"].map(tick).reduce(reduce, START);
    expect(one).toEqual(other);
    expect(sameQuestion(one, other)).toBe(true);
  });

  it("a new level or a new place lets the chosen unit go", () => {
    const chosen = reduce(START, { type: "select", selection: { kind: "hotspot", id: 1 } });
    expect(reduce(chosen, { type: "level", level: "ward" }).selected).toBeNull();
    expect(reduce(chosen, { type: "drill", code: "x", level: "ward" })).toMatchObject({
      within: "x",
      level: "ward",
      selected: null,
    });
  });

  it("moving, choosing and drawing ask no new question; filters do", () => {
    const camera = reduce(START, { type: "camera", camera: { lon: 1, lat: 2, zoom: 3 } });
    const drawn = reduce(reduce(camera, { type: "show", code: "hotel", on: true }), {
      type: "table",
      open: true,
    });
    expect(sameQuestion(START, drawn)).toBe(true);
    expect(sameQuestion(START, reduce(START, { type: "toggle", facet: "themes", code: "cse" }))).toBe(false);
    expect(
      sameQuestion(START, reduce(START, { type: "week", hours: { first: 1, end: 2 }, weekdays: null })),
    ).toBe(false);
  });

  it("what is counted is another question, and nothing else of the view moves", () => {
    fc.assert(
      fc.property(fc.array(action, { maxLength: 8 }), (acts) => {
        const before = played(acts);
        const events = reduce(before, { type: "counted", counted: "events" });
        const records = reduce(before, { type: "counted", counted: "records" });
        expect(sameQuestion(events, records)).toBe(false);
        expect({ ...events, counted: before.counted }).toEqual(before);
        expect(reduce(events, { type: "clear-all" }).counted).toBe("records");
      }),
    );
  });

  it("only the camera replaces the address; Back undoes the rest", () => {
    expect(replacesHistory({ type: "camera", camera: { lon: 0, lat: 0, zoom: 1 } })).toBe(true);
    expect(replacesHistory({ type: "clear-all" })).toBe(false);
  });
});

describe("the store", () => {
  it("tells listeners the view before and after", () => {
    const store = makeStore(START);
    const heard: [string, string][] = [];
    store.listen((now, before) => heard.push([before.level, now.level]));
    store.act({ type: "level", level: "ward" });
    store.act({ type: "level", level: "street" });
    expect(heard).toEqual([
      ["cell", "ward"],
      ["ward", "street"],
    ]);
    expect(store.view().level).toBe("street");
  });
});
