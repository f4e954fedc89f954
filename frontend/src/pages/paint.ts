// Draws an element of the page on a canvas as it looks: grounds, borders, words, and drawings inside it.

const DRAWN = [
  "fill",
  "fill-opacity",
  "stroke",
  "stroke-width",
  "stroke-dasharray",
  "stroke-opacity",
  "opacity",
  "font-family",
  "font-size",
  "font-weight",
  "text-anchor",
  "paint-order",
];

/** `origin` is the point of the window that falls on the canvas's present origin. */
export async function paintElement(
  ctx: CanvasRenderingContext2D,
  element: Element,
  origin: { x: number; y: number },
): Promise<void> {
  const style = getComputedStyle(element);
  const box = element.getBoundingClientRect();
  const hidden = style.display === "none" || style.visibility === "hidden";
  if (hidden || element.classList.contains("visually-hidden")) return;
  if (element instanceof SVGSVGElement) {
    await paintDrawing(ctx, element, box, origin);
    return;
  }
  paintGround(ctx, style, box, origin);
  for (const child of element.childNodes) {
    if (child instanceof Element) await paintElement(ctx, child, origin);
    else if (child instanceof Text) paintWords(ctx, child, style, origin);
  }
}

function paintGround(
  ctx: CanvasRenderingContext2D,
  style: CSSStyleDeclaration,
  box: DOMRect,
  origin: { x: number; y: number },
): void {
  if (box.width === 0 || box.height === 0) return;
  const path = new Path2D();
  const radius = Number.parseFloat(style.borderTopLeftRadius) || 0;
  path.roundRect(box.x - origin.x, box.y - origin.y, box.width, box.height, radius);
  ctx.fillStyle = style.backgroundColor;
  ctx.fill(path);
  const width = Number.parseFloat(style.borderTopWidth) || 0;
  if (width === 0 || style.borderTopStyle === "none") return;
  ctx.lineWidth = width;
  ctx.strokeStyle = style.borderTopColor;
  ctx.stroke(path);
}

/** Word by word, because a browser does not say where it broke the lines. */
function paintWords(
  ctx: CanvasRenderingContext2D,
  text: Text,
  style: CSSStyleDeclaration,
  origin: { x: number; y: number },
): void {
  ctx.font = `${style.fontStyle} ${style.fontWeight} ${style.fontSize} ${style.fontFamily}`;
  ctx.fillStyle = style.color;
  ctx.textBaseline = "middle";
  ctx.textAlign = "left";
  const range = document.createRange();
  for (const found of text.data.matchAll(/\S+/g)) {
    range.setStart(text, found.index);
    range.setEnd(text, found.index + found[0].length);
    const box = range.getBoundingClientRect();
    if (box.width > 0) ctx.fillText(found[0], box.x - origin.x, box.y - origin.y + box.height / 2);
  }
}

/** A drawing is handed over as an image, with the colours that the style sheets give it written into it. */
async function paintDrawing(
  ctx: CanvasRenderingContext2D,
  drawing: SVGSVGElement,
  box: DOMRect,
  origin: { x: number; y: number },
): Promise<void> {
  if (box.width === 0 || box.height === 0) return;
  const copy = drawing.cloneNode(true) as SVGSVGElement;
  const from = [drawing, ...drawing.querySelectorAll("*")];
  const to = [copy, ...copy.querySelectorAll("*")];
  for (const [at, one] of from.entries()) {
    const style = getComputedStyle(one);
    for (const name of DRAWN) to[at]?.setAttribute(name, style.getPropertyValue(name));
    to[at]?.removeAttribute("class");
  }
  bringPatterns(copy);
  copy.setAttribute("xmlns", "http://www.w3.org/2000/svg");
  copy.setAttribute("width", String(box.width));
  copy.setAttribute("height", String(box.height));
  const image = new Image();
  image.src = `data:image/svg+xml,${encodeURIComponent(new XMLSerializer().serializeToString(copy))}`;
  await image.decode();
  ctx.drawImage(image, box.x - origin.x, box.y - origin.y, box.width, box.height);
}

/** Hatches that are kept elsewhere on the page must be in the drawing when it stands alone. */
function bringPatterns(copy: SVGSVGElement): void {
  for (const one of copy.querySelectorAll("[fill^='url'], [stroke^='url']")) {
    for (const name of ["fill", "stroke"]) {
      const id = /url\(["']?#([^"')]+)/.exec(one.getAttribute(name) ?? "")?.[1];
      if (!id) continue;
      one.setAttribute(name, `url(#${id})`);
      const kept = document.getElementById(id);
      if (kept && !copy.querySelector(`#${CSS.escape(id)}`)) copy.prepend(kept.cloneNode(true));
    }
  }
}
