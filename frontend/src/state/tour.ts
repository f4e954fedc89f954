// The guided tour as a value: its steps, which page each is on, and what is done where one cannot be shown. Pure.

export type TourPage = "hot" | "map" | "joint" | "questions";

export interface TourStep {
  readonly page: TourPage;
  /** The first of these that is on the page is what the step speaks of. */
  readonly find: readonly string[];
  readonly title: string;
  readonly words: string;
  /** Said in place of `words` where nothing of `find` is there. */
  readonly without: string;
}

export const STEPS: readonly TourStep[] = [
  {
    page: "hot",
    find: [".hot-places", ".cards", ".places", ".lead"],
    title: "Places, not charts",
    words:
      "The meeting begins here: the places that are hot now, at most six in each quadrant. Each letter stays with its place all through the meeting.",
    without: "The places that are hot now stand on this page. It has none at the moment, and says why.",
  },
  {
    page: "hot",
    find: [".hot-card", ".card", ".places li"],
    title: "A card asks a question",
    words:
      "Since when, who sees it, whether chance would do this, what is around it, what has been done. At its foot: the question for the room. Press a card to see it on the map.",
    without:
      "Each place has a card with one question at its foot. No place passes the test here now, so there is no card to show.",
  },
  {
    page: "map",
    find: [".stage", ".map-fallback"],
    title: "The map is quiet, the answer is loud",
    words:
      "Darker means more. An outline passes the test; hatching means that nobody has sent. Press a hexagon or a letter; press T to read the same as a table.",
    without: "The map cannot be drawn in this browser. Its table says the same.",
  },
  {
    page: "map",
    find: ["#rail", ".rail"],
    title: "Ask it otherwise",
    words:
      "Choose themes, agencies, days or hours here. Every filter stands as a chip over the map and goes with one press, and the Back button undoes it.",
    without: "The filters open from the button Filters at the foot of the screen.",
  },
  {
    page: "map",
    find: [".period"],
    title: "Time, played and compared",
    words:
      "Drag along the months to choose a period. Changes of definition and silent months are drawn in, so that they are not mistaken for a rise or a fall.",
    without: "The months stand under the map once there is more than one of them.",
  },
  {
    page: "map",
    find: ["#evidence", ".evidence"],
    title: "The evidence, and its gaps",
    words:
      "What the test says, the trend, who sees it and what is missing. “Where these numbers come from” opens the feeds, the clauses and the method behind every number.",
    without: "The evidence opens from the button What it shows at the foot of the screen.",
  },
  {
    page: "joint",
    find: [".switchboard", ".finding", "main h1"],
    title: "What only all of you see",
    words: "Which places only the joined records show, and which are lost without one of the agencies.",
    without: "What only the joined records show is still being worked out. It waits under Joint insight.",
  },
  {
    page: "questions",
    find: [".question-cards", ".finding", "main h1"],
    title: "It asks back",
    words:
      "Questions raised by rules that anybody can read, each with who could answer it. Take any answer with you: the table and its downloads are at the foot.",
    without: "The questions for the meeting are still being worked out. They wait under Ask.",
  },
];

/** Where the reader is in the tour: on the step `at`. */
export interface TourState {
  readonly at: number;
}

export function stepAt(at: number): TourStep | null {
  return STEPS[at] ?? null;
}

/** The step after or before; null past either end. */
export function moved(at: number, by: 1 | -1): number | null {
  const to = at + by;
  return to >= 0 && to < STEPS.length ? to : null;
}

/** Which of the step's elements is there, and which words are true then. */
export function told(
  step: TourStep,
  there: (selector: string) => boolean,
): { found: string | null; words: string } {
  const found = step.find.find(there) ?? null;
  return { found, words: found ? step.words : step.without };
}

/** The step a page should open with: the tour's own word in the address, `tour=3`, counted from one. */
export function stepFrom(query: string, page: TourPage): number | null {
  const word = new URLSearchParams(query).get("tour");
  if (word === null || !/^\d+$/.test(word)) return null;
  const at = Number(word) - 1;
  return STEPS[at]?.page === page ? at : null;
}

export function addressOf(at: number, pages: Record<TourPage, string>): string {
  const step = STEPS[at];
  if (!step) return pages.hot;
  return `${pages[step.page]}?tour=${at + 1}`;
}

export interface Rect {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** Where the words stand so that they do not cover what they speak of: beside, under or over it, else in a corner. */
export function cardPlace(
  of: Rect | null,
  card: { width: number; height: number },
  screen: { width: number; height: number },
): { left: number; top: number } {
  const gap = 16;
  const corner = { left: screen.width - card.width - gap, top: screen.height - card.height - gap };
  if (!of)
    return {
      left: Math.max(gap, (screen.width - card.width) / 2),
      top: Math.max(gap, (screen.height - card.height) / 2),
    };
  const within = (from: number, most: number) => Math.min(Math.max(from, gap), Math.max(gap, most - gap));
  const top = within(of.top, screen.height - card.height);
  const left = within(of.left, screen.width - card.width);
  if (of.left + of.width + gap + card.width + gap <= screen.width)
    return { left: of.left + of.width + gap, top };
  if (of.left - gap - card.width >= gap) return { left: of.left - gap - card.width, top };
  if (of.top + of.height + gap + card.height + gap <= screen.height)
    return { left, top: of.top + of.height + gap };
  if (of.top - gap - card.height >= gap) return { left, top: of.top - gap - card.height };
  return { left: Math.max(gap, corner.left), top: Math.max(gap, corner.top) };
}
