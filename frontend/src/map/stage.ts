// The map itself: made once, kept for the life of the page.

import { addProtocol, Map as LibreMap, NavigationControl, setWorkerUrl } from "maplibre-gl";
import "maplibre-gl/dist/maplibre-gl.css";
import workerUrl from "maplibre-gl/dist/maplibre-gl-worker.mjs?worker&url";
import { Protocol } from "pmtiles";
import { onThemeChange, themeNow } from "../pages/theme";
import type { Camera } from "../state/view";
import { addSymbolImages } from "./images";
import { buildStyle, type StyleOptions } from "./style";
import { readTokens } from "./tokens";

export type Box = [number, number, number, number];

export interface StageOptions {
  holder: HTMLElement;
  basemap: string | null;
  box: Box;
  camera: Camera | null;
}

/** Room for what lies over the map. */
export const SIGHT = { top: 56, bottom: 150, left: 18, right: 18 };

const calm = window.matchMedia("(prefers-reduced-motion: reduce)");
export const cameraMs = () => (calm.matches ? 0 : 400);
export const easeOut = (t: number) => 1 - (1 - t) ** 3;

export async function makeStage({ holder, basemap, box, camera }: StageOptions): Promise<LibreMap> {
  setWorkerUrl(new URL(workerUrl, import.meta.url).href);
  addProtocol("pmtiles", new Protocol().tile);
  const url = basemap ? new URL(basemap, location.href).href : null;
  const options = (): StyleOptions => ({ tokens: readTokens(), dark: themeNow() === "dark", basemap: url });
  const where = camera ? { center: [camera.lon, camera.lat] as [number, number], zoom: camera.zoom } : {};
  const map = new LibreMap({
    container: holder,
    style: buildStyle(options()),
    ...(camera ? where : { bounds: box, fitBoundsOptions: { padding: SIGHT } }),
    minZoom: 6,
    maxZoom: 18,
    maxBounds: padded(box, 0.6),
    attributionControl: false,
    dragRotate: false,
    pitchWithRotate: false,
    touchPitch: false,
    fadeDuration: 0,
    renderWorldCopies: false,
    locale: { "Map.Title": "Map. Arrow keys move it, plus and minus zoom, Enter reads the middle." },
  });
  map.touchZoomRotate.disableRotation();
  map.addControl(new NavigationControl({ showCompass: false }), "bottom-right");
  map.on("error", (event) => console.warn("map:", event.error?.message));
  const nearness = () => holder.classList.toggle("is-far", map.getZoom() < 10.6);
  map.on("zoom", nearness);
  nearness();
  await map.once("load");
  addSymbolImages(map, options().tokens);
  onThemeChange(() => repaint(map, options()));
  window.addEventListener("beforeprint", () => map.redraw());
  return map;
}

/** New colours on the same layers: sources and feature states stay. */
function repaint(map: LibreMap, options: StyleOptions): void {
  for (const layer of buildStyle(options).layers) {
    for (const [name, value] of Object.entries(layer.paint ?? {})) {
      map.setPaintProperty(layer.id, name as never, value as never);
    }
  }
  addSymbolImages(map, options.tokens);
}

function padded(box: Box, share: number): Box {
  const [w, s, e, n] = box;
  const [x, y] = [(e - w) * share, (n - s) * share];
  return [w - x, s - y, e + x, n + y];
}
