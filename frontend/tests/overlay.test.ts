import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Notices, SiteClass, Sites, Work } from "../src/api/answers";
import { areaMarks, breachWords, inPlaceWords, noticeDates, overlaysOf } from "../src/state/overlay";

const CLASSES: SiteClass[] = [
  { code: "school", label: "Schools", group: "vulnerable", kept: "point" },
  { code: "childrens_home", label: "Children's homes", group: "vulnerable", kept: "area" },
  { code: "station", label: "Stations", group: "transport", kept: "point" },
  { code: "notice_cawn", label: "Warning notices", group: "disruption", kept: "point" },
  { code: "notice_closure", label: "Closures", group: "disruption", kept: "point" },
  { code: "work_session", label: "Youth sessions", group: "work", kept: "point" },
];
const EVERY = CLASSES.map((c) => c.code);
const area = fc.constantFrom("W1", "W2", "W3");
const state = fc.constantFrom("active" as const, "ends_soon" as const, "ended" as const);
const geometry: fc.Arbitrary<GeoJSON.Point> = fc.constant({ type: "Point", coordinates: [1, 52] });

const sites: fc.Arbitrary<Sites> = fc.record({
  type: fc.constant("FeatureCollection" as const),
  features: fc.array(
    fc.record({
      type: fc.constant("Feature" as const),
      properties: fc.record({ class: fc.constantFrom("school", "station"), name: fc.string() }),
      geometry,
    }),
    { maxLength: 12 },
  ),
  areas: fc.array(
    fc.record({ class: fc.constant("childrens_home"), code: area, n: fc.integer({ min: 1, max: 4 }) }),
  ),
});
const notices: fc.Arbitrary<Notices> = fc.record({
  type: fc.constant("FeatureCollection" as const),
  features: fc.array(
    fc.record({
      type: fc.constant("Feature" as const),
      properties: fc.record({ kind: fc.constantFrom("cawn", "closure"), state }),
      geometry,
    }),
    { maxLength: 12 },
  ),
  areas: fc.array(fc.record({ kind: fc.constant("cawn"), state, code: fc.option(area) }), { maxLength: 20 }),
});
const work: fc.Arbitrary<Work> = fc.record({
  type: fc.constant("FeatureCollection" as const),
  classes: fc.constant([]),
  features: fc.array(
    fc.record({
      type: fc.constant("Feature" as const),
      properties: fc.record({
        class: fc.constant("session"),
        code: fc.constant("S1"),
        name: fc.string(),
        count: fc.integer({ min: 1, max: 9 }),
        first: fc.constant("2026-05-01"),
        last: fc.constant("2026-07-09"),
        ward_code: area,
      }),
      geometry,
    }),
    { maxLength: 6 },
  ),
});

describe("what lies over the map", () => {
  it("is all that was told of the classes ticked, each once, and nothing of the others", () => {
    fc.assert(
      fc.property(sites, notices, work, fc.subarray(EVERY), (s, n, w, shown) => {
        const found = overlaysOf({ sites: s, notices: n, work: w }, CLASSES, shown);
        const all =
          s.features.length +
          (s.areas?.length ?? 0) +
          n.features.length +
          (n.areas?.length ?? 0) +
          w.features.length;
        expect(overlaysOf({ sites: s, notices: n, work: w }, CLASSES, EVERY)).toHaveLength(all);
        expect(found.every((one) => shown.includes(one.code))).toBe(true);
        expect(new Set(found.map((one) => one.key)).size).toBe(found.length);
      }),
    );
  });

  it("never has a point for what is kept to an area, nor an area's mark for what has a point", () => {
    fc.assert(
      fc.property(sites, notices, (s, n) => {
        const found = overlaysOf({ sites: s, notices: n, work: null }, CLASSES, EVERY);
        expect(found.every((one) => one.coarse === (one.at === null))).toBe(true);
        const marked = areaMarks(found).reduce((sum, mark) => sum + mark.n, 0);
        const coarse = found.filter((one) => one.coarse && one.area).reduce((sum, one) => sum + one.n, 0);
        expect(marked).toBe(coarse);
      }),
    );
  });

  it("gives no two marks of an area one place, nor one mark two classes, states or groups", () => {
    fc.assert(
      fc.property(sites, notices, (s, n) => {
        const marks = areaMarks(overlaysOf({ sites: s, notices: n, work: null }, CLASSES, EVERY));
        expect(new Set(marks.map((m) => `${m.area}/${m.place}`)).size).toBe(marks.length);
        expect(new Set(marks.map((m) => [m.area, m.code, m.state].join())).size).toBe(marks.length);
      }),
    );
  });
});

describe("the dates of a notice", () => {
  it("say when it ends, when it ended, and that no end is told", () => {
    expect(noticeDates("2026-05-01", "2026-12-04", "active")).toBe("from 1 May 2026, ends 4 December 2026");
    expect(noticeDates("2026-05-01", "2026-06-04", "ended")).toBe("from 1 May 2026, ended 4 June 2026");
    expect(noticeDates(null, null, "active")).toBe("no end told");
    expect(noticeDates("2026-05-01", null, "ended")).toBe("from 1 May 2026, ended");
  });
});

describe("breaches", () => {
  it("are told by how often and the month of the last time", () => {
    expect(breachWords(0, null)).toBe("");
    expect(breachWords(1, null)).toBe("breached once");
    expect(breachWords(2, "2026-05")).toBe("breached twice, last in May 2026");
    expect(breachWords(5, "2026-05")).toBe("breached 5 times, last in May 2026");
  });
});

describe("what is in place", () => {
  it("tells the counts of the card, and apart what is told of the ward alone", () => {
    const none = { in_force: 0, ends_soon: 0, ended: 0, by_ward: 0 };
    expect(inPlaceWords(none, 400)).toBe("None in force within 400 metres.");
    expect(inPlaceWords({ ...none, ended: 3 }, 400)).toBe("None in force, 3 ended, within 400 metres.");
    expect(inPlaceWords({ in_force: 2, ends_soon: 1, ended: 1, by_ward: 1 }, 400)).toBe(
      "2 in force (1 ending soon), 1 ended, within 400 metres. 1 in force told only as somewhere in the ward.",
    );
  });
});
