// From the answer's arrival to the frame that shows it: measured for benchmarks, and awaited by the page.

import type { Map as LibreMap } from "maplibre-gl";

/** A hidden tab draws no frame; what waits for one goes on after this long. */
const LONGEST_MS = 500;

/** Resolves when the next frame of the map has been drawn; then the measures for `path` are there. */
export function framePainted(map: LibreMap, path: string): Promise<void> {
  return new Promise((resolve) => {
    const timer = window.setTimeout(resolve, LONGEST_MS);
    map.once("render", () => {
      requestAnimationFrame(() => {
        afterFrame(() => {
          window.clearTimeout(timer);
          measure(path);
          resolve();
        });
      });
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

function measure(path: string): void {
  performance.measure("trigpoint:answer-to-painted", { start: `trigpoint:answer ${path}` });
  performance.measure("trigpoint:asked-to-painted", { start: `trigpoint:asked ${path}` });
}
