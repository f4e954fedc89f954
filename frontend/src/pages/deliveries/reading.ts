// A file being read: told by the server as it happens, or asked for where something on the way buffers that.

export interface Progress {
  stage: string;
  at_work: boolean;
  sentence: string;
  done: number;
  all: number | null;
}

const POLL_MS = 2000;
const MOST_FAILURES = 3;

export function wakeReading(box: HTMLElement): void {
  const { events, poll } = box.dataset;
  if (!events || !poll) return;
  const show = shown(box);
  if (!("EventSource" in window)) {
    pollEvery(poll, show);
    return;
  }
  let failures = 0;
  const source = new EventSource(events);
  source.addEventListener("message", (event: MessageEvent<string>) => {
    failures = 0;
    if (!show(JSON.parse(event.data) as Progress)) source.close();
  });
  // The server ends each stream after a while and the browser comes back: only failures in a row are a fault.
  source.addEventListener("error", () => {
    failures += 1;
    if (failures < MOST_FAILURES && source.readyState !== EventSource.CLOSED) return;
    source.close();
    pollEvery(poll, show);
  });
}

/** Draws a state; false once there is no more to wait for, when the page is loaded anew. */
function shown(box: HTMLElement): (progress: Progress) => boolean {
  const words = box.querySelector("[role=status]");
  const bar = box.querySelector("progress");
  const began = box.dataset.stage;
  return (progress) => {
    if (!progress.at_work || (began === "queued" && progress.stage === "accepting")) {
      location.reload();
      return false;
    }
    if (words && words.textContent !== progress.sentence) words.textContent = progress.sentence;
    if (bar && progress.all) {
      bar.max = progress.all;
      bar.value = progress.done;
    } else bar?.removeAttribute("value");
    return true;
  };
}

function pollEvery(url: string, show: (progress: Progress) => boolean): void {
  const again = async () => {
    try {
      const answer = await fetch(url, {
        credentials: "same-origin",
        headers: { Accept: "application/json" },
      });
      if (answer.ok && !show((await answer.json()) as Progress)) return;
      if (answer.status === 401 || answer.status === 404) {
        location.reload();
        return;
      }
    } catch {
      // The server may be starting again: ask later.
    }
    window.setTimeout(again, POLL_MS);
  };
  void again();
}
