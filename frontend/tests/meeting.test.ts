import { expect, test } from "vitest";
import { asksForMeeting, meetingView } from "../src/state/meeting";
import { reduce } from "../src/state/reducer";
import { fromQuery } from "../src/state/url";

const PERIOD = { from: "2025-11-01", to: "2026-11-01" };
const MEETING = { ...meetingView(true), ...PERIOD };

test("a card's own address asks what the meeting asks, whatever is drawn over it", () => {
  const card = fromQuery(
    "?level=street&background=past&from=2025-11-01&to=2026-11-01&hotspot=1&at=0.9,53.1,15.2&show=park",
  );
  expect(asksForMeeting(card, MEETING)).toBe(true);
});

test("another filter, level, period or comparison letters its own places", () => {
  const others = [
    reduce(MEETING, { type: "toggle", facet: "themes", code: "missing" }),
    reduce(MEETING, { type: "level", level: "cell" }),
    reduce(MEETING, { type: "period", from: "2025-10-01", to: "2026-11-01" }),
    reduce(MEETING, { type: "background", background: "even" }),
  ];
  for (const one of others) expect(asksForMeeting(one, MEETING)).toBe(false);
});

test("where no streets are known the meeting's places are hexagons", () => {
  expect(meetingView(false).level).toBe("cell");
});
