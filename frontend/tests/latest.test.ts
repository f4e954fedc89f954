import { describe, expect, it } from "vitest";
import { Latest } from "../src/api/ask";

function later<T>(): { promise: Promise<T>; settle: (v: T) => void; fail: (e: Error) => void } {
  let settle: (v: T) => void = () => undefined;
  let fail: (e: Error) => void = () => undefined;
  const promise = new Promise<T>((resolve, reject) => {
    settle = resolve;
    fail = reject;
  });
  return { promise, settle, fail };
}

describe("one question at a time", () => {
  it("gives up the older when a newer comes, even when the older answers last", async () => {
    const latest = new Latest();
    const [first, second] = [later<string>(), later<string>()];
    let given_up = false;
    const old = latest.run((signal) => {
      signal.addEventListener("abort", () => {
        given_up = true;
      });
      return first.promise;
    });
    const young = latest.run(() => second.promise);
    second.settle("new");
    first.settle("old");
    expect(await young).toBe("new");
    expect(await old).toBeNull();
    expect(given_up).toBe(true);
  });

  it("does not report the failure of a question it gave up", async () => {
    const latest = new Latest();
    const first = later<string>();
    const old = latest.run(() => first.promise);
    const young = latest.run(async () => "new");
    first.fail(new Error("gone"));
    expect(await old).toBeNull();
    expect(await young).toBe("new");
  });

  it("passes on the failure of the question that counts", async () => {
    const wrong = new Latest().run(async () => {
      throw new Error("down");
    });
    await expect(wrong).rejects.toThrow("down");
  });
});
