// What was done and undone: views behind us and views ahead. Pure.

import { toQuery } from "./url";
import type { View } from "./view";

/** Nobody takes back more than this by one step at a time. */
const MOST = 100;

/** Views to go back to, the last first wanted; and views to go forward to, likewise. */
export interface Past {
  readonly behind: readonly View[];
  readonly ahead: readonly View[];
}

export const NO_PAST: Past = { behind: [], ahead: [] };

export interface Step {
  readonly past: Past;
  readonly view: View;
}

/** After an act: where it began can be gone back to, and what was undone before it is given up. */
export function done(past: Past, before: View, after: View): Past {
  if (same(before, after)) return past;
  return { behind: [...past.behind, before].slice(-MOST), ahead: [] };
}

export function undone({ behind, ahead }: Past, now: View): Step | null {
  const to = behind.at(-1);
  return to ? { past: { behind: behind.slice(0, -1), ahead: [...ahead, now] }, view: seen(to, now) } : null;
}

export function redone({ behind, ahead }: Past, now: View): Step | null {
  const to = ahead.at(-1);
  return to ? { past: { behind: [...behind, now], ahead: ahead.slice(0, -1) }, view: seen(to, now) } : null;
}

/** The browser's Back and Forward came to a view: one of ours taken back or done again, or else a new place to be. */
export function arrived(past: Past, now: View, view: View): Past {
  const [back, forth] = [past.behind.at(-1), past.ahead.at(-1)];
  if (back && same(back, view)) return undone(past, now)?.past ?? past;
  if (forth && same(forth, view)) return redone(past, now)?.past ?? past;
  return done(past, now, view);
}

/** Looking about is no act: where only filters differ, the camera stays where it is now. */
function seen(to: View, now: View): View {
  const ground = to.level === now.level && to.within === now.within;
  return ground ? { ...to, camera: now.camera } : to;
}

function same(a: View, b: View): boolean {
  return toQuery({ ...a, camera: null }) === toQuery({ ...b, camera: null });
}
