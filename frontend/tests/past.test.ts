import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { arrived, done, NO_PAST, redone, undone } from "../src/state/past";
import { type Action, reduce } from "../src/state/reducer";
import { makeStore } from "../src/state/store";
import { COUNTED, FACETS, LEVELS, MEASURES, START } from "../src/state/view";

const code = fc.constantFrom("a", "b", "c");
const action: fc.Arbitrary<Action> = fc.oneof(
  fc.record({ type: fc.constant("level" as const), level: fc.constantFrom(...LEVELS) }),
  fc.record({ type: fc.constant("toggle" as const), facet: fc.constantFrom(...FACETS), code }),
  fc.record({ type: fc.constant("within" as const), code: fc.option(code) }),
  fc.record({ type: fc.constant("drill" as const), code, level: fc.constantFrom(...LEVELS) }),
  fc.record({ type: fc.constant("out" as const), level: fc.constantFrom(...LEVELS) }),
  fc.record({ type: fc.constant("counted" as const), counted: fc.constantFrom(...COUNTED) }),
  fc.record({ type: fc.constant("measure" as const), measure: fc.constantFrom(...MEASURES) }),
  fc.record({ type: fc.constant("table" as const), open: fc.boolean() }),
  fc.constant({ type: "clear-all" as const }),
);
const acts = fc.array(action, { maxLength: 12 });

function played(list: readonly Action[]) {
  const store = makeStore(START);
  for (const act of list) store.act(act);
  return store;
}

describe("undo and redo", () => {
  it("undo after an act is as if it had not been done", () => {
    fc.assert(
      fc.property(acts, action, (list, act) => {
        const store = played(list);
        const before = store.view();
        fc.pre(JSON.stringify(reduce(before, act)) !== JSON.stringify(before));
        store.act(act);
        store.undo();
        expect(store.view()).toEqual(before);
      }),
    );
  });

  it("redo after undo is as if nothing had been undone", () => {
    fc.assert(
      fc.property(acts, fc.nat(14), (list, steps) => {
        const store = played(list);
        const [view, past] = [store.view(), store.past()];
        const taken = Math.min(steps, past.behind.length);
        for (let k = 0; k < taken; k++) store.undo();
        for (let k = 0; k < taken; k++) store.redo();
        expect(store.view()).toEqual(view);
        expect(store.past()).toEqual(past);
      }),
    );
  });

  it("all undone is where we began, and there is nothing before that", () => {
    fc.assert(
      fc.property(acts, (list) => {
        const store = played(list);
        for (let k = 0; k <= list.length; k++) store.undo();
        expect(store.view()).toEqual(START);
        expect(store.past().behind).toEqual([]);
      }),
    );
  });

  it("a new act gives up what was undone", () => {
    const store = played([{ type: "toggle", facet: "themes", code: "a" }]);
    store.undo();
    store.act({ type: "toggle", facet: "detections", code: "reported" });
    store.redo();
    expect(store.view()).toMatchObject({ themes: [], detections: ["reported"] });
  });

  it("looking about is no act, and undoing a filter does not move the camera", () => {
    const store = played([{ type: "toggle", facet: "themes", code: "a" }]);
    const camera = { lon: 1, lat: 51, zoom: 11 };
    store.act({ type: "camera", camera });
    store.undo();
    expect(store.view()).toEqual({ ...START, camera });
    expect(store.past().behind).toEqual([]);
  });

  it("going back into the county looks at it as it was looked at", () => {
    const [far, near] = [
      { lon: 1, lat: 51, zoom: 8 },
      { lon: 1, lat: 51, zoom: 13 },
    ];
    const store = played([
      { type: "camera", camera: far },
      { type: "drill", code: "a", level: "ward" },
      { type: "camera", camera: near },
    ]);
    store.undo();
    expect(store.view().camera).toEqual(far);
  });

  it("a hotspot found again by the page is no act of anybody's", () => {
    const store = played([{ type: "toggle", facet: "themes", code: "a" }]);
    store.act({ type: "follow", selection: { kind: "hotspot", id: 2 } });
    store.undo();
    expect(store.view()).toEqual(START);
  });

  it("the browser's Back and Forward walk the same steps", () => {
    const step = reduce(START, { type: "toggle", facet: "qualities", code: "A" });
    const past = done(NO_PAST, START, step);
    const back = arrived(past, step, START);
    expect(back).toEqual(undone(past, step)?.past);
    expect(arrived(back, START, step)).toEqual(redone(back, START)?.past);
    const elsewhere = reduce(START, { type: "level", level: "ward" });
    expect(arrived(past, step, elsewhere)).toEqual(done(past, step, elsewhere));
  });

  it("nothing to take back is nothing done", () => {
    expect(undone(NO_PAST, START)).toBeNull();
    expect(redone(NO_PAST, START)).toBeNull();
  });
});
