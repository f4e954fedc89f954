// Symbols: shape is the group, glyph the class, fill the state. One drawing for the rail (SVG) and the map (canvas).

export type Shape = "circle" | "square" | "diamond" | "triangle" | "pentagon";
export type State = "active" | "ends_soon" | "ended";

interface Mark {
  shape: Shape;
  letter?: string;
  fill?: string;
  stroke?: string;
}

/** All paths lie in a box of 24 by 24. */
const MARKS: Record<string, Mark> = {
  school: {
    shape: "circle",
    fill: "M12 6.6 18.8 10 12 13.4 5.2 10ZM8.2 12.7v2.6c2 1.8 5.6 1.8 7.6 0v-2.6L12 14.6Z",
  },
  childrens_home: { shape: "circle", fill: "M6.4 12.2 12 7l5.6 5.2h-1.7V17h-2.6v-3.2h-2.6V17H8.1v-4.8Z" },
  supported_accommodation: {
    shape: "circle",
    stroke: "M12.4 11.6 7.8 16.2M8.6 15.4l1.4 1.4",
    fill: "M14.4 6.8a2.8 2.8 0 1 1-.01 0Z",
  },
  hotel: {
    shape: "circle",
    stroke: "M6.2 8v8.2M6.2 14.2h11.6M17.8 16.2v-3.8a1.6 1.6 0 0 0-1.6-1.6h-5.4v3.2",
    fill: "M8.6 10.4a1.3 1.3 0 1 1-.01 0Z",
  },
  bnb: { shape: "circle", letter: "BB" },
  takeaway: {
    shape: "circle",
    stroke: "M8.2 7v3a1.6 1.6 0 0 0 3.2 0V7M9.8 7v10M14.4 17v-4.6M14.4 12.4V7c1.6.5 2.2 2.4 2 5.2Z",
  },
  park: { shape: "circle", fill: "M12 5.8 16.2 11h-1.7l2.7 3.6h-4.1V18h-2.2v-3.4H6.8L9.5 11H7.8Z" },
  station: {
    shape: "square",
    stroke: "M7.2 10h9.4M14 7.4 16.8 10M16.8 14H7.4M10 16.6 7.2 14",
  },
  bus_stop: {
    shape: "square",
    fill: "M8.2 6.4h7.6A1.2 1.2 0 0 1 17 7.6v8.2h-1v1.8h-1.8v-1.8H9.8v1.8H8v-1.8H7V7.6a1.2 1.2 0 0 1 1.2-1.2ZM8.5 8.2v3.6h7V8.2ZM8.6 13.2v1.3h1.5v-1.3ZM13.9 13.2v1.3h1.5v-1.3Z",
  },
  cawn: { shape: "diamond", letter: "W" },
  closure: { shape: "diamond", fill: "M8 10.8h8v2.4H8Z" },
  cpn: { shape: "diamond", letter: "C" },
  pspo: { shape: "diamond", letter: "P" },
  dispersal: { shape: "diamond", letter: "D" },
  hotel_notice: { shape: "diamond", letter: "H" },
  work_session: { shape: "triangle", fill: "M9 13h6v4.4H9Z" },
  work_patrol: { shape: "triangle", fill: "M12 12.2a2.6 2.6 0 1 1-.01 0Z" },
  work_awareness: {
    shape: "triangle",
    fill: "M11 9.6h2v4.6h-2ZM11 15.6h2v2h-2Z",
  },
  work_planned: { shape: "triangle", stroke: "M9 13.6l2.2 2.2 4-4.6" },
  rail_line: { shape: "square", stroke: "M8.6 6.4v11.2M15.4 6.4v11.2M8.6 9h6.8M8.6 12h6.8M8.6 15h6.8" },
  bus_route: { shape: "square", stroke: "M6.8 16.4h3.4l3.6-8.8h3.4" },
  police_station: {
    shape: "pentagon",
    fill: "M12 7.6l3.8 1.3v3.2c0 2.4-1.6 4-3.8 5-2.2-1-3.8-2.6-3.8-5V8.9Z",
  },
  library: {
    shape: "pentagon",
    fill: "M7.4 9.4c1.7-.6 3.1-.4 4.1.5v6.6c-1-.9-2.4-1.1-4.1-.5ZM16.6 9.4c-1.7-.6-3.1-.4-4.1.5v6.6c1-.9 2.4-1.1 4.1-.5Z",
  },
  leisure_centre: {
    shape: "pentagon",
    stroke: "M8.4 12.6h7.2M8.4 10.4v4.4M15.6 10.4v4.4M7 11.4v2.4M17 11.4v2.4",
  },
  civic_centre: {
    shape: "pentagon",
    fill: "M7.6 10.6 12 8l4.4 2.6v1H7.6ZM8.4 12.4H10v3H8.4ZM11.2 12.4h1.6v3h-1.6ZM14 12.4h1.6v3H14ZM7.6 16h8.8v1.2H7.6Z",
  },
  hospital: { shape: "pentagon", fill: "M10.8 8.8h2.4v2.8H16v2.4h-2.8v2.8h-2.4V14H8v-2.4h2.8Z" },
};

