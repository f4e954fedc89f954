// The style sheet's colours, resolved for the colours now in force, so that there is one source of them.

const NAMES = [
  "sea", "land", "neighbour", "built", "wood", "park", "street-casing", "street", "rail", "label", "water-label",
  "map-casing", "boundary", "ink", "ink-3", "action", "panel", "count-0", "count-1", "count-2", "count-3",
  "count-4", "count-5", "count-6", "change-1", "change-2", "change-3", "change-4", "change-5", "change-6", "change-7",
  "vulnerable", "transport", "notice", "work", "on-symbol", "hot", "silent", "quiet",
] as const; // biome-ignore format: one list

export type TokenName = (typeof NAMES)[number];
export type Tokens = Record<TokenName, string>;

export function readTokens(): Tokens {
  const probe = document.createElement("i");
  probe.hidden = true;
  probe.style.setProperty("forced-color-adjust", "none");
  document.body.append(probe);
  const found = {} as Tokens;
  for (const name of NAMES) {
    probe.style.color = `var(--${name})`;
    found[name] = getComputedStyle(probe).color;
  }
  probe.remove();
  return found;
}

/** `rgb(1, 2, 3)` with an opacity. */
export function faded(colour: string, alpha: number): string {
  const parts = colour.match(/[\d.]+/g) ?? ["0", "0", "0"];
  return `rgba(${parts[0]}, ${parts[1]}, ${parts[2]}, ${alpha})`;
}
