// Typing on a list of choices: its first word as ever, and any other word of it too.

import { choiceTyped } from "../../state/choice_typed";
import { announce } from "../dom";

/** What is typed within this time of the last key belongs together, as browsers have it. */
const TOGETHER_MS = 1200;

/** "lic" finds "make a licensing visit", "make" what begins so. The list itself, its keys and its words stay the browser's. */
export function typedAhead(select: HTMLSelectElement): void {
  let typed = "";
  let timer = 0;
  const wait = () => {
    window.clearTimeout(timer);
    timer = window.setTimeout(() => {
      typed = "";
    }, TOGETHER_MS);
  };
  select.addEventListener("blur", () => {
    typed = "";
  });
  select.addEventListener("keydown", (event) => {
    const letter = event.key.length === 1 && !event.ctrlKey && !event.metaKey && !event.altKey;
    if (!letter || (event.key === " " && !typed)) return;
    event.preventDefault();
    event.stopPropagation();
    typed += event.key;
    wait();
    const found = choiceTyped(wordsOf(select), typed, select.selectedIndex);
    if (found === null) announce(`Nothing here with ${typed}`);
    else if (found !== select.selectedIndex) take(select, found);
  });
}

/** The words of each choice; what stands for "none yet" has none. */
function wordsOf(select: HTMLSelectElement): string[] {
  return [...select.options].map((one) => (one.value ? (one.textContent ?? "") : ""));
}

function take(select: HTMLSelectElement, index: number): void {
  select.selectedIndex = index;
  select.dispatchEvent(new Event("change", { bubbles: true }));
  announce(select.options[index]?.textContent ?? "");
}
