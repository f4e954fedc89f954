// The map itself: made once, kept for the life of the page.

import { addProtocol, Map as LibreMap, NavigationControl, setWorkerUrl } from "maplibre-gl";
import "maplibre-gl/dist/maplibre-gl.css";
import workerUrl from "maplibre-gl/dist/maplibre-gl-worker.mjs?worker&url";
import { PMTiles, Protocol, type Source } from "pmtiles";
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

/** Room for what lies over the map: below that is the legend, with the line on silent feeds that comes after it. */
export const SIGHT = { top: 56, bottom: 160, left: 18, right: 18 };

export const cameraMs = () => (window.matchMedia("(prefers-reduced-motion: reduce)").matches ? 0 : 400);
export const easeOut = (t: number) => 1 - (1 - t) ** 3;

export interface Stage {
  map: LibreMap;
  /** The map can be drawn on. */
  ready: Promise<void>;
  /** Called when the layers have got new colours. */
  recoloured: Set<() => void>;
  /** The light colours for as long as the work takes: what leaves as a picture is for paper. */
  inLight<T>(work: () => Promise<T>): Promise<T>;
}

const tiles = new Protocol();

/** From now on the base map is read from these bytes and asks the server for nothing. */
export function keepBasemap(basemap: string, bytes: ArrayBuffer): void {
  const key = new URL(basemap, location.href).href;
  const getBytes: Source["getBytes"] = async (offset, length) => ({
    data: bytes.slice(offset, offset + length),
  });
  tiles.add(new PMTiles({ getKey: () => key, getBytes }));
}

/** The map at once; what follows awaits `ready`. Throws where this browser cannot draw. */
export function makeStage(options: StageOptions): Stage {
  const { holder, basemap, box, camera } = options;
  setWorkerUrl(new URL(workerUrl, import.meta.url).href);
  addProtocol("pmtiles", tiles.tile);
  const url = basemap ? new URL(basemap, location.href).href : null;
  const style = (): StyleOptions => ({ tokens: readTokens(), dark: themeNow() === "dark", basemap: url });
  const where = camera ? { center: [camera.lon, camera.lat] as [number, number], zoom: camera.zoom } : {};
  const map = new LibreMap({
    container: holder,
    style: buildStyle(style()),
    ...(camera ? where : { bounds: box, fitBoundsOptions: { padding: SIGHT } }),
    minZoom: 6,
    maxZoom: 18,
    // room enough that half the width still shows all of it, whatever its shape
    maxBounds: padded(box, 1.2),
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
  const recoloured = new Set<() => void>();
  const recolour = () => {
    repaint(map, style());
    for (const tell of recoloured) tell();
  };
  const inLight = async <T>(work: () => Promise<T>): Promise<T> => {
    if (themeNow() === "light") return work();
    const { dataset } = document.documentElement;
    dataset.printing = "";
    recolour();
    try {
      return await work();
    } finally {
      delete dataset.printing;
      recolour();
    }
  };
  return { map, recoloured, inLight, ready: made(map, style, recolour) };
}

/** The style is enough to draw on; the base map's tiles come as they come. */
async function made(map: LibreMap, style: () => StyleOptions, recolour: () => void): Promise<void> {
  await Promise.all([map.once("style.load"), lettersLoaded()]);
  addSymbolImages(map, style().tokens);
  onThemeChange(recolour);
  wakePrinting(map, recolour);
}

/** The map's letters are drawn from the page's fonts, once: they must be there before the first of them. */
async function lettersLoaded(): Promise<void> {
  const fonts = ['600 16px "Public Sans"', 'italic 16px "Water Serif"'];
  await Promise.all(fonts.map((font) => document.fonts.load(font)));
}

/** Paper is light, whatever the screen is. */
function wakePrinting(map: LibreMap, recolour: () => void): void {
  const root = document.documentElement;
  window.addEventListener("beforeprint", () => {
    const dark = themeNow() === "dark";
    root.dataset.printing = "";
    if (dark) recolour();
    map.redraw();
  });
  window.addEventListener("afterprint", () => {
    delete root.dataset.printing;
    if (themeNow() === "dark") recolour();
  });
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
