// A file dropped or chosen, and how much of it has been sent.

interface Answer {
  url?: string;
  sentence?: string;
}

const LOST = "The server did not answer. Is it still running?";

export function wakeBringing(form: HTMLFormElement): void {
  const input = form.querySelector<HTMLInputElement>('input[type="file"]');
  const zone = form.querySelector<HTMLElement>(".drop");
  if (!input || !zone) return;
  wakeDropping(zone, input);
  form.addEventListener("submit", (event) => {
    const file = input.files?.[0];
    if (!file) return;
    event.preventDefault();
    if (file.size > Number(form.dataset.mostBytes)) {
      tell(`The file is larger than ${form.dataset.most}, the most that can be taken through the browser.`);
      return;
    }
    send(form);
  });
}

function wakeDropping(zone: HTMLElement, input: HTMLInputElement): void {
  const words = zone.querySelector<HTMLElement>(".drop-words");
  if (words) words.hidden = false;
  const over = (on: boolean) => (event: DragEvent) => {
    event.preventDefault();
    zone.classList.toggle("is-over", on);
  };
  zone.addEventListener("dragover", over(true));
  zone.addEventListener("dragleave", over(false));
  zone.addEventListener("drop", (event) => {
    over(false)(event);
    const files = event.dataTransfer?.files;
    if (files?.length) input.files = files;
  });
}

/** XMLHttpRequest, for `fetch` cannot tell how much of a file has been sent. */
function send(form: HTMLFormElement): void {
  const request = new XMLHttpRequest();
  const sending = form.querySelector<HTMLElement>(".sending");
  const bar = form.querySelector<HTMLProgressElement>(".sending progress");
  const words = form.querySelector<HTMLElement>(".sending [role=status]");
  const button = form.querySelector<HTMLButtonElement>("button");
  if (!sending || !bar || !words || !button) return;
  request.upload.addEventListener("progress", (event) => {
    if (!event.lengthComputable) return;
    const percent = Math.floor((100 * event.loaded) / event.total);
    bar.value = percent;
    if (percent % 10 === 0) words.textContent = `${percent} of 100 sent.`;
  });
  const again = (sentence: string) => {
    sending.hidden = true;
    button.disabled = false;
    tell(sentence);
  };
  request.addEventListener("load", () => {
    const answer = read(request);
    if (request.status === 200 && answer.url) location.assign(answer.url);
    else again(answer.sentence ?? `The server could not take the file (${request.status}).`);
  });
  request.addEventListener("error", () => again(LOST));
  request.open("POST", form.action);
  request.setRequestHeader("Accept", "application/json");
  hush();
  sending.hidden = false;
  button.disabled = true;
  words.textContent = "Sending the file.";
  request.send(new FormData(form));
}

function read(request: XMLHttpRequest): Answer {
  try {
    return JSON.parse(request.responseText) as Answer;
  } catch {
    return {};
  }
}

const fault = () => document.getElementById("bring-fault");

function hush(): void {
  const box = fault();
  if (box) box.hidden = true;
}

function tell(sentence: string): void {
  const box = fault();
  if (!box) return;
  box.hidden = false;
  box.replaceChildren(Object.assign(document.createElement("p"), { textContent: sentence }));
  box.tabIndex = -1;
  box.focus();
}
