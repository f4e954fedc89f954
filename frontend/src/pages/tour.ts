// The guided tour on a page: a frame round what is spoken of, words beside it, the keyboard, and a way out at each step.

import { addressOf, cardPlace, moved, STEPS, stepAt, stepFrom, type TourPage, told } from "../state/tour";
import { fill, h } from "./dom";

const SEEN = "trigpoint-tour-seen";
const PATIENCE_MS = 8000;

/** On a page of the tour: go on with it, or offer it on the first visit to a demo home. */
export function wakeTour(): void {
  const body = document.body.dataset;
  const page = body.tour as TourPage | undefined;
  const pages = JSON.parse(body.tourPages ?? "null") as Record<TourPage, string> | null;
  if (!page || !pages) return;
  const at = stepFrom(location.search, page);
  if (at !== null) void new Tour(at, pages).begin();
  else if (page === "hot" && "tourOffer" in body && !seen()) offer(pages);
}

function offer(pages: Record<TourPage, string>): void {
  const bar = h("section", { class: "tour-offer", "aria-label": "Guided tour" });
  const close = () => {
    remember();
    bar.remove();
  };
  fill(
    bar,
    h("p", {}, h("b", {}, "Here for the first time? "), "A tour of two minutes shows how to ask this map."),
    h(
      "span",
      { class: "tour-buttons" },
      h("a", { class: "button", href: addressOf(0, pages) }, "Take the tour"),
      h("button", { type: "button", class: "button secondary", onclick: close }, "Not now"),
    ),
  );
  document.querySelector("main")?.prepend(bar);
}

class Tour {
  private readonly ring = h("div", { class: "tour-ring", "aria-hidden": "true", hidden: true });
  private readonly card = h("div", {
    class: "tour-card",
    role: "dialog",
    "aria-labelledby": "tour-title",
    "aria-describedby": "tour-words",
    tabindex: -1,
  });
  private found: Element | null = null;

  constructor(
    private at: number,
    private readonly pages: Record<TourPage, string>,
  ) {
    document.body.append(this.ring, this.card);
    document.addEventListener("keydown", (event) => this.key(event), true);
    for (const what of ["resize", "scroll"])
      window.addEventListener(what, () => this.place(), { passive: true });
  }

  async begin(): Promise<void> {
    remember();
    await this.show();
  }

  private async show(): Promise<void> {
    const step = stepAt(this.at);
    if (!step) return;
    await somethingOf(step.find);
    const { found, words } = told(step, (selector) => visible(selector) !== null);
    this.found = found ? visible(found) : null;
    this.draw(step.title, words);
    this.found?.scrollIntoView({ block: "nearest" });
    this.place();
    this.card.focus({ preventScroll: true });
  }

  private draw(title: string, words: string): void {
    const last = moved(this.at, 1) === null;
    const go = (by: 1 | -1) => () => this.go(by);
    fill(
      this.card,
      h("p", { class: "tour-count" }, `Tour, ${this.at + 1} of ${STEPS.length}`),
      h("h2", { id: "tour-title" }, title),
      h("p", { id: "tour-words" }, words),
      h(
        "div",
        { class: "tour-buttons" },
        !last && h("button", { type: "button", class: "button", onclick: go(1) }, "Next"),
        this.at > 0 && h("button", { type: "button", class: "button secondary", onclick: go(-1) }, "Back"),
        h(
          "button",
          { type: "button", class: last ? "button" : "button link", onclick: () => this.end() },
          last ? "Done" : "Leave the tour",
        ),
      ),
    );
  }

  private go(by: 1 | -1): void {
    const to = moved(this.at, by);
    if (to === null) return;
    const here = stepAt(this.at)?.page;
    if (stepAt(to)?.page !== here) {
      location.assign(addressOf(to, this.pages));
      return;
    }
    this.at = to;
    void this.show();
  }

  private key(event: KeyboardEvent): void {
    if (!this.card.isConnected) return;
    const acts: Record<string, () => void> = {
      Escape: () => this.end(),
      ArrowRight: () => this.go(1),
      ArrowLeft: () => this.go(-1),
    };
    const act = acts[event.key];
    const here = event.key === "Escape" || this.card.contains(document.activeElement);
    if (!act || !here) return;
    event.preventDefault();
    event.stopPropagation();
    act();
  }

  private place(): void {
    if (!this.card.isConnected) return;
    const screen = { width: window.innerWidth, height: window.innerHeight };
    const box = this.found?.getBoundingClientRect() ?? null;
    const rect = box && seenPart(box, screen);
    this.ring.hidden = rect === null;
    if (rect) put(this.ring, rect);
    const { width, height } = this.card.getBoundingClientRect();
    const { left, top } = cardPlace(rect, { width, height }, screen);
    this.card.style.left = `${left}px`;
    this.card.style.top = `${top}px`;
  }

  private end(): void {
    this.ring.remove();
    this.card.remove();
    const address = new URL(location.href);
    address.searchParams.delete("tour");
    history.replaceState(null, "", address);
    document.querySelector<HTMLElement>("main h1")?.focus();
  }
}

function put(
  element: HTMLElement,
  { left, top, width, height }: { left: number; top: number; width: number; height: number },
): void {
  for (const [side, px] of Object.entries({ left, top, width, height }))
    element.style.setProperty(side, `${px}px`);
}

/** Of what is spoken of, the part on the screen. */
function seenPart(box: DOMRect, screen: { width: number; height: number }) {
  const [left, top] = [Math.max(box.left, 4), Math.max(box.top, 4)];
  const width = Math.min(box.right, screen.width - 4) - left;
  const height = Math.min(box.bottom, screen.height - 4) - top;
  return width > 0 && height > 0 ? { left, top, width, height } : null;
}

function visible(selector: string): Element | null {
  const found = document.querySelector(selector);
  return found && found.getClientRects().length > 0 ? found : null;
}

/** The page may still be drawing: wait for something the step could speak of, but not for ever. */
async function somethingOf(selectors: readonly string[]): Promise<void> {
  const until = performance.now() + PATIENCE_MS;
  while (performance.now() < until) {
    if (visible(selectors[0] ?? "")) return;
    if (
      document.readyState === "complete" &&
      performance.now() > until - PATIENCE_MS + 1500 &&
      selectors.some(visible)
    )
      return;
    await new Promise((resolve) => window.setTimeout(resolve, 100));
  }
}

function seen(): boolean {
  try {
    return localStorage.getItem(SEEN) === "yes";
  } catch {
    return true;
  }
}

function remember(): void {
  try {
    localStorage.setItem(SEEN, "yes");
  } catch {
    // A browser may forbid storage; the tour is then not offered at all.
  }
}