const OUTLINES: Record<Shape, string> = {
  circle: "M12 2.5a9.5 9.5 0 1 1 0 19a9.5 9.5 0 1 1 0-19Z",
  square:
    "M6 3.5h12A2.5 2.5 0 0 1 20.5 6v12a2.5 2.5 0 0 1-2.5 2.5H6A2.5 2.5 0 0 1 3.5 18V6A2.5 2.5 0 0 1 6 3.5Z",
  diamond: "M12 1.4 22.6 12 12 22.6 1.4 12Z",
  triangle: "M12 2.2 22.4 20.8H1.6Z",
  pentagon: "M12 1.8 22 9.4 18.2 21.2H5.8L2 9.4Z",
};

const TOKEN: Record<Shape, string> = {
  circle: "vulnerable",
  square: "transport",
  diamond: "notice",
  triangle: "work",
  pentagon: "transport",
};

/** The mark that stands for a class of the rail. */
export function markOfClass(code: string): string {
  return code.startsWith("notice_") ? markName(code.slice("notice_".length), true) : code;
}

/** A notice called "hotel" shares its word with the hotels themselves. */
export function markName(code: string, notice: boolean): string {
  return notice && code === "hotel" ? "hotel_notice" : code;
}

function markOf(code: string): Mark {
  return MARKS[code] ?? { shape: "circle", letter: code.slice(0, 1).toUpperCase() };
}

export function shapeToken(code: string): string {
  return TOKEN[markOf(code).shape];
}

const SVG = "http://www.w3.org/2000/svg";

/** The symbol as inline SVG for lists; its colours come from the style sheet by class. */
export function symbolSvg(code: string, size: number, state: State = "active"): SVGSVGElement {
  const mark = markOf(code);
  const svg = document.createElementNS(SVG, "svg");
  for (const [k, v] of Object.entries({
    viewBox: "0 0 24 24",
    width: size,
    height: size,
    "aria-hidden": true,
  }))
    svg.setAttribute(k, String(v));
  svg.setAttribute("class", `symbol symbol-${mark.shape} is-${state}`);
  const add = (d: string, name: string) => {
    const path = document.createElementNS(SVG, "path");
    path.setAttribute("d", d);
    path.setAttribute("class", name);
    path.setAttribute("fill-rule", "evenodd");
    svg.append(path);
  };
  add(OUTLINES[mark.shape], "outline");
  if (mark.fill) add(mark.fill, "glyph");
  if (mark.stroke) add(mark.stroke, "stroke");
  if (mark.letter) svg.append(letterSvg(mark.letter));
  if (state === "ends_soon") {
    add("M19.5 1.2a3.6 3.6 0 1 1-.01 0Z", "clock");
    add("M19.5 3v2l1.3.9", "clock-hand");
  }
  return svg;
}

/** The shape of a group without a glyph, for keys. */
export function shapeSvg(shape: Shape, size: number): SVGSVGElement {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("width", String(size));
  svg.setAttribute("height", String(size));
  svg.setAttribute("aria-hidden", "true");
  svg.setAttribute("class", `symbol symbol-${shape} is-active`);
  const path = document.createElementNS(SVG, "path");
  path.setAttribute("d", OUTLINES[shape]);
  path.setAttribute("class", "outline");
  svg.append(path);
  return svg;
}

