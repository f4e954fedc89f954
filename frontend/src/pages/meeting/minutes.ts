// Taking minutes: saved on leaving the text and by Ctrl+Enter. Where somebody wrote meanwhile, the form goes as it would
// without scripts, so that both versions are shown and nothing of either is lost.

export interface Saved {
  readonly ok: boolean;
  readonly status: number;
  readonly version: number | null;
  readonly detail: string;
}

/** What to do with the server's word on a minute. */
export function outcome(saved: Saved): "saved" | "both" | "refused" | "failed" {
  if (saved.ok && saved.version !== null) return "saved";
  if (saved.status === 409) return "both";
  return saved.status === 422 ? "refused" : "failed";
}

export function wakeMinutes(): void {
  const form = document.querySelector<HTMLFormElement>("#minute");
  const text = form?.querySelector<HTMLTextAreaElement>("textarea");
  const version = form?.querySelector<HTMLInputElement>('input[name="version"]');
  const said = form?.querySelector<HTMLElement>(".minute-saved");
  if (!form || !text || !version || !said) return;
  let kept = text.value;
  let saving = false;

  const save = async (): Promise<void> => {
    if (saving || text.value === kept) return;
    saving = true;
    const written = text.value;
    try {
      const answer = await send(form);
      const came = outcome(answer);
      if (came === "both") return void form.submit();
      if (came === "saved") {
        kept = written;
        version.value = String(answer.version);
      }
      said.textContent = words(came, answer.detail);
    } catch {
      said.textContent = words("failed", "");
    } finally {
      saving = false;
    }
  };
  text.addEventListener("blur", (event) => {
    if (event.relatedTarget instanceof HTMLButtonElement && form.contains(event.relatedTarget)) return;
    void save();
  });
  text.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      void save();
    }
  });
}

function words(came: "saved" | "refused" | "failed", detail: string): string {
  if (came === "saved") {
    return `Saved at ${new Date().toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" })}.`;
  }
  return came === "refused" ? detail : "Not saved: the server could not be reached. Press Save.";
}

async function send(form: HTMLFormElement): Promise<Saved> {
  const answer = await fetch(form.action, {
    method: "POST",
    body: new FormData(form),
    headers: { Accept: "application/json" },
  });
  const told: unknown = answer.headers.get("Content-Type")?.startsWith("application/json")
    ? await answer.json()
    : {};
  const { version, detail } = told as { version?: unknown; detail?: unknown };
  return {
    ok: answer.ok,
    status: answer.status,
    version: typeof version === "number" ? version : null,
    detail: typeof detail === "string" ? detail : "",
  };
}
