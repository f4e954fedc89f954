// A paper takes seconds to make: the link says so while it is made, and says why where it could not be.
const MAKING = "Being made. It takes a few seconds.";
const MADE = "Made. It is in your downloads.";
const FAILED = "It could not be made. Try again in a few minutes.";

/** The file's name as the server gives it. */
export function fileName(disposition: string | null): string {
  return /filename="([^"]+)"/.exec(disposition ?? "")?.[1] ?? "paper.pdf";
}

/** Links marked `data-paper` fetch their file in the background; without scripts they are plain downloads. */
export function wakePapers(): void {
  for (const link of document.querySelectorAll<HTMLAnchorElement>("a[data-paper]")) {
    const told = statusBeside(link);
    link.addEventListener("click", (event) => {
      event.preventDefault();
      if (link.getAttribute("aria-busy") !== "true") void make(link, told);
    });
  }
}

async function make(link: HTMLAnchorElement, told: HTMLElement): Promise<void> {
  link.setAttribute("aria-busy", "true");
  told.textContent = MAKING;
  try {
    const answer = await fetch(link.href, { credentials: "same-origin" });
    const named = answer.headers.get("Content-Disposition");
    if (!answer.ok || named === null) throw new Error(`${answer.status}`);
    keep(await answer.blob(), fileName(named));
    told.textContent = MADE;
  } catch {
    told.textContent = FAILED;
  } finally {
    link.removeAttribute("aria-busy");
  }
}

function keep(content: Blob, name: string): void {
  const address = URL.createObjectURL(content);
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}

function statusBeside(link: HTMLAnchorElement): HTMLElement {
  const told = document.createElement("span");
  told.className = "paper-told secondary";
  told.setAttribute("role", "status");
  link.after(told);
  return told;
}
