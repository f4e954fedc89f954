// From the answer's arrival to the frame that shows it: measured for benchmarks, and awaited by the page.

import type { Map as LibreMap } from "maplibre-gl";

/** A hidden tab draws no frame; what waits for one goes on after this long. */
const LONGEST_MS = 500;

/**
 * Resolves when the next frame of the map has been drawn; then the measures for `path` are there. They end when that
 * frame has been handed over and the next one begins; what is drawn in that one is no part of it.
 */
export function framePainted(map: LibreMap, path: string): Promise<void> {
  return new Promise((resolve) => {
    const timer = window.setTimeout(resolve, LONGEST_MS);
    map.once("render", () => {
      let handedOver = 0;
      afterFrame(() => {
        handedOver = performance.now();
      });
      requestAnimationFrame((begins) => {
        measure(path, handedOver ? Math.max(begins, handedOver) : performance.now());
        afterFrame(() => {
          window.clearTimeout(timer);
          resolve();
        });
      });
    });
    map.triggerRepaint();
  });
}

/** A map that is still loading tiles is waited for this long at most before it is copied as it is. */
const LONGEST_IDLE_MS = 3000;

/** A copy of the map's canvas, taken inside the frame that draws it: afterwards the drawing buffer is empty. */
export async function copied(map: LibreMap): Promise<HTMLCanvasElement> {
  await settled(map);
  return new Promise((resolve, reject) => {
    map.once("render", () => {
      const drawn = map.getCanvas();
      const copy = document.createElement("canvas");
      copy.width = drawn.width;
      copy.height = drawn.height;
      const ctx = copy.getContext("2d");
      if (!ctx) return reject(new Error("This browser cannot make a picture."));
      ctx.drawImage(drawn, 0, 0);
      resolve(copy);
    });
    map.triggerRepaint();
  });
}

function settled(map: LibreMap): Promise<void> {
  return new Promise((resolve) => {
    const timer = window.setTimeout(resolve, LONGEST_IDLE_MS);
    map.once("idle", () => {
      window.clearTimeout(timer);
      resolve();
    });
    map.triggerRepaint();
  });
}

/** Runs once the frame now being made has been handed over: a message comes after it, a timer might not. */
function afterFrame(then: () => void): void {
  const channel = new MessageChannel();
  channel.port1.onmessage = () => {
    channel.port1.close();
    then();
  };
  channel.port2.postMessage(null);
}

function measure(path: string, end: number): void {
  performance.measure("trigpoint:answer-to-painted", { start: `trigpoint:answer ${path}`, end });
  performance.measure("trigpoint:asked-to-painted", { start: `trigpoint:asked ${path}`, end });
}
