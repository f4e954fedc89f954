// All that stands around the map and says what is asked: levels, chips, breadcrumb, rail; legend and what is missing.

import type { Picture } from "../../api/answers";
import type { Action } from "../../state/reducer";
import { LEVELS, type View } from "../../state/view";
import { showLegend, showUnplaced } from "./legend";
import type { Moves } from "./moves";
import type { Overlaid } from "./overlaid";
import type { PageParts } from "./page";
import type { Rail } from "./rail";
import { showChips, showCrumbs, showLevels } from "./top_bar";

export class Controls {
  rail: Rail | null = null;

  constructor(
    private readonly parts: PageParts,
    private readonly moves: Moves,
    private readonly overlaid: Overlaid,
  ) {}

  /** What is asked, at once: before its answer has come. */
  show(view: View): void {
    const { frame, choices, names, store } = this.parts;
    const act = (action: Action) => store.act(action);
    const levels = LEVELS.filter((l) => l !== "street" || choices.has_streets);
    showLevels(frame.levels, view, levels, act);
    showChips(frame.chips, view, choices, names, act);
    showCrumbs(frame.crumbs, view, choices.county, names, (action) => {
      act(action);
      this.moves.look();
    });
  }

  /** Apart, because a tick shows itself at once: the lists are made anew when the map has been painted. */
  showRail(view: View, picture: Picture | null): void {
    this.rail?.show(view, picture, this.overlaid.tallies);
  }

  /** The keys to what is painted: `view` is the one the picture answers. */
  showKeys(view: View, picture: Picture): void {
    const { frame, choices } = this.parts;
    showLegend(frame.legend, view, picture, choices, this.overlaid);
    showUnplaced(frame.unplaced, picture);
  }
}
