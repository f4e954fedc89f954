// Looks again until everything on the page has been worked out, and swaps the part that has changed.

const LOOK_AGAIN_MS = 2500;
const LONGEST_MS = 10 * 60_000;
const PART = "agenda";

type Fetch = (address: string) => Promise<Document | null>;
type Wait = (ms: number) => Promise<void>;

/** The page at an address, parsed; null where the server did not answer with one. */
export async function fetchPart(address: string): Promise<Document | null> {
  try {
    const response = await fetch(address, { credentials: "same-origin" });
    if (!response.ok) return null;
    return new DOMParser().parseFromString(await response.text(), "text/html");
  } catch {
    return null;
  }
}

/** Until nothing waits any longer, or ten minutes are over. A part that has focus inside it keeps its place on the page. */
export async function follow(page: Document, look: Fetch, wait: Wait): Promise<number> {
  let looks = 0;
  while (waits(page) && looks * LOOK_AGAIN_MS < LONGEST_MS) {
    await wait(isBare(page) ? 0 : LOOK_AGAIN_MS);
    looks += 1;
    const newer = await look(page.location.href);
    if (newer) swap(page, newer);
  }
  return looks;
}

function waits(page: Document): boolean {
  return page.getElementById(PART)?.hasAttribute("data-waits") ?? false;
}

/** The page came without its places, so that it came at once. */
function isBare(page: Document): boolean {
  return page.getElementById(PART)?.dataset.waits === "first";
}

/** Only what differs is swapped, so that nobody loses what they read or where their focus was without need. */
function swap(page: Document, newer: Document): void {
  const old = page.getElementById(PART);
  const fresh = newer.getElementById(PART);
  if (!old || !fresh || old.innerHTML === fresh.innerHTML) return;
  const focused = page.activeElement?.getAttribute("href");
  old.replaceWith(page.importNode(fresh, true));
  if (focused) page.querySelector<HTMLElement>(`#${PART} a[href="${CSS.escape(focused)}"]`)?.focus();
}
