import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Choices, Picture } from "../src/api/answers";
import { Asker } from "../src/pages/map/asker";
import { reduce } from "../src/state/reducer";
import { START, type View } from "../src/state/view";

/** A server that answers when it is told to, in any order, and keeps count of what is under way. */
class ScriptedServer {
  waiting: { url: URL; reply: () => void }[] = [];
  most = 0;

  readonly fetch = (address: string, options: RequestInit): Promise<Response> =>
    new Promise((resolve, reject) => {
      const url = new URL(address, "http://here");
      const reply = () => {
        this.waiting = this.waiting.filter((one) => one !== mine);
        resolve(new Response(JSON.stringify({ asked: url.search })));
      };
      const mine = { url, reply };
      this.waiting.push(mine);
      this.most = Math.max(this.most, this.waiting.length);
      options.signal?.addEventListener("abort", () => {
        this.waiting = this.waiting.filter((one) => one !== mine);
        reject(options.signal?.reason);
      });
    });
}

const CHOICES = { period: ["2024-01-01", "2026-11-01"] } as unknown as Choices;
const settled = () => new Promise((resolve) => setTimeout(resolve, 0));
let server: ScriptedServer;

beforeEach(() => {
  server = new ScriptedServer();
  vi.stubGlobal("fetch", server.fetch);
  vi.stubGlobal("window", globalThis);
});
afterEach(() => vi.unstubAllGlobals());

function brushed(view: View, hour: number): View {
  return reduce(view, { type: "week", hours: { first: hour, end: hour + 1 }, weekdays: null });
}

describe("brushing", () => {
  it("has one request under way, whatever is pressed, and paints the last state", async () => {
    const step = fc.oneof(
      fc.record({ press: fc.integer({ min: 0, max: 22 }) }),
      fc.record({ reply: fc.constant(true) }),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 14 }), async (steps) => {
        server = new ScriptedServer();
        vi.stubGlobal("fetch", server.fetch);
        const asker = new Asker("/api", CHOICES);
        const painted: string[] = [];
        let last: View | null = null;
        const press = (view: View) => {
          last = view;
          const arrived = async (picture: Picture) => {
            painted.push((picture as unknown as { asked: string }).asked);
          };
          void asker.picture(view, "ward", arrived);
        };
        for (const one of steps) {
          if ("press" in one) press(brushed(START, one.press));
          else
            for (const { reply } of server.waiting.filter(({ url }) => url.pathname === "/api/picture"))
              reply();
          expect(server.waiting.length).toBeLessThanOrEqual(1);
          await settled();
        }
        while (server.waiting.length > 0) {
          for (const { reply } of [...server.waiting]) reply();
          await settled();
        }
        expect(server.most).toBeLessThanOrEqual(1);
        if (last) expect(painted.at(-1)).toBe(`?${asker.params(last, "ward")}`);
        void asker.picture(START, "ward", async () => undefined); // ends the test of hotspots that would follow
      }),
      { numRuns: 25 },
    );
  });

  it("never paints an answer that came for an older state, though it was already on its way", async () => {
    const asker = new Asker("/api", CHOICES);
    const painted: string[] = [];
    const see = async (picture: Picture) => {
      painted.push((picture as unknown as { asked: string }).asked);
    };
    void asker.picture(brushed(START, 3), "ward", see);
    const older = server.waiting[0];
    void asker.picture(brushed(START, 4), "ward", see);
    older?.reply();
    await settled();
    expect(painted).toEqual([]);
    expect(server.waiting.map(({ url }) => url.searchParams.get("hours"))).toEqual(["4"]);
    server.waiting[0]?.reply();
    await settled();
    expect(painted).toHaveLength(1);
    expect(painted[0]).toContain("hours=4");
    void asker.picture(START, "ward", see);
  });

  it("asks for the newest all the same where the answer before it does not come", async () => {
    vi.useFakeTimers();
    try {
      const asker = new Asker("/api", CHOICES);
      for (const hour of [3, 4, 5]) {
        void asker.picture(brushed(START, hour), "ward", async () => undefined);
        await vi.advanceTimersByTimeAsync(30);
      }
      await vi.advanceTimersByTimeAsync(10_000);
      expect(server.waiting.map(({ url }) => url.searchParams.get("hours"))).toEqual(["3", "5"]);
    } finally {
      vi.useRealTimers();
    }
  });
});
