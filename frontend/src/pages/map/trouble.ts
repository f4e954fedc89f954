// What takes long is said; what goes wrong is said in clear words with a way to try again.

import { fill, h } from "../dom";

const PATIENCE_MS = 1000;

export class Progress {
  private timer = 0;
  constructor(private readonly element: HTMLElement) {}

  start(words: string): void {
    this.stop();
    this.timer = window.setTimeout(() => {
      this.element.textContent = words;
      this.element.hidden = false;
    }, PATIENCE_MS);
  }

  stop(): void {
    window.clearTimeout(this.timer);
    this.element.hidden = true;
  }
}

export class Trouble {
  constructor(private readonly element: HTMLElement) {}

  say(error: unknown, retry: (() => void) | null): void {
    const words =
      error instanceof Error && error.message ? error.message : "Something went wrong on this page.";
    const again = () => {
      this.clear();
      retry?.();
    };
    fill(
      this.element,
      h("p", {}, words),
      retry && h("button", { type: "button", class: "button secondary", onclick: again }, "Try again"),
    );
    this.element.hidden = false;
  }

  clear(): void {
    this.element.hidden = true;
  }
}
