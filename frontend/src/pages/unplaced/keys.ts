// Going through the tray by keyboard: J and K walk, digits choose, Enter keeps, U takes back.

/** The phrase after or before the one in hand; the first where none is, the last and first where it ends. */
export function nextPlace(now: number, step: 1 | -1, many: number): number {
  if (now < 0) return 0;
  return Math.min(Math.max(now + step, 0), many - 1);
}

export function wakeKeys(phrases: HTMLElement[]): void {
  for (const list of document.querySelectorAll<HTMLElement>(".keys")) list.hidden = false;
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
    const key = event.key.toLowerCase();
    const now = phrases.findIndex((one) => one.contains(document.activeElement));
    if (key === "j" || key === "k") {
      phrases[nextPlace(now, key === "j" ? 1 : -1, phrases.length)]?.focus();
      event.preventDefault();
    } else if (key === "u") undo();
    else if (/^[0-9]$/.test(key) && phrases[now]) choose(phrases[now], Number(key));
    else if (key === "enter" && phrases[now] && !pressable(event.target)) keep(phrases[now]);
  });
}

function choose(phrase: HTMLElement, digit: number): void {
  const inputs = [...phrase.querySelectorAll<HTMLInputElement>("input[type=radio]")];
  const wanted = digit === 0 ? inputs.find((one) => one.value === "leave") : inputs[digit - 1];
  if (!wanted || wanted.disabled || wanted.closest("[hidden]")) return;
  if (digit > 0 && wanted.dataset.candidate === undefined) return;
  wanted.checked = true;
  wanted.dispatchEvent(new Event("change", { bubbles: true }));
  wanted.focus();
}

function keep(phrase: HTMLElement): void {
  phrase.querySelector("form")?.requestSubmit(phrase.querySelector<HTMLButtonElement>("button.keep"));
}

function undo(): void {
  document.querySelector<HTMLFormElement>("form.undo")?.querySelector("button")?.click();
}

const pressable = (target: EventTarget | null) =>
  target instanceof HTMLElement && target.closest("a, button, canvas") !== null;
const typing = (target: EventTarget | null) =>
  target instanceof HTMLElement &&
  target.closest("input:not([type=radio]), select, textarea, canvas") !== null;
