import { describe, expect, test } from "vitest";
import {
  askOf,
  groupOf,
  headline,
  type JointAnswer,
  type JointPlace,
  leadWords,
  linkedWords,
  placeNames,
  shareWords,
  shownBy,
  squareSide,
  standings,
  switchWords,
  takesAlong,
} from "../src/state/joint";
import {
  JOINT_START,
  jointFrom,
  jointParams,
  jointQuery,
  reduceJoint,
  sameTest,
} from "../src/state/joint_view";
import { presets } from "../src/state/presets";
import { byDistrict, silentFeeds, silentWords } from "../src/state/silence";

const place = (id: number, name: string, more: Partial<JointPlace> = {}): JointPlace => ({
  id,
  letter: "ABC"[id - 1] ?? "Z",
  name,
  ward: `Ward ${id}`,
  district: "North",
  code: `u${id}`,
  units: [`u${id}`],
  count: 9,
  people: "at least 6 people",
  alone: [],
  joined_only: true,
  gone_without: [],
  lon: 0,
  lat: 0,
  shares: {},
  ...more,
});
const agency = (code: string, name: string) => ({
  code,
  name,
  events: 9,
  told_alone: 8,
  hotspots: 1,
  lost_without: 1,
});

/** Place 1 needs police; place 2 needs police and care together; place 3 stands with anybody. */
const ANSWER = {
  about: { events_of_several: 147, tellings_of_several: 312 },
  agencies: [agency("care", "Social care"), agency("police", "Police")],
  others: [],
  places: [
    place(1, "Station Parade", {
      alone: ["police"],
      joined_only: false,
      gone_without: ["police"],
      shares: { police: 0.5, care: 0.1 },
    }),
    place(2, "Whitstow Bridge", { gone_without: ["care", "police"], shares: { police: 0.4, care: 0.6 } }),
    place(3, "Market", { alone: ["care", "police"], joined_only: false }),
  ],
  concerns: [],
  bits: ["care", "police"],
  shows: [[], [3], [1, 3], [1, 2, 3]],
  without_place: [0, 1, 0, 0],
  agreement: [],
} as unknown as JointAnswer;
const on = { off: [], each: false };

describe("what a group still shows", () => {
  test("a group is the bits of those that are on", () => {
    expect(groupOf(["care", "police"], [])).toBe(3);
    expect(groupOf(["care", "police"], ["care"])).toBe(2);
    expect(groupOf(["care", "police"], ["care", "police"])).toBe(0);
  });
  test("all on shows every place, none shows none, an agency that tells nothing changes nothing", () => {
    expect([...(shownBy(ANSWER, []) ?? [])]).toEqual([1, 2, 3]);
    expect(shownBy(ANSWER, ["care", "police"])?.size).toBe(0);
    expect([...(shownBy(ANSWER, ["health"]) ?? [])]).toEqual([1, 2, 3]);
  });
  test("each group is looked up", () => {
    expect([...(shownBy(ANSWER, ["police"]) ?? [])]).toEqual([3]);
    expect([...(shownBy(ANSWER, ["care"]) ?? [])]).toEqual([1, 3]);
  });
  test("without the groups one agency off is known from the answer, two are asked for", () => {
    const three = { ...ANSWER, bits: ["care", "health", "police"], shows: [] };
    expect([...(shownBy(three, ["care"]) ?? [])]).toEqual([1, 3]);
    expect(shownBy(three, ["care", "health"])).toBeNull();
    const asked = standings(three, { off: ["care", "health"], each: false }, new Set([1]));
    expect([...asked.values()]).toEqual(["stays", "gone", "gone"]);
    expect(new Set(standings(three, { off: ["care", "health"], each: false }).values())).toEqual(
      new Set(["unknown"]),
    );
  });
  test("each alone keeps what somebody sees alone", () => {
    expect([...standings(ANSWER, { off: [], each: true }).values()]).toEqual(["stays", "gone", "stays"]);
  });
});

