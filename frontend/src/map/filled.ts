// Sources that draw something only now and then. While one is empty its layers are not drawn at all: drawn in software,
// thirty empty layers cost a third of each frame over the county.

import type { GeoJSONSource, LayerSpecification as Layer, Map as LibreMap } from "maplibre-gl";

/** What each source was last filled with: an older filling that comes late from the map's worker shows nothing. */
const newest = new WeakMap<GeoJSONSource, readonly GeoJSON.Feature[]>();

/** The layers with those of the named sources out of sight, until `fillSource` fills them. */
export function unseenUntilFilled(layers: readonly Layer[], sources: ReadonlySet<string>): Layer[] {
  return layers.map((layer) =>
    "source" in layer && sources.has(layer.source)
      ? ({ ...layer, layout: { ...layer.layout, visibility: "none" } } as Layer)
      : layer,
  );
}

/**
 * From now on the source holds these. Emptied, it is out of sight in the next frame; filled, once its tiles can be cut.
 * Empty as before, nothing is drawn anew, which would cost a frame.
 */
export function fillSource(map: LibreMap, id: string, features: GeoJSON.Feature[]): void {
  const source = map.getSource(id) as GeoJSONSource;
  const before = newest.get(source) ?? [];
  if (features.length === 0 && before.length === 0) return;
  newest.set(source, features);
  if (features.length === 0) {
    seeLayersOf(map, id, false);
    return;
  }
  void source.setData({ type: "FeatureCollection", features }).then(() => {
    if (newest.get(source) === features) seeLayersOf(map, id, true);
  });
}

/** The map draws a frame for every such word, even where it says what is so already. */
export function see(map: LibreMap, layer: string, seen: boolean): void {
  const word = seen ? "visible" : "none";
  if (map.getLayer(layer) && map.getLayoutProperty(layer, "visibility") !== word)
    map.setLayoutProperty(layer, "visibility", word);
}

function seeLayersOf(map: LibreMap, source: string, seen: boolean): void {
  for (const id of map.getLayersOrder()) if (map.getLayer(id)?.source === source) see(map, id, seen);
}
