// A day that is typed is taken when it is whole: with Enter, or when the keyboard goes on. Picked from the calendar, at once.

import { type Attributes, h } from "../dom";

const TYPING = /^(?:\d|Arrow(?:Up|Down)|Backspace|Delete)$/;
const EARLIEST = "1990-01-01";
const LATEST = "2099-12-31";

/** Calls `chosen` with an ISO day, or null where it was emptied. A day outside `min` and `max` is never taken. */
export function dayField(attributes: Attributes, chosen: (day: string | null) => void): HTMLInputElement {
  const input = h("input", { type: "date", min: EARLIEST, max: LATEST, ...attributes });
  let taken = input.value;
  let typing = false;
  const take = () => {
    typing = false;
    if (!input.isConnected || input.value === taken || !input.validity.valid) return;
    taken = input.value;
    chosen(taken || null);
  };
  input.addEventListener("keydown", (event) => {
    if (TYPING.test(event.key)) typing = true;
    if (event.key !== "Enter") return;
    event.preventDefault();
    if (input.reportValidity()) take();
  });
  input.addEventListener("change", () => typing || take());
  // In a moment: a field that was drawn anew under the keyboard blurs too, and is gone by then.
  input.addEventListener("blur", () => queueMicrotask(take));
  return input;
}
