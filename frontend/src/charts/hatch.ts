// The mark of silence: hatch at 45°, 1.5 px every 7 px, used for nothing else.

import { s } from "../pages/dom";

let made = 0;

/** A pattern for one drawing and the address to fill with it. */
export function hatch(): { defs: SVGDefsElement; url: string } {
  made += 1;
  const id = `hatch-${made}`;
  const line = s("line", { x1: 0, y1: 0, x2: 0, y2: 7, class: "hatch-line" });
  const attributes = {
    id,
    width: 7,
    height: 7,
    patternUnits: "userSpaceOnUse",
    patternTransform: "rotate(45)",
  };
  return { defs: s("defs", {}, s("pattern", attributes, line)), url: `url(#${id})` };
}
