// Holds the view and what can be undone, tells those who listen. No DOM: the page joins it to the address.

import { arrived, done, NO_PAST, type Past, redone, type Step, undone } from "./past";
import { type Action, reduce, replacesHistory } from "./reducer";
import type { View } from "./view";

export type Listener = (view: View, before: View, action: Action) => void;

export interface Store {
  view(): View;
  past(): Past;
  act(action: Action): void;
  undo(): void;
  redo(): void;
  listen(listener: Listener): void;
}

export function makeStore(start: View): Store {
  let view = start;
  let past = NO_PAST;
  const listeners: Listener[] = [];
  const put = (next: View, behind: Past, action: Action) => {
    const before = view;
    view = next;
    past = behind;
    for (const listener of listeners) listener(view, before, action);
  };
  const step = (to: Step | null) => to && put(to.view, to.past, { type: "step", view: to.view });
  return {
    view: () => view,
    past: () => past,
    act(action) {
      const next = reduce(view, action);
      put(next, behindAfter(past, view, next, action), action);
    },
    undo: () => void step(undone(past, view)),
    redo: () => void step(redone(past, view)),
    listen: (listener) => void listeners.push(listener),
  };
}

/** Looking about, and what the page does by itself, are no acts to take back. */
function behindAfter(past: Past, before: View, after: View, action: Action): Past {
  if (replacesHistory(action)) return past;
  return action.type === "restore" ? arrived(past, before, after) : done(past, before, after);
}
