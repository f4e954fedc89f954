// The question that names the places of a meeting and gives them their letters (docs/decisions/0017). Pure.

import { sameQuestion } from "./reducer";
import { START, type View } from "./view";

/** The map as Hot now asks of it: streets against their own past, hexagons where no streets are known. */
export function meetingView(streets: boolean): View {
  return { ...START, level: streets ? "street" : "cell", background: "past" };
}

/** Whether a view, its period put in, asks what Hot now asks, so that its letters are the meeting's. */
export function asksForMeeting(view: View, meeting: View): boolean {
  return sameQuestion({ ...view, measure: meeting.measure }, meeting);
}
