import { describe, expect, test } from "vitest";
import { outcome } from "../src/pages/meeting/minutes";
import { meetingDays } from "../src/state/meeting_days";

describe("meetingDays", () => {
  test("reads the days that the page names", () => {
    const told = [{ day: "2026-11-20", words: "South meeting, 25 November 2026" }];
    expect(meetingDays(JSON.stringify(told))).toEqual(told);
  });
  test("leaves out what is no day, and reads nothing from what is no list", () => {
    expect(meetingDays('[{"day":"soon","words":"x"},{"day":"2026-11-20"},null,3]')).toEqual([]);
    for (const text of ["", "{}", "null", "no JSON"]) expect(meetingDays(text)).toEqual([]);
  });
});

describe("outcome of saving a minute", () => {
  const saved = { ok: false, status: 0, version: null, detail: "" };
  test("is saved only with a version to go on from", () => {
    expect(outcome({ ...saved, ok: true, status: 200, version: 2 })).toBe("saved");
    expect(outcome({ ...saved, ok: true, status: 200 })).toBe("failed");
  });
  test("leads to both versions, to the reason, or says that nothing was saved", () => {
    expect(outcome({ ...saved, status: 409 })).toBe("both");
    expect(outcome({ ...saved, status: 422, detail: "It seems to tell of somebody." })).toBe("refused");
    expect(outcome({ ...saved, status: 500 })).toBe("failed");
  });
});
