// Everything beside the counts: overlays, silence, what stands around the chosen place, and the gaps both ways.

import type { AroundAnswer, Evidence, Hotspot, Hotspots, SilentArea } from "../../api/answers";
import type { Pressed } from "../../map/interact";
import { IN_PLACE_WALK, type Overlay } from "../../state/overlay";
import type { Selection, View, Walk } from "../../state/view";
import { announce, h } from "../dom";
import { showAround, showAroundWaiting } from "./around";
import { showGaps } from "./gaps";
import { Overlaid } from "./overlaid";
import { OverlayTable } from "./overlay_table";
import type { PageParts } from "./page";
import type { Scene } from "./scene";
import { SymbolPanel } from "./symbol_panel";

const FINE = ["cell", "street"];
/** After a picture: another filter may follow at once, and its picture goes before all this. */
const BESIDE_MS = 120;

export interface SurroundingsWishes {
  choose(selection: Selection): void;
  failed(error: unknown, retry: () => void): void;
  /** The overlays or the silence are here: what stands beside the map is drawn again. */
  arrived(): void;
}

export class Surroundings {
  readonly overlaid: Overlaid;
  private readonly panel: SymbolPanel;
  private readonly table: OverlayTable;
  private scene: Scene | null = null;
  private around: { unit: string; question: string; answer: AroundAnswer } | null = null;
  private gapsOpen = false;
  private readonly owed = { overlays: false, silence: false };
  private timer = 0;

  constructor(
    private readonly parts: PageParts,
    private readonly wishes: SurroundingsWishes,
  ) {
    const nameOf = (code: string) => parts.names.of(code);
    this.overlaid = new Overlaid(parts.asker, parts.choices);
    this.panel = new SymbolPanel(nameOf);
    this.table = new OverlayTable(parts.frame.overlayTable);
    parts.frame.stage.append(this.panel.element);
  }

  begin(scene: Scene | null): void {
    this.scene = scene;
  }

  /**
   * What changed in the view asks again for what hangs on it, and for nothing else: at once, or where a picture is on
   * its way (`awaited`) after that is painted, so that nothing competes with it on the server.
   */
  changed(view: View, before: View, awaited: boolean): void {
    const moved = view.from !== before.from || view.to !== before.to || view.known !== before.known;
    if (moved || view.shown !== before.shown || view.on !== before.on) this.owed.overlays = true;
    if (moved || view.agencies.join() !== before.agencies.join()) this.owed.silence = true;
    window.clearTimeout(this.timer);
    if (!awaited) this.pay(view);
    if (view.selected !== before.selected) this.panel.close();
    if (!view.selected || !view.walk) void this.scene?.rings([]);
  }

  askAll(view: View, awaited: boolean): void {
    this.owed.overlays = this.owed.silence = true;
    if (!awaited) this.pay(view);
  }

  /** The picture is painted, or will not come: what was put off is asked, of the view as it is by then. */
  afterPicture(): void {
    window.clearTimeout(this.timer);
    if (!this.owed.overlays && !this.owed.silence) return;
    this.timer = window.setTimeout(() => this.pay(this.parts.store.view()), BESIDE_MS);
  }

  private pay(view: View): void {
    const { overlays, silence } = this.owed;
    this.owed.overlays = this.owed.silence = false;
    if (overlays) this.askOverlays(view);
    if (silence) this.askSilence(view);
  }

  private askOverlays(view: View): void {
    this.overlaid
      .ask(view, this.scene)
      .then(() => this.wishes.arrived())
      .catch((error) => this.wishes.failed(error, () => this.askOverlays(view)));
  }

  private askSilence(view: View): void {
    this.overlaid
      .askSilence(view, this.scene)
      .then(() => this.wishes.arrived())
      .catch((error) => this.wishes.failed(error, () => this.askSilence(view)));
  }

  /** A symbol was pressed, or many that stand together. Whether that was all the press meant. */
  pressed({ overlays, gathered }: Pressed): boolean {
    if (gathered) {
      announce(`${gathered.n} together. Closer in they come apart.`);
      void this.scene?.open(gathered);
      return true;
    }
    if (overlays.length === 0) return false;
    this.panel.show(overlays.flatMap((key) => this.overlaid.behind(key)));
    return true;
  }

  silent(code: string): void {
    const area = this.overlaid.silence?.areas.find((one) => one.code === code);
    if (area) this.told(area);
  }

  told(area: SilentArea): void {
    this.panel.silent(area);
  }

  showTable(view: View): void {
    this.table.show({
      overlays: this.overlaid.shown,
      on: this.overlaid.asker.on(view),
      nameOf: (code) => this.parts.names.of(code),
      look: (one) => this.look(one),
    });
  }

  private look(one: Overlay): void {
    this.parts.store.act({ type: "table", open: false });
    if (one.at) this.scene?.fly(one.at[0], one.at[1], 15);
    this.panel.show([one]);
  }

  /** "silent: Anti-social behaviour since 2026-10", of a district or of the one a ward lies in. */
  silenceOf(code: string): string {
    const areas = this.overlaid.silence?.areas ?? [];
    const area = areas.find((one) => one.code === code || one.code === this.parts.names.parentOf(code));
    return area ? `silent: ${area.feeds.map((feed) => feed.name).join(", ")}` : "";
  }

  /** As the column of the table has it; "" while silence is not known. */
  quietOrSilent(code: string): string {
    return this.overlaid.silence ? this.silenceOf(code) || "all have sent" : "";
  }

