import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fitted, lines, pictureName, takenFrom } from "../src/state/take_out";

const from = {
  base: "/export",
  counts: new URLSearchParams({ level: "ward", theme: "missing" }),
  tested: new URLSearchParams({ level: "cell:9" }),
  classes: ["school"],
  notices: true,
  on: "2026-11-22",
};

describe("what can be taken out", () => {
  it("is asked with the very words of the picture and of the test", () => {
    const taken = takenFrom(from);
    expect(taken.map((one) => one.key)).toEqual(["counts", "hotspots", "series", "sites", "notices"]);
    expect(taken[0]?.forms.map((one) => one.href)).toContain("/export/counts.gpkg?level=ward&theme=missing");
    expect(taken[1]?.forms[0]?.href).toBe("/export/hotspots.xlsx?level=cell%3A9");
    expect(taken[2]?.forms.map((one) => one.form)).toEqual(["xlsx", "zip"]);
    expect(taken[2]?.forms[0]?.href).toBe("/export/series.xlsx?theme=missing");
    expect(from.counts.get("level")).toBe("ward");
  });
  it("leaves out what is not on the map", () => {
    expect(takenFrom({ ...from, classes: [], notices: false }).map((one) => one.key)).toEqual([
      "counts",
      "hotspots",
      "series",
    ]);
  });
  it("names the picture by what it shows and when", () => {
    expect(pictureName("Marlshire", "Records, ward", "1 May 2026 to 3 June 2026", 4)).toBe(
      "marlshire-map-records-ward-1-may-2026-to-3-june-2026-publication-4.png",
    );
  });
});

describe("the sheet", () => {
  const size = fc.double({ min: 1, max: 5000, noNaN: true });
  it("keeps the map's proportions and never leaves its room", () => {
    fc.assert(
      fc.property(size, size, size, size, (w, h, width, height) => {
        const box = fitted(w, h, { x: 3, y: 5, width, height });
        expect(box.width / box.height).toBeCloseTo(w / h, 5);
        expect(box.x).toBeGreaterThanOrEqual(3 - 1e-6);
        expect(box.y).toBeGreaterThanOrEqual(5 - 1e-6);
        expect(box.x + box.width).toBeLessThanOrEqual(3 + width + 1e-6);
        expect(box.y + box.height).toBeLessThanOrEqual(5 + height + 1e-6);
      }),
    );
  });
  it("breaks lines between words, loses none and is never too wide where words fit", () => {
    const words = fc.array(fc.stringMatching(/^[a-z]{1,9}$/), { maxLength: 40 });
    fc.assert(
      fc.property(words, fc.integer({ min: 10, max: 60 }), (given, width) => {
        const made = lines(given.join(" "), width, (text) => text.length);
        expect(made.join(" ")).toBe(given.join(" "));
        for (const line of made) expect(line.length).toBeLessThanOrEqual(width);
      }),
    );
  });
});
