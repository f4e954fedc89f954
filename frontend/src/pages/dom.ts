// Small builders for elements. No inline style anywhere: the content policy forbids it in markup.

type Child = Node | string | null | undefined | false;
export type Attributes = Record<string, string | number | boolean | null | undefined | EventListener>;

export function h<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Attributes = {},
  ...children: Child[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  dress(element, attributes);
  element.append(...present(children));
  return element;
}

const SVG = "http://www.w3.org/2000/svg";

export function s<K extends keyof SVGElementTagNameMap>(
  tag: K,
  attributes: Attributes = {},
  ...children: Child[]
): SVGElementTagNameMap[K] {
  const element = document.createElementNS(SVG, tag);
  dress(element, attributes);
  element.append(...present(children));
  return element;
}

export function fill(parent: Element, ...children: Child[]): void {
  parent.replaceChildren(...present(children));
}

function present(children: Child[]): (Node | string)[] {
  return children.filter((c): c is Node | string => c !== null && c !== undefined && c !== false);
}

/** `on…` attributes are listeners; true stands for an empty attribute; null, undefined and false for none. */
function dress(element: Element, attributes: Attributes): void {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (typeof value === "function") element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value === true ? "" : String(value));
  }
}

let live: HTMLElement | null = null;

/** Say something to those who listen to the page rather than look at it. */
export function announce(words: string): void {
  if (!live) {
    live = h("div", { class: "visually-hidden", role: "status", "aria-live": "polite" });
    document.body.append(live);
  }
  live.textContent = words;
}

/**
 * Keep the keyboard where it was when a list is drawn anew: elements are known by `data-key`. Where the one that had it
 * has gone, its neighbour gets it; `otherwise` is for a list that has nothing left.
 */
export function keepFocus(parent: Element, redraw: () => void, otherwise?: () => Element | null): void {
  const active = document.activeElement;
  const key = active && parent.contains(active) ? active.getAttribute("data-key") : null;
  const keys = key === null ? [] : keysIn(parent);
  redraw();
  if (key === null || nearest(keys, key).some((one) => focusOn(keyed(parent, one)))) return;
  focusOn(otherwise?.() ?? null);
}

/** Where the keyboard goes in turn: to the key itself, to those after it, then back over those before it. */
export function nearest(keys: readonly string[], key: string): string[] {
  const here = keys.indexOf(key);
  return here < 0 ? [key] : [...keys.slice(here), ...keys.slice(0, here).reverse()];
}

/** Whether the element is there and took the keyboard. */
export function focusOn(element: Element | null): boolean {
  if (!(element instanceof HTMLElement || element instanceof SVGElement)) return false;
  element.focus({ preventScroll: true });
  return document.activeElement === element;
}

function keysIn(parent: Element): string[] {
  return [...parent.querySelectorAll("[data-key]")].flatMap((one) => one.getAttribute("data-key") ?? []);
}

function keyed(parent: Element, key: string): Element | null {
  return parent.querySelector(`[data-key="${CSS.escape(key)}"]`);
}
