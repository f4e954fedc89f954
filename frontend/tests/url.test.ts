import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { BACKGROUNDS } from "../src/state/background";
import { COMPARE_MODES } from "../src/state/compare";
import { peopleAsked } from "../src/state/measure";
import { fromQuery, pictureParams, questionParams, testParams, toQuery } from "../src/state/url";
import { type Camera, COUNTED, LEVELS, MEASURES, type Run, START, type View, WALKS } from "../src/state/view";

const code = fc.stringMatching(/^[a-z][a-z0-9_]{0,11}$/);
const codes = fc.uniqueArray(code, { maxLength: 4 }).map((list) => [...list].sort());
const run = (size: number) =>
  fc
    .tuple(fc.nat(size - 1), fc.integer({ min: 1, max: size }))
    .filter(([a, b]) => a < b && !(a === 0 && b === size))
    .map(([first, end]): Run => ({ first, end }));
const day = fc
  .date({ min: new Date("2000-01-01"), max: new Date("2099-12-31"), noInvalidDate: true })
  .map((d) => d.toISOString().slice(0, 10));
const period = fc
  .tuple(day, day)
  .filter(([a, b]) => a < b)
  .map(([from, to]) => ({ from, to }));
const camera = fc.record<Camera>({
  lon: fc.integer({ min: -1799999, max: 1799999 }).map((n) => n / 10000),
  lat: fc.integer({ min: -849999, max: 849999 }).map((n) => n / 10000),
  zoom: fc.integer({ min: 0, max: 2200 }).map((n) => n / 100),
});
const selection = fc.oneof(
  fc.record({ kind: fc.constant("hotspot" as const), id: fc.nat(9999) }),
  fc.record({ kind: fc.constant("unit" as const), level: fc.constantFrom(...LEVELS), code }),
);
const view = fc
  .record({
    level: fc.constantFrom(...LEVELS),
    period: fc.option(period),
    themes: codes,
    agencies: codes,
    categories: codes,
    detections: codes,
    qualities: codes,
    measure: fc.constantFrom(...MEASURES),
    hours: fc.option(run(24)),
    weekdays: fc.option(run(7)),
    within: fc.option(code),
    known: fc.option(day),
    comparing: fc.option(
      fc.tuple(fc.constantFrom(...COMPARE_MODES), period).map(([mode, p]) => ({ mode, ...p })),
    ),
    counted: fc.constantFrom(...COUNTED),
    background: fc.constantFrom(...BACKGROUNDS),
    shown: codes,
    on: fc.option(day),
    walk: fc.option(fc.constantFrom(...WALKS)),
    selected: fc.option(selection),
    camera: fc.option(camera),
    table: fc.boolean(),
  })
  .map(({ period: p, ...rest }): View => ({ ...rest, from: p?.from ?? null, to: p?.to ?? null }));

describe("the address", () => {
  it("brings back every view it was made from", () => {
    fc.assert(
      fc.property(view, (v) => {
        expect(fromQuery(toQuery(v))).toEqual(v);
      }),
    );
  });

  it("is empty for the first view, and empty means the first view", () => {
    expect(toQuery(START)).toBe("");
    expect(fromQuery("")).toEqual(START);
  });

  it("reads any text without failing, and what it reads it can write again", () => {
    fc.assert(
      fc.property(fc.webQueryParameters(), (text) => {
        const read = fromQuery(`?${text}`);
        expect(fromQuery(toQuery(read))).toEqual(read);
      }),
    );
  });

  it.each([
    ["?level=cell:9", { level: "cell" }],
    ["?level=parish", { level: "cell" }],
    ["?from=2026-11-01&to=2025-11-01", { from: null, to: null }],
    ["?hours=17-15", { hours: null }],
    ["?hours=0-23", { hours: null }],
    ["?hours=0-24", { hours: null }],
    ["?hours=15", { hours: { first: 15, end: 16 } }],
    ["?hours=15-16", { hours: { first: 15, end: 17 } }],
    ["?weekdays=sat", { weekdays: { first: 5, end: 6 } }],
    ["?show=", { shown: [] }],
    ["?at=0.5,99,9", { camera: null }],
    ["?counted=events", { counted: "events" }],
    ["?counted=children", { counted: "records" }],
    ["?detection=reported&detection=referral", { detections: ["referral", "reported"] }],
    ["?quality=B&quality=A&quality=A", { qualities: ["A", "B"] }],
    ["?measure=rate", { measure: "rate" }],
    ["?measure=guess", { measure: "count" }],
    ["?background=past", { background: "past" }],
    ["?background=weather", { background: "" }],
  ])("%s is read with care", (query, expected) => {
    expect(fromQuery(query)).toMatchObject(expected);
  });
});

describe("the question", () => {
  it("names filters as the command line does, and nothing of the drawing", () => {
    const asked: View = {
      ...START,
      from: "2025-11-01",
      to: "2026-11-01",
      themes: ["cse", "missing"],
      hours: { first: 15, end: 17 },
      weekdays: { first: 0, end: 5 },
      camera: { lon: 0, lat: 51, zoom: 9 },
      table: true,
    };
    expect(questionParams(asked, "cell:9").toString()).toBe(
      "level=cell%3A9&from=2025-11-01&to=2026-11-01&theme=cse&theme=missing&hours=15-16&weekdays=mon-fri",
    );
    expect(questionParams({ ...START, counted: "events" }, "ward").toString()).toBe(
      "level=ward&counted=events",
    );
  });

  it("of the picture says that people are to be told, and the other questions never do", () => {
    fc.assert(
      fc.property(view, (v) => {
        const asked = pictureParams(v, v.level).get("measure");
        expect(asked).toBe(peopleAsked(v) ? "people" : null);
        expect(questionParams(v, v.level).has("measure")).toBe(false);
        expect(testParams(v, v.level).has("measure")).toBe(false);
      }),
    );
  });

  it("of a test names what is compared with, and that of a count does not", () => {
    fc.assert(
      fc.property(view, (v) => {
        const [count, test] = [questionParams(v, "cell:9"), testParams(v, "cell:9")];
        expect(count.has("background")).toBe(false);
        expect(test.get("background") ?? "").toBe(v.background);
        test.delete("background");
        expect(test.toString()).toBe(count.toString());
      }),
    );
  });
});
