import { describe, expect, it } from "vitest";
import type { RouteProperties } from "../src/api/answers";
import {
  AFTER_SCHOOL,
  alongWords,
  isAfterSchool,
  quarterHours,
  routeChoices,
  routeOf,
  routesCalled,
} from "../src/state/along";
import { reduce } from "../src/state/reducer";
import { fromQuery, toQuery } from "../src/state/url";
import { START, type View } from "../src/state/view";

const route = (line: string, mode: string, name = `${line} Here – There`): RouteProperties => ({
  line,
  name,
  mode,
  operator: "",
  departures: 1,
  words: "",
  feed: "",
  within: `route:${line}`,
});
const asked = (path: string) => new URLSearchParams(path.split("?")[1]);

describe("routes that a reader may mean", () => {
  const known = [
    route("7", "bus", "7 Kelderby – Harbour Road"),
    route("17", "bus", "17 Kelderby – Mill"),
    route("H", "rail", "Harbour line"),
  ];
  const called = (text: string) => routesCalled(known, text).map((one) => one.within);

  it("are called by their number, with or without the word for it", () => {
    expect(called("7")).toEqual(["route:7"]);
    expect(called(" Bus 17")).toEqual(["route:17"]);
  });

  it("and by a word of their name, the number first", () => {
    expect(called("harbour")).toEqual(["route:7", "route:H"]);
    expect(called("h")).toEqual(["route:H"]);
    expect(called("nowhere")).toEqual([]);
  });
});

describe("routes to choose from", () => {
  it("stand by kind and as people count, each once", () => {
    const groups = routeChoices([
      route("10", "bus"),
      route("2", "bus"),
      route("2", "bus"),
      route("R1", "rail"),
    ]);
    expect(groups.map((g) => [g.title, g.routes.map((r) => r.within)])).toEqual([
      ["Buses", ["route:2", "route:10"]],
      ["Railways", ["route:R1"]],
    ]);
  });

  it("are named with their ends, whether or not the name has the number", () => {
    const words = routeChoices([route("7", "bus"), route("8", "bus", "Mill – Quay")])[0]?.routes;
    expect(words?.map((r) => r.words)).toEqual(["7 Here – There", "8 Mill – Quay"]);
    expect(alongWords(route("7", "bus"))).toBe("Along bus 7");
    expect(alongWords(route("R", "rail", "North line"))).toBe("Along North line");
  });

  it("leave no empty kind", () => expect(routeChoices([])).toEqual([]));
});

describe("the route the map keeps to", () => {
  it("is told from areas, and stands in the address", () => {
    const view = reduce(START, { type: "within", code: "route:7" });
    expect(routeOf(view)).toBe("route:7");
    expect(fromQuery(toQuery(view)).within).toBe("route:7");
    expect(routeOf({ within: "E05900098" })).toBeNull();
    expect(routeOf({ within: null })).toBeNull();
  });
});

describe("after school", () => {
  const { hours, weekdays } = AFTER_SCHOOL;

  it("is Monday to Friday from 15 to 17 on the map", () => {
    const view = reduce(START, { type: "week", hours, weekdays });
    expect(isAfterSchool(view)).toBe(true);
    expect(isAfterSchool({ ...view, weekdays: null })).toBe(false);
    expect(isAfterSchool({ ...view, hours: { first: 15, end: 18 } })).toBe(false);
    expect(toQuery(view)).toContain("hours=15-16&weekdays=mon-fri");
  });

  it("asks for the quarter hours along the route, with the other filters kept", () => {
    const view: View = {
      ...START,
      within: "route:7",
      hours,
      weekdays,
      themes: ["asb"],
      agencies: ["police"],
    };
    const words = asked(quarterHours(view, ["2025-01-01", "2026-01-01"]));
    expect(Object.fromEntries(words)).toEqual({
      from: "2025-01-01",
      to: "2026-01-01",
      agency: "police",
      theme: "asb",
      weekdays: "mon-fri",
      clock: "15:15-17:00",
      text: "7",
      radius: "250",
    });
  });

  it("without a route compares every route, in the place that was chosen", () => {
    const words = asked(
      quarterHours({ ...START, within: "W1", from: "2025-03-01", to: "2025-04-01" }, [null, null]),
    );
    expect([words.get("text"), words.get("within"), words.get("from")]).toEqual(["all", "W1", "2025-03-01"]);
  });
});