function letterSvg(letter: string): SVGTextElement {
  const text = document.createElementNS(SVG, "text");
  text.setAttribute("x", "12");
  text.setAttribute("y", letter.length > 1 ? "15.4" : "16");
  text.setAttribute("class", letter.length > 1 ? "letter two" : "letter");
  text.textContent = letter;
  return text;
}

/** The symbol as pixels for the map, with its casing. `ratio` is device pixels to one of the screen's. */
export function symbolImage(code: string, state: State, coarse: boolean, ink: Inks, size = 19): ImageData {
  const mark = markOf(code);
  const ratio = 2;
  const side = Math.round(size * 1.9) * ratio;
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = side;
  const pen = canvas.getContext("2d");
  if (!pen) throw new Error("This browser cannot draw the map's symbols.");
  pen.translate(side / 2, side / 2);
  pen.scale((size * ratio) / 20, (size * ratio) / 20);
  pen.translate(-12, -12);
  if (coarse) dottedRing(pen, ink.fill);
  const hollow = state === "ended";
  outlined(pen, new Path2D(OUTLINES[mark.shape]), hollow, ink);
  drawGlyph(pen, mark, hollow ? ink.fill : ink.glyph);
  if (state === "ends_soon") clock(pen, ink);
  return pen.getImageData(0, 0, side, side);
}

/** The shape of a group alone, for a number of symbols that stand too near to be told apart. */
export function clusterImage(shape: Shape, ended: boolean, ink: Inks, size = 27): ImageData {
  const ratio = 2;
  const side = Math.round(size * 1.3) * ratio;
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = side;
  const pen = canvas.getContext("2d");
  if (!pen) throw new Error("This browser cannot draw the map's symbols.");
  pen.translate(side / 2, side / 2);
  pen.scale((size * ratio) / 24, (size * ratio) / 24);
  pen.translate(-12, -12);
  outlined(pen, new Path2D(OUTLINES[shape]), ended, ink);
  return pen.getImageData(0, 0, side, side);
}

export function shapeInk(shape: Shape): string {
  return TOKEN[shape];
}

function outlined(pen: CanvasRenderingContext2D, outline: Path2D, hollow: boolean, ink: Inks): void {
  pen.lineJoin = "round";
  pen.lineWidth = 3.6;
  pen.strokeStyle = ink.casing;
  pen.stroke(outline);
  pen.fillStyle = hollow ? ink.casing : ink.fill;
  pen.fill(outline);
  if (!hollow) return;
  pen.lineWidth = 1.6;
  pen.setLineDash([2.6, 1.8]);
  pen.strokeStyle = ink.fill;
  pen.stroke(outline);
  pen.setLineDash([]);
}

export interface Inks {
  fill: string;
  glyph: string;
  casing: string;
}

function drawGlyph(pen: CanvasRenderingContext2D, mark: Mark, colour: string): void {
  pen.fillStyle = pen.strokeStyle = colour;
  pen.lineWidth = 1.9;
  pen.lineCap = "round";
  if (mark.fill) pen.fill(new Path2D(mark.fill), "evenodd");
  if (mark.stroke) pen.stroke(new Path2D(mark.stroke));
  if (!mark.letter) return;
  pen.font = `800 ${mark.letter.length > 1 ? 8.6 : 11}px "Public Sans", sans-serif`;
  pen.textAlign = "center";
  pen.fillText(mark.letter, 12, mark.letter.length > 1 ? 15.2 : 16);
}

function clock(pen: CanvasRenderingContext2D, ink: Inks): void {
  const face = new Path2D("M20 .6a4 4 0 1 1-.01 0Z");
  pen.fillStyle = ink.casing;
  pen.fill(face);
  pen.strokeStyle = ink.fill;
  pen.lineWidth = 1.4;
  pen.stroke(face);
  pen.stroke(new Path2D("M20 2.4v2.3l1.4 1"));
}

function dottedRing(pen: CanvasRenderingContext2D, colour: string): void {
  pen.beginPath();
  pen.arc(12, 12, 15.5, 0, 2 * Math.PI);
  pen.lineWidth = 1.7;
  pen.setLineDash([1.7, 2.2]);
  pen.strokeStyle = colour;
  pen.stroke();
  pen.setLineDash([]);
}
