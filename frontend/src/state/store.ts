// Holds the view, tells those who listen. No DOM: the page joins it to the address.

import { type Action, reduce } from "./reducer";
import type { View } from "./view";

export type Listener = (view: View, before: View, action: Action) => void;

export interface Store {
  view(): View;
  act(action: Action): void;
  listen(listener: Listener): void;
}

export function makeStore(start: View): Store {
  let view = start;
  const listeners: Listener[] = [];
  return {
    view: () => view,
    act(action) {
      const before = view;
      view = reduce(view, action);
      for (const listener of listeners) listener(view, before, action);
    },
    listen: (listener) => void listeners.push(listener),
  };
}
