// Answers that take more than a moment: begun at the server, looked for again until they are there.

import { AskError, ask } from "./ask";

interface Begun {
  run: string;
  sentence: string;
  progress: string;
}
interface Run {
  stage: string;
  done: number;
  whole: number;
  fault: string;
}

/** How far what is being worked out has come; `whole` is 0 where that is not known. */
export interface HowFar {
  sentence: string;
  done: number;
  whole: number;
}

const LOOK_AGAIN_MS = 1000;

/** As `ask`; tells `waiting` while it is being worked out, and comes back with the answer itself. */
export async function askWaiting<T extends object>(
  path: string,
  params: URLSearchParams,
  signal: AbortSignal,
  waiting: (far: HowFar) => void,
): Promise<T> {
  for (;;) {
    const told = await ask<T | Begun>(path, params, signal);
    if (!isBegun(told)) return told;
    await finished(told, signal, waiting);
  }
}

async function finished(begun: Begun, signal: AbortSignal, waiting: (far: HowFar) => void): Promise<void> {
  for (;;) {
    const run = await ask<Run>(begun.progress, undefined, signal);
    if (run.stage === "failed" || run.stage === "stopped")
      throw new AskError(500, run.fault || "This was not worked out. Ask again in a minute.");
    if (run.stage !== "queued" && run.stage !== "running") return;
    waiting({ sentence: begun.sentence, done: run.done, whole: run.whole });
    await pause(LOOK_AGAIN_MS, signal);
  }
}

function isBegun(told: object): told is Begun {
  return "run" in told && "progress" in told;
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = window.setTimeout(resolve, ms);
    signal.addEventListener("abort", () => {
      window.clearTimeout(timer);
      reject(signal.reason);
    });
  });
}
