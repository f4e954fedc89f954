// The one place that asks the server.

/**
 * What went wrong, in words for the reader. `status` is 0 when the server could not be reached; `told` is all that it
 * said of a change it refused.
 */
export class AskError extends Error {
  readonly status: number;
  readonly told: unknown;
  constructor(status: number, words: string, told: unknown = null) {
    super(words);
    this.status = status;
    this.told = told;
  }
}

export async function ask<T>(path: string, params?: URLSearchParams, signal?: AbortSignal): Promise<T> {
  const query = params?.toString();
  const options: RequestInit = { credentials: "same-origin", headers: { Accept: "application/json" } };
  if (signal) options.signal = signal;
  let response: Response;
  mark("asked", path);
  try {
    response = await fetch(query ? `${path}?${query}` : path, options);
  } catch (error) {
    if (signal?.aborted) throw error;
    throw new AskError(0, "The server did not answer. Is it still running?");
  }
  if (!response.ok) throw new AskError(response.status, await wordsOf(response));
  const text = await response.text();
  mark("answer", path);
  return JSON.parse(text) as T;
}

/** Change something on the server; the page's own token proves that this page asked for it. */
export async function tell(path: string, told: object): Promise<unknown> {
  const token = document.querySelector<HTMLInputElement>("[name=csrfmiddlewaretoken]")?.value ?? "";
  const headers = { Accept: "application/json", "Content-Type": "application/json", "X-CSRFToken": token };
  let response: Response;
  try {
    response = await fetch(path, {
      method: "POST",
      credentials: "same-origin",
      headers,
      body: JSON.stringify(told),
    });
  } catch {
    throw new AskError(0, "The server did not answer. Is it still running?");
  }
  if (!response.ok) {
    const said: unknown = await response
      .clone()
      .json()
      .catch(() => null);
    throw new AskError(response.status, await wordsOf(response), said);
  }
  return response.json();
}

/** For whoever measures: `trigpoint:asked /api/picture`, then `trigpoint:answer /api/picture`. */
function mark(what: string, path: string): void {
  const name = `trigpoint:${what} ${path}`;
  performance.clearMarks(name);
  performance.mark(name);
}

async function wordsOf(response: Response): Promise<string> {
  if (response.status === 401) return "You have been signed out. Sign in again to go on.";
  const told = await spokenByServer(response);
  if (told) return told;
  if (response.status === 403) return "This is not shown to your agency.";
  return `The server could not answer (${response.status}).`;
}

async function spokenByServer(response: Response): Promise<string> {
  try {
    const body = (await response.json()) as Record<string, unknown>;
    const words = [body.sentence, body.detail, body.message, body.reason].find((w) => typeof w === "string");
    return typeof words === "string" ? words : "";
  } catch {
    return "";
  }
}

/** Runs one question at a time; a newer one ends the older, whose answer is then never painted. */
export class Latest {
  private running: AbortController | null = null;

  async run<T>(question: (signal: AbortSignal) => Promise<T>): Promise<T | null> {
    this.running?.abort();
    const mine = new AbortController();
    this.running = mine;
    try {
      const answer = await question(mine.signal);
      return mine.signal.aborted ? null : answer;
    } catch (error) {
      if (mine.signal.aborted) return null;
      throw error;
    } finally {
      if (this.running === mine) this.running = null;
    }
  }
}
