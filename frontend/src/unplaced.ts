// The unplaced tray: a map beside the phrases, and keys to go through them. Without this script it is forms.

import type { Choices } from "./api/answers";
import { ask } from "./api/ask";
import { wakeKeys } from "./pages/unplaced/keys";
import { PickMap } from "./pages/unplaced/pick_map";

async function begin(): Promise<void> {
  const phrases = [...document.querySelectorAll<HTMLElement>(".phrase")];
  wakeKeys(phrases);
  const holder = document.getElementById("pick-map");
  if (!holder || !phrases.length) return;
  const choices = await ask<Choices>(`${holder.dataset.api ?? "/api"}/choices`);
  if (!choices.bbox) return;
  const map = new PickMap(holder, choices.basemap ?? holder.dataset.basemap ?? null, choices.bbox);
  for (const words of document.querySelectorAll<HTMLElement>(".pick-words")) words.hidden = false;
  for (const phrase of phrases) {
    phrase.addEventListener("focusin", () => map.show(phrase));
    phrase.addEventListener("pointerdown", () => map.show(phrase));
    phrase.addEventListener("change", () => map.mark());
  }
  const first = phrases[0];
  if (first) map.show(first);
}

begin().catch((error: unknown) => console.warn(error));
