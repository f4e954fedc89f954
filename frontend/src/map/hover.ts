// Quiet or silent, where the pointer rests: a small note beside it. The plates and the table say the same to the keyboard.

import type { Map as LibreMap, MapMouseEvent } from "maplibre-gl";

const REST_MS = 250;
const BESIDE_PX = 14;

export interface HoverWords {
  /** The area they are of: while the pointer stays in it, the note stays as it is. */
  code: string;
  title: string;
  words: string;
}

/** `tell` says what is to be told at a longitude and latitude; null where nothing is. */
export function wakeHover(map: LibreMap, tell: (lon: number, lat: number) => HoverWords | null): void {
  const pointed = window.matchMedia("(hover: hover) and (pointer: fine)");
  const note = document.createElement("div");
  note.className = "map-hover";
  note.hidden = true;
  note.setAttribute("aria-hidden", "true");
  map.getContainer().append(note);
  let timer = 0;
  let shown = "";
  const hide = () => {
    window.clearTimeout(timer);
    note.hidden = true;
    shown = "";
  };
  const show = ({ lngLat, point }: MapMouseEvent) => {
    const told = tell(lngLat.lng, lngLat.lat);
    if (!told) return;
    shown = told.code;
    const title = document.createElement("b");
    title.textContent = told.title;
    note.replaceChildren(title, ` ${told.words}`);
    note.hidden = false;
    place(note, point, map.getContainer());
  };
  map.on("mousemove", (event) => {
    const onGround = event.originalEvent.target === map.getCanvas();
    if (!pointed.matches || !onGround || event.originalEvent.buttons > 0) {
      hide();
      return;
    }
    if (shown && tell(event.lngLat.lng, event.lngLat.lat)?.code === shown) return;
    hide();
    timer = window.setTimeout(() => show(event), REST_MS);
  });
  for (const away of ["mouseout", "mousedown", "movestart"] as const) map.on(away, hide);
}

/** Below and to the right of the pointer, or on the other side where the map ends. */
function place(note: HTMLElement, { x, y }: { x: number; y: number }, home: HTMLElement): void {
  const left =
    x + BESIDE_PX + note.offsetWidth > home.clientWidth ? x - BESIDE_PX - note.offsetWidth : x + BESIDE_PX;
  const top =
    y + BESIDE_PX + note.offsetHeight > home.clientHeight ? y - BESIDE_PX - note.offsetHeight : y + BESIDE_PX;
  note.style.transform = `translate(${Math.max(0, left)}px, ${Math.max(0, top)}px)`;
}
