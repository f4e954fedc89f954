import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  BACKGROUND_WORDS,
  BACKGROUNDS,
  backgroundFrom,
  comparedSentence,
  standsOn,
} from "../src/state/background";
import {
  behindSentences,
  concernSentence,
  peopleSentence,
  staysSentence,
  tellersWords,
} from "../src/state/behind";
import { reduce, replacesHistory, sameQuestion } from "../src/state/reducer";
import { START } from "../src/state/view";

const text = (background: string, why = "") => ({ background, background_why: why, sentence: "" });

describe("what hotspots are compared with", () => {
  it("is one of the words there are, whatever the address says", () => {
    fc.assert(
      fc.property(fc.string(), (word) => {
        expect(BACKGROUNDS).toContain(backgroundFrom(word));
      }),
    );
    for (const one of BACKGROUNDS) expect(backgroundFrom(one)).toBe(one);
    expect(new Set(Object.values(BACKGROUND_WORDS)).size).toBe(BACKGROUNDS.length);
  });

  it("is said with its reason, as one sentence", () => {
    expect(comparedSentence(text("even", "because all records were chosen"))).toBe(
      "Tested against an even spread over the county, because all records were chosen.",
    );
    expect(comparedSentence(text("records"))).toBe("Tested against all records here.");
    expect(comparedSentence(text(""))).toBe("");
    expect(standsOn({ sentence: "", stands_on: "counts of 2021" })).toBe("Counts of 2021.");
    expect(standsOn({ sentence: "" })).toBe("");
  });

  it("is an act that Back undoes, and asks anew", () => {
    const act = { type: "background" as const, background: "records" as const };
    const after = reduce(START, act);
    expect(after).toEqual({ ...START, background: "records" });
    expect(replacesHistory(act)).toBe(false);
    expect(sameQuestion(START, after)).toBe(false);
    expect(reduce(after, { type: "clear-all" }).background).toBe("records");
  });
});

describe("what stands behind a hotspot", () => {
  it("says how many people as the feeds can tell it", () => {
    expect(peopleSentence({ people: "at least 50 people" })).toBe("At least 50 people.");
    expect(
      peopleSentence({ people: "perhaps fewer than 5 people, perhaps 10 to 19; the feeds cannot tell" }),
    ).toBe("Perhaps fewer than 5 people, perhaps 10 to 19; the feeds cannot tell.");
    expect(peopleSentence({})).toBe("");
  });

  it("says who tells of it, since when, and how steady it is", () => {
    expect(
      behindSentences(
        {
          people: "at least 5 people",
          agencies: ["police"],
          since: "2026-04",
          stays: 0.97,
          discovered: 2,
          unknown: 1,
        },
        7,
      ),
    ).toEqual([
      "At least 5 people.",
      "Told by 1 of 7 agencies.",
      "More than its own past since April 2026.",
      "It stays a hotspot in 97 of 100 redraws of uncertain locations.",
      "2 records that our own work discovered here took no part in the test.",
      "Of 1 record it is not known how they came to light; they are kept.",
    ]);
    expect(tellersWords({ agencies: [] }, 7)).toBe("");
  });

  it("says nothing of what is not known", () => {
    expect(behindSentences({}, 7)).toEqual([]);
    expect(staysSentence({ stays: null })).toBe("");
    expect(staysSentence({ stays: 0 })).toBe(
      "It stays a hotspot in 0 of 100 redraws of uncertain locations.",
    );
  });

  it("never names the place of a concern about one source", () => {
    const concern = {
      letter: "C",
      people: "a concern about one source, for MACE 1: one person makes much of it",
    };
    expect(concernSentence(concern)).toBe(
      "A concern about one source, for MACE 1: one person makes much of it.",
    );
  });
});
