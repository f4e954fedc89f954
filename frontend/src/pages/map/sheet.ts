// The map as a picture on an A4 sheet: what it shows and when, the map, its legend, its sources, its marking.

import { type Box, fitted, lines } from "../../state/take_out";
import { paintElement } from "../paint";

/** CSS pixels of A4 on its side, and how many of the picture's make one: 192 a real inch, enough for print. */
const SHEET = { width: 1123, height: 794 };
const FINE = 2;
const EDGE = 28;
const HEAD_PX = 84;
const FOOT_PX = 22;
const LEAST_STRIP_PX = 96;
const NOTE_STEP_PX = 13.5;
const NOTE_FONT = "400 10.5px";
const SANS = '"Public Sans Variable", "Public Sans", system-ui, sans-serif';

export interface SheetWords {
  title: string;
  period: string;
  filters: string;
  marking: string;
  notes: readonly string[];
  made: string;
}

/** `map` is a copy of the map's canvas; `holder` holds it on the page, with the plates hung over it. */
export async function sheetOf(
  map: HTMLCanvasElement,
  holder: HTMLElement,
  legend: HTMLElement,
  words: SheetWords,
): Promise<HTMLCanvasElement> {
  const sheet = document.createElement("canvas");
  sheet.width = SHEET.width * FINE;
  sheet.height = SHEET.height * FINE;
  const ctx = sheet.getContext("2d");
  if (!ctx) throw new Error("This browser cannot make a picture.");
  ctx.scale(FINE, FINE);
  ctx.fillStyle = "#ffffff";
  ctx.fillRect(0, 0, SHEET.width, SHEET.height);
  const key = legend.getBoundingClientRect();
  const beside = EDGE + key.width + 22;
  const told = noteLines(ctx, words.notes, SHEET.width - EDGE - beside);
  const strip = Math.max(LEAST_STRIP_PX, key.height, told.length * NOTE_STEP_PX + 8);
  const room = SHEET.height - HEAD_PX - strip - 2 * FOOT_PX - EDGE;
  paintHead(ctx, words);
  await paintMap(ctx, map, holder, { x: EDGE, y: HEAD_PX, width: SHEET.width - 2 * EDGE, height: room });
  const top = HEAD_PX + room + 12;
  ctx.save();
  ctx.translate(EDGE, top);
  await paintElement(ctx, legend, key);
  ctx.restore();
  paintNotes(ctx, told, beside, top + 4);
  paintFoot(ctx, words);
  return sheet;
}

function paintHead(ctx: CanvasRenderingContext2D, words: SheetWords): void {
  ctx.textBaseline = "alphabetic";
  write(ctx, words.title, EDGE, 46, "750 27px");
  write(ctx, [words.period, words.filters].filter(Boolean).join(" · "), EDGE, 70, "500 15.5px");
  ctx.textAlign = "right";
  write(ctx, words.marking, SHEET.width - EDGE, 24, "750 13.5px");
  ctx.textAlign = "left";
}

async function paintMap(
  ctx: CanvasRenderingContext2D,
  map: HTMLCanvasElement,
  holder: HTMLElement,
  room: Box,
): Promise<void> {
  const seen = holder.getBoundingClientRect();
  const place = fitted(seen.width, seen.height, room);
  ctx.save();
  ctx.beginPath();
  ctx.rect(place.x, place.y, place.width, place.height);
  ctx.clip();
  ctx.drawImage(map, place.x, place.y, place.width, place.height);
  ctx.translate(place.x, place.y);
  ctx.scale(place.width / seen.width, place.height / seen.height);
  for (const mark of holder.querySelectorAll(".maplibregl-marker")) await paintElement(ctx, mark, seen);
  ctx.restore();
  ctx.strokeStyle = "#d3dade";
  ctx.lineWidth = 1;
  ctx.strokeRect(place.x, place.y, place.width, place.height);
}

function noteLines(ctx: CanvasRenderingContext2D, notes: readonly string[], width: number): string[] {
  ctx.font = `${NOTE_FONT} ${SANS}`;
  return notes.flatMap((note) => lines(note, width, (text) => ctx.measureText(text).width));
}

function paintNotes(ctx: CanvasRenderingContext2D, told: readonly string[], x: number, y: number): void {
  ctx.font = `${NOTE_FONT} ${SANS}`;
  ctx.textBaseline = "top";
  ctx.textAlign = "left";
  ctx.fillStyle = "#43525b";
  for (const [at, line] of told.entries()) ctx.fillText(line, x, y + at * NOTE_STEP_PX);
}

function paintFoot(ctx: CanvasRenderingContext2D, words: SheetWords): void {
  ctx.textBaseline = "alphabetic";
  write(ctx, words.made, EDGE, SHEET.height - 16, "400 10.5px", "#43525b");
  ctx.textAlign = "right";
  write(ctx, words.marking, SHEET.width - EDGE, SHEET.height - 16, "750 13.5px");
  ctx.textAlign = "left";
}

function write(
  ctx: CanvasRenderingContext2D,
  text: string,
  x: number,
  y: number,
  font: string,
  ink = "#0f1b22",
): void {
  ctx.font = `${font} ${SANS}`;
  ctx.fillStyle = ink;
  ctx.fillText(text, x, y, SHEET.width - 2 * EDGE);
}
