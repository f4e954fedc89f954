// Help in place: a dialog over the page, opened by the button or by "?", closed by Esc.

import { keysOf, MARKS, WORDS } from "../state/help";
import { fill, h } from "./dom";

export function wakeHelp(): void {
  const button = document.querySelector<HTMLButtonElement>(".help-button");
  if (!button) return;
  const dialog = makeDialog(document.body.dataset.tour ?? "", document.body.dataset.tourStart ?? "");
  const open = () => {
    if (!dialog.isConnected) document.body.append(dialog);
    if (!dialog.open) dialog.showModal();
  };
  button.hidden = false;
  button.addEventListener("click", open);
  document.addEventListener("keydown", (event) => {
    const typing = event.target instanceof HTMLElement && event.target.closest("input, select, textarea");
    if (event.key !== "?" || typing || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    open();
  });
}

function makeDialog(page: string, tour: string): HTMLDialogElement {
  const dialog = h("dialog", { class: "help", "aria-labelledby": "help-title" });
  const close = h(
    "button",
    { type: "button", class: "button secondary", onclick: () => dialog.close() },
    "Close",
  );
  fill(
    dialog,
    h("div", { class: "help-head" }, h("h2", { id: "help-title" }, "Help"), close),
    h("h3", {}, "Keys"),
    h("dl", { class: "help-keys" }, ...keysOf(page).map(keyRow)),
    h("h3", {}, "How to read the marks"),
    h("ul", { class: "help-marks" }, ...MARKS.map(markRow)),
    h("h3", {}, "Words"),
    h("dl", { class: "help-words" }, ...WORDS.map(([word, means]) => row(word, means))),
    tour && h("p", {}, h("a", { href: tour }, "Take the guided tour of two minutes")),
  );
  dialog.addEventListener("click", (event) => event.target === dialog && dialog.close());
  return dialog;
}

function keyRow({ keys, does }: { keys: readonly string[]; does: string }): HTMLElement {
  return h("div", {}, h("dt", {}, ...keys.map((one) => h("kbd", {}, one))), h("dd", {}, does));
}

function markRow({ sample, means }: { sample: string; means: string }): HTMLElement {
  return h(
    "li",
    {},
    h("span", { class: `help-mark is-${sample}`, "aria-hidden": "true" }, sample === "withheld" ? "–" : ""),
    means,
  );
}

function row(word: string, means: string): HTMLElement {
  return h("div", {}, h("dt", {}, word), h("dd", {}, means));
}
