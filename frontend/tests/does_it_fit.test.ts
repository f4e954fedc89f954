import { describe, expect, it } from "vitest";
import { checkAddress } from "../src/pages/map/does_it_fit";

describe("the way to a place's sense-check", () => {
  it("names the level, the months and every unit, and no filter", () => {
    const tested = new URLSearchParams("level=street&from=2026-01-01&to=2026-07-01&agency=police");
    expect(checkAddress("/sense-check/place/", tested, ["MS1", "MS2"])).toBe(
      "/sense-check/place/?level=street&from=2026-01-01&to=2026-07-01&unit=MS1&unit=MS2",
    );
  });
});
