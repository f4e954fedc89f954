// Measures for whoever benchmarks: from the request, and from the answer's arrival, to the frame that shows it.

import type { Map as LibreMap } from "maplibre-gl";

export function measurePaint(map: LibreMap, path: string): void {
  map.once("render", () => {
    requestAnimationFrame(() => {
      const channel = new MessageChannel();
      channel.port1.onmessage = () => {
        channel.port1.close();
        performance.measure("trigpoint:answer-to-painted", { start: `trigpoint:answer ${path}` });
        performance.measure("trigpoint:asked-to-painted", { start: `trigpoint:asked ${path}` });
      };
      channel.port2.postMessage(null);
    });
  });
  map.triggerRepaint();
}
