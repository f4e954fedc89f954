// Asks, a moment after the last key, what the text would make of the sample. The newest text wins.
import { Latest } from "../../api/ask";

const REST_MS = 600;

export function wakeTrial(form: HTMLFormElement): void {
  const text = form.querySelector<HTMLTextAreaElement>("textarea");
  const place = document.getElementById("trial");
  const said = document.getElementById("trial-said");
  const url = form.dataset.trial;
  if (!text || !place || !url) return;
  const latest = new Latest();
  let waiting = 0;
  const look = async () => {
    place.setAttribute("aria-busy", "true");
    try {
      const found = await latest.run((signal) => tried(url, form, signal));
      if (found === null) return;
      // The server's own page, drawn by the templates that escape every cell.
      place.innerHTML = found;
      if (said) said.textContent = summary(place);
    } catch {
      if (said) said.textContent = "The server did not answer.";
    }
    place.removeAttribute("aria-busy");
  };
  text.addEventListener("input", () => {
    window.clearTimeout(waiting);
    waiting = window.setTimeout(look, REST_MS);
  });
  text.addEventListener("keydown", (event) => indent(event, text));
}

async function tried(url: string, form: HTMLFormElement, signal: AbortSignal): Promise<string> {
  const answer = await fetch(url, {
    method: "POST",
    body: new FormData(form),
    credentials: "same-origin",
    signal,
  });
  if (!answer.ok) throw new Error(`The server could not answer (${answer.status}).`);
  return answer.text();
}

function summary(place: Element): string {
  const fault = place.querySelector(".trial-fault")?.textContent;
  if (fault) return `It cannot be used yet. ${fault}`;
  return place.querySelector(".share-bar")?.getAttribute("aria-label") ?? "";
}

/** A new line begins where the line before it began: YAML lives by that. Tab stays what leads out of the box. */
function indent(event: KeyboardEvent, text: HTMLTextAreaElement): void {
  if (event.key !== "Enter" || event.ctrlKey || event.metaKey || event.shiftKey) return;
  const before = text.value.slice(0, text.selectionStart);
  const line = before.slice(before.lastIndexOf("\n") + 1);
  const lead = /^ */.exec(line)?.[0] ?? "";
  if (!lead) return;
  event.preventDefault();
  text.setRangeText(`\n${lead}`, text.selectionStart, text.selectionEnd, "end");
  text.dispatchEvent(new Event("input", { bubbles: true }));
}
