// Which choice of a list typing means: by its first words, else by any word of it. Pure.

/**
 * The place of the choice that was typed: one that begins so, from the present one on; else one with a word that does; else,
 * where one letter is typed again and again, the next that begins with it. Null where there is none.
 */
export function choiceTyped(choices: readonly string[], typed: string, now: number): number | null {
  const text = typed.trim().toLowerCase();
  if (!text) return null;
  const from = typed.length > 1 ? Math.max(now, 0) : now + 1;
  const order = choices.map((_, k) => (from + k) % choices.length);
  const told = (k: number) => (choices[k] ?? "").toLowerCase();
  const begins = order.find((k) => told(k).startsWith(text));
  const holds = begins ?? order.find((k) => wordStarts(told(k)).some((rest) => rest.startsWith(text)));
  if (holds !== undefined) return holds;
  const letter = text.charAt(0);
  if (text.split("").some((one) => one !== letter)) return null;
  return (
    choices.map((_, k) => (now + 1 + k) % choices.length).find((k) => told(k).startsWith(letter)) ?? null
  );
}

/** A text from each of its words on. */
function wordStarts(text: string): string[] {
  return [...text.matchAll(/[\p{L}\p{N}]+/gu)].map((word) => text.slice(word.index));
}
