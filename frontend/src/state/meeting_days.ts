// The days on which meetings were frozen: a map can go back to what each of them knew.

export interface MeetingDay {
  readonly day: string;
  /** Whose it was: "South meeting, 25 November 2026". */
  readonly words: string;
}

const DAY = /^\d{4}-\d{2}-\d{2}$/;

/** From the page's own JSON; what is no list of such days is none, for the map must open all the same. */
export function meetingDays(text: string): readonly MeetingDay[] {
  let told: unknown;
  try {
    told = JSON.parse(text || "[]");
  } catch {
    return [];
  }
  return Array.isArray(told) ? told.filter(isDay) : [];
}

function isDay(told: unknown): told is MeetingDay {
  const one = told as MeetingDay | null;
  return typeof one?.day === "string" && DAY.test(one.day) && typeof one.words === "string";
}