  /** The evidence of a place with what is silent there among what cannot be shown. */
  withSilence(evidence: Evidence, selected: Selection, spot: Hotspot | null): Evidence {
    const { names } = this.parts;
    const areas = this.overlaid.silence?.areas ?? [];
    const here = areas.filter((area) =>
      selected.kind === "unit"
        ? [selected.code, names.parentOf(selected.code)].includes(area.code)
        : names.of(area.code) === spot?.district,
    );
    const told = here.flatMap((area) => area.feeds.map((feed) => feed.sentence));
    return told.length > 0 ? { ...evidence, cannot_show: [...told, ...evidence.cannot_show] } : evidence;
  }

  /** What stands around the chosen place: into its part of the panel, and its rings on the map. */
  tell(view: View, selected: Selection, evidence: Evidence, spot: Hotspot | null): void {
    const unit = selected.kind === "hotspot" ? spot?.code : selected.code;
    const fine = selected.kind === "hotspot" || FINE.includes(selected.level);
    const panel = this.parts.frame.evidence;
    const [around, missing] = [panel.querySelector(".around-place"), panel.querySelector(".gaps-place")];
    if (!unit || !fine || !(around instanceof HTMLElement) || !(missing instanceof HTMLElement)) return;
    const put = (answer: AroundAnswer) => {
      if (!around.isConnected) return;
      void this.scene?.rings(this.walkOf(selected) ? answer.rings : []);
      showAround(around, missing, {
        answer,
        walk: this.parts.store.view().walk,
        on: this.overlaid.asker.on(view),
        cannotShow: evidence.cannot_show,
        setWalk: (minutes) => this.setWalk(minutes, selected, evidence, spot),
      });
    };
    const question = JSON.stringify([
      this.parts.asker.testQuestion(view).toString(),
      view.walk ?? 10,
      view.on,
    ]);
    if (this.around?.unit === unit && this.around.question === question) {
      put(this.around.answer);
      return;
    }
    showAroundWaiting(around, "Walking the streets around it…");
    this.overlaid.asker
      .around(view, unit, (words) => showAroundWaiting(around, words))
      .then((answer) => {
        if (!answer) return;
        this.around = { unit, question, answer };
        put(answer);
      })
      .catch((error) => this.wishes.failed(error, () => this.tell(view, selected, evidence, spot)));
  }

  private setWalk(minutes: Walk | null, selected: Selection, evidence: Evidence, spot: Hotspot | null): void {
    const { store } = this.parts;
    store.act({ type: "walk", minutes });
    this.tell(store.view(), selected, evidence, spot);
    if (minutes && spot) this.wishes.choose(selected);
  }

  private walkOf(selected: Selection): Walk | null {
    const view = this.parts.store.view();
    const same = JSON.stringify(view.selected) === JSON.stringify(selected);
    return same ? view.walk : null;
  }

  /** Question 10, after the hotspots of the overview: asked when it is opened, and while it stays open. */
  offerGaps(view: View, hotspots: Hotspots | null): void {
    if (!hotspots) return;
    const place = h("div", {});
    const details = h(
      "details",
      { class: "in-place", open: this.gapsOpen },
      h("summary", {}, "What is in place around them, and what is not"),
      place,
    );
    details.addEventListener("toggle", () => {
      if (details.open === this.gapsOpen && place.firstChild) return;
      this.gapsOpen = details.open;
      if (details.open) this.askGaps(view, hotspots, place);
    });
    this.parts.frame.evidence.querySelector("section")?.after(h("section", {}, details));
    if (this.gapsOpen) this.askGaps(view, hotspots, place);
  }

  private askGaps(view: View, hotspots: Hotspots, place: HTMLElement): void {
    if (!place.firstChild) place.append(h("p", { class: "hint" }, "Looking around every hotspot…"));
    this.overlaid.asker
      .gaps(view, (words) => place.querySelector(".hint")?.replaceChildren(words))
      .then((gaps) => {
        if (!gaps || !place.isConnected) return;
        showGaps(place, {
          gaps,
          walk: view.walk ?? IN_PLACE_WALK,
          setWalk: (minutes) => {
            this.parts.store.act({ type: "walk", minutes });
            this.askGaps(this.parts.store.view(), hotspots, place);
          },
          hotspot: (letter) => {
            const spot = hotspots.hotspots.find((one) => one.letter === letter);
            if (spot) this.wishes.choose({ kind: "hotspot", id: spot.id });
          },
          place: (code) => this.goTo(code),
        });
      })
      .catch((error) =>
        place
          .querySelector(".hint")
          ?.replaceChildren(error instanceof Error ? error.message : "This could not be told."),
      );
  }

  /** To the street, hexagon or ward that a notice may be told by. */
  private goTo(code: string): void {
    const { names, store, choices } = this.parts;
    if (names.box(code)) {
      const box = names.box(code);
      store.act({ type: "level", level: "ward" });
      this.wishes.choose({ kind: "unit", level: "ward", code });
      if (box) this.scene?.fit(box);
      return;
    }
    const level = choices.street_kind === "segment" && !/^8[0-9a-f]{14}$/.test(code) ? "street" : "cell";
    store.act({ type: "level", level });
    this.wishes.choose({ kind: "unit", level, code });
    const notice = this.overlaid.shown.find(
      (one) => one.at && one.group === "disruption" && one.place === code,
    );
    if (notice?.at) this.scene?.fly(notice.at[0], notice.at[1], 15);
  }
}
