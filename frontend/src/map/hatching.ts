// The mark of silence on the map: 45°, 1.5 px every 7 px. Used for nothing else.

export const HATCH = "silence-hatch";

/** Ten lines fit a square of 99 pixels almost exactly: 7 px apart, across, is 9.9 px along an edge. */
const SIDE = 99;
const LINES = 10;
const RATIO = 2;

export function hatchImage(colour: string): ImageData {
  const side = SIDE * RATIO;
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = side;
  const pen = canvas.getContext("2d");
  if (!pen) throw new Error("This browser cannot draw the map's hatch.");
  pen.strokeStyle = colour;
  pen.lineWidth = 1.5 * RATIO;
  const step = side / LINES;
  pen.beginPath();
  for (let k = -LINES - 1; k <= LINES + 1; k += 1) {
    pen.moveTo(k * step - step, side + step);
    pen.lineTo(k * step + side + step, -step);
  }
  pen.stroke();
  return pen.getImageData(0, 0, side, side);
}