describe("in words", () => {
  const words = (off: string[], each = false) =>
    headline(ANSWER, { off, each }, standings(ANSWER, { off, each }));
  test("the finding first", () => {
    expect(words([])).toBe("Only our joined records show Whitstow Bridge.");
    expect(words(["care"])).toBe("Without Social care, we lose Whitstow Bridge.");
    expect(words(["police"])).toBe("Without Police, we lose Station Parade and Whitstow Bridge.");
    expect(words(["care", "police"])).toBe("Without Social care or Police, we lose every place.");
    expect(words([], true)).toBe("Each alone, we miss one place.");
    expect(headline({ ...ANSWER, places: [] }, on, new Map())).toContain("No place");
  });
  test("how many pass and how many no agency could see", () => {
    const lead = leadWords(ANSWER, 1);
    expect(lead.passes).toBe("Three places pass with everything joined.");
    expect(lead.unseen).toBe("One of them no single agency could see.");
    expect(lead.unsure).toContain("silent");
    expect(leadWords(ANSWER, 0).unsure).toBe("");
  });
  test("what goes without an agency, now and beside those that are off", () => {
    const [care, police] = ANSWER.agencies as [(typeof ANSWER.agencies)[0], (typeof ANSWER.agencies)[0]];
    expect(switchWords(ANSWER, on, care, false)).toBe("without it, 1 place goes");
    expect(switchWords(ANSWER, on, police, false)).toBe("without it, 2 places go");
    expect(switchWords(ANSWER, on, police, true)).toBe("part silent; 2 would go");
    expect(switchWords(ANSWER, { off: ["police"], each: false }, police, false)).toBe(
      "off: 2 places have gone",
    );
    expect(switchWords(ANSWER, { off: ["police"], each: false }, care, false)).toBe(
      "without it too, 1 place goes",
    );
    expect(switchWords(ANSWER, { off: [], each: true }, police, false)).toBe("by itself, 1 place");
    expect(takesAlong(ANSWER, ["police"], "care")).toBe(1);
  });
  test("asks the agency whose records a lost place rests on", () => {
    const off = { off: ["care"], each: false };
    const ask = askOf(ANSWER, off, standings(ANSWER, off));
    expect(ask?.agency).toBe("Social care");
    expect(ask?.question).toContain("Whitstow Bridge");
    expect(askOf({ ...ANSWER, places: [] }, on, new Map())).toBeNull();
  });
  test("one event told twice is counted once", () => {
    expect(linkedWords(ANSWER.about)).toContain("312 tellings were linked to 147 events");
    expect(linkedWords({ ...ANSWER.about, events_of_several: 0 })).toBe(
      "One event told to two agencies is counted once.",
    );
  });
  test("names that two places share get their ward", () => {
    const names = placeNames([place(1, "Ring Road"), place(2, "Ring Road"), place(3, "Market")]);
    expect([...names.values()]).toEqual(["Ring Road, Ward 1", "Ring Road, Ward 2", "Market"]);
  });
  test("the area of a square is the share, and a dot stands for none", () => {
    expect(squareSide(1)).toBe(26);
    expect(squareSide(0.25)).toBe(13);
    expect(squareSide(0.001)).toBe(0);
    expect(squareSide(-0.2)).toBe(0);
    expect(squareSide(null)).toBe(0);
    expect(shareWords(0.48)).toBe("half");
  });
});

describe("the page's address", () => {
  test("goes there and back", () => {
    const view = {
      ...JOINT_START,
      level: "cell" as const,
      off: ["care", "police"],
      selected: 3,
      theme: "cse",
      table: true,
    };
    expect(jointFrom(jointQuery(view))).toEqual(view);
    expect(jointQuery(JOINT_START)).toBe("");
    expect(jointFrom("?each=yes&off=police").off).toEqual([]);
    expect(jointFrom("?from=2026-01-01&to=2025-01-01").from).toBeNull();
    expect(jointFrom("?level=cell:9").level).toBe("cell");
  });
  test("switches do not ask for another test, what is tested does", () => {
    const off = reduceJoint(JOINT_START, { type: "toggle", code: "police" });
    expect(off.off).toEqual(["police"]);
    expect(reduceJoint(off, { type: "toggle", code: "police" }).off).toEqual([]);
    expect(reduceJoint(off, { type: "all-on" }).off).toEqual([]);
    expect(sameTest(off, JOINT_START)).toBe(true);
    expect(sameTest(reduceJoint(off, { type: "theme", theme: "cse" }), off)).toBe(false);
    expect(reduceJoint(off, { type: "each" })).toMatchObject({ each: true, off: [] });
  });
  test("streets are held against their own past, where places get their letters", () => {
    const period = { from: "2025-11-01", to: "2026-11-01" };
    expect(jointParams(JOINT_START, period).get("background")).toBe("past");
    expect(jointParams({ ...JOINT_START, level: "cell" }, period).get("background")).toBeNull();
  });
  test("periods end with the last month that is over", () => {
    const known = presets(["2024-11-01", "2026-12-01"], "2026-11-22");
    expect(known.map((one) => one.words)).toEqual(["3 months", "6 months", "12 months", "24 months"]);
    expect(known[2]).toMatchObject({ from: "2025-11-01", to: "2026-11-01" });
    expect(presets(["2026-06-01", "2026-12-01"], "2026-11-22").map((one) => one.words)).toEqual(["3 months"]);
  });
});

test("silence is of feeds, told by district, and says whether it is over", () => {
  const feed = {
    feed: "asb",
    name: "Anti-social behaviour",
    agency_name: "",
    verdict: "silent",
    sentence: "",
  };
  const asb = { ...feed, agency: "community_safety", since: "2026-07", until: null };
  const over = { ...asb, since: "2026-03", until: "2026-04" };
  const silent = silentFeeds({
    areas: [
      { code: "D1", words: "", feeds: [asb] },
      { code: "D2", words: "", feeds: [over] },
    ],
  });
  expect(silent.map((one) => one.agency)).toEqual(["community_safety", "community_safety"]);
  const there = byDistrict(silent);
  expect([...there.keys()]).toEqual(["D1", "D2"]);
  expect(silentWords(there.get("D1") ?? [])).toBe("one feed missing since July 2026");
  expect(silentWords(there.get("D2") ?? [])).toBe("one feed missing for a time from March 2026");
});
