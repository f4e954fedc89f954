// A second map beside the first, with one camera for both: move either and the other follows.

import type { Map as LibreMap } from "maplibre-gl";

/** Keeps two maps at one centre and zoom. Returns what ends it. */
export function sharedCamera(first: LibreMap, second: LibreMap): () => void {
  let leading: LibreMap | null = null;
  const follow = (from: LibreMap, to: LibreMap) => () => {
    if (leading && leading !== from) return;
    leading = from;
    to.jumpTo({ center: from.getCenter(), zoom: from.getZoom() });
    leading = null;
  };
  const [there, back] = [follow(first, second), follow(second, first)];
  first.on("move", there);
  second.on("move", back);
  there();
  return () => {
    first.off("move", there);
    second.off("move", back);
  };
}
