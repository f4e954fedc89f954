// The answer on the screen: the picture first and painted first, the hotspots after it.

import type { Hotspots, Picture } from "../../api/answers";
import type { View } from "../../state/view";
import type { Asker } from "./asker";
import type { Scene } from "./scene";
import type { Progress, Trouble } from "./trouble";

export interface ShownWishes {
  painted(view: View, picture: Picture): void;
  tested(view: View, hotspots: Hotspots): void;
  failed(): void;
}

export class Shown {
  picture: Picture | null = null;
  hotspots: Hotspots | null = null;
  /** The view that the picture answers, which may be one behind what has been chosen since. */
  answered: View | null = null;
  private level = "";
  private asking = "";
  private painting = false;

  constructor(
    private readonly asker: Asker,
    private readonly progress: Progress,
    private readonly trouble: Trouble,
    private readonly wishes: ShownWishes,
  ) {}

  /** Whether a picture at this level is neither here nor on its way. */
  lacks(level: string): boolean {
    return level !== (this.asking || this.level);
  }

  /** Whether a picture is on its way, or here and not yet painted. */
  get awaits(): boolean {
    return this.asking !== "" || this.painting;
  }

  ask(view: View, level: string, scene: Scene | null): void {
    this.asking = level;
    this.progress.start("Counting…");
    this.trouble.clear();
    this.asker
      .picture(view, level, (picture) => this.arrived(view, level, picture, scene))
      .then((hotspots) => hotspots && this.tested(view, hotspots, scene))
      .catch((error) => {
        this.progress.stop();
        this.asking = "";
        this.painting = false;
        this.wishes.failed();
        this.trouble.say(error, () => this.ask(view, level, scene));
      });
  }

  /** The map first; the panels in the frame after it. */
  private async arrived(view: View, level: string, picture: Picture, scene: Scene | null): Promise<void> {
    this.asking = "";
    this.level = level;
    this.picture = picture;
    this.answered = view;
    const tested = this.asker.tested(view) !== null;
    // in the frame that paints what they were not tested on
    if (!tested && this.hotspots) scene?.showHotspots(null, false);
    if (!tested) this.hotspots = null;
    this.progress.stop();
    this.painting = true;
    await scene?.paint(view, picture, `${this.asker.api}/picture`);
    if (this.picture !== picture) return;
    this.painting = false;
    this.wishes.painted(view, picture);
    if (!this.hotspots) this.progress.start("Testing for hotspots…");
  }

  private tested(view: View, hotspots: Hotspots, scene: Scene | null): void {
    this.progress.stop();
    if (hotspots === this.hotspots) return;
    this.hotspots = hotspots;
    scene?.showHotspots(hotspots, this.asker.testedLevel(view) === "street");
    this.wishes.tested(view, hotspots);
  }
}
