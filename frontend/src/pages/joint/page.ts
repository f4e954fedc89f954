// Joint insight: one test, then every switch answered from it at once; cells follow as their answers come.

import type { Choices, Picture, Shapes } from "../../api/answers";
import type { Box } from "../../map/stage";
import { counted } from "../../state/format";
import {
  headline,
  type JointAnswer,
  type JointPlace,
  placeNames,
  type Standing,
  shownBy,
  standings,
} from "../../state/joint";
import {
  JOINT_START,
  type JointAction,
  type JointView,
  jointQuery,
  reduceJoint,
  sameTest,
} from "../../state/joint_view";
import type { Silent } from "../../state/silence";
import { announce, fill, h, keepFocus } from "../dom";
import { Progress, Trouble } from "../map/trouble";
import { traceOf } from "../trace";
import type { JointAsker } from "./asker";
import { jointChoices } from "./choices";
import { showFinding } from "./finding";
import type { JointFrame } from "./layout";
import { showJointLegend, showUnplacedNote } from "./legend";
import type { JointScene } from "./scene";
import { showSwitchboard } from "./switchboard";
import { showJointTable } from "./table";

export interface JointParts {
  frame: JointFrame;
  choices: Choices;
  asker: JointAsker;
  exportBase: string;
  mapBase: string;
  box: Box;
}

export class JointPage {
  private view: JointView = JOINT_START;
  private scene: JointScene | null = null;
  private answer: JointAnswer | null = null;
  private silent: readonly Silent[] = [];
  private picture: Picture | null = null;
  /** What an asked group shows, where the answer does not tell it. */
  private asked: ReadonlySet<number> | null = null;
  private districts = new Map<string, string>();
  private readonly progress: Progress;
  private readonly trouble: Trouble;

  constructor(private readonly parts: JointParts) {
    const { frame } = parts;
    this.progress = new Progress(frame.progress);
    this.trouble = new Trouble(frame.trouble);
    frame.tableKey.addEventListener("click", () => this.act({ type: "table", open: !this.view.table }));
  }

  begin(view: JointView, scene: JointScene | null): void {
    this.view = view;
    this.scene = scene;
    this.showChoices();
    this.ask();
  }

  act(action: JointAction): void {
    const before = this.view;
    this.view = reduceJoint(before, action);
    if (action.type !== "restore") this.writeAddress(action);
    if (action.type === "camera") {
      if (this.scene && this.picture && !this.picture.about.level.endsWith(`:${this.scene.resolutionNow()}`))
        this.askPicture();
      return;
    }
    if (action.type === "restore" && this.view.camera) this.scene?.jump(this.view.camera);
    this.showChoices();
    if (!sameTest(this.view, before)) this.ask();
    else {
      if (this.view.off.join() !== before.off.join()) this.switched();
      this.show();
      if (this.view.off !== before.off || this.view.each !== before.each) this.sayFinding();
      if (this.view.selected !== before.selected) this.go();
    }
  }

  knowShapes(level: "district" | "ward", shapes: Shapes): void {
    if (level === "district")
      this.districts = new Map(shapes.features.map((f) => [f.properties.name, f.properties.code]));
    void this.scene?.addShapes(level, shapes).then(() => this.show());
  }

  sayTrouble(error: unknown): void {
    this.trouble.say(error, null);
  }

  toggleTable(): void {
    this.act({ type: "table", open: !this.view.table });
  }

  letGo(): void {
    if (this.view.selected !== null) this.act({ type: "select", id: null });
  }

  announced(place: JointPlace): void {
    announce(this.plateWords(place.id));
  }

  private sayFinding(): void {
    if (this.answer) announce(headline(this.answer, this.view, this.standing(this.answer)));
  }

  private writeAddress(action: JointAction): void {
    const address = `${location.pathname}${jointQuery(this.view)}`;
    if (action.type === "camera") history.replaceState(null, "", address);
    else history.pushState(null, "", address);
  }

  private ask(): void {
    const { asker, frame } = this.parts;
    this.trouble.clear();
    this.progress.start("Testing the joined records…");
    frame.finding.setAttribute("aria-busy", "true");
    this.askPicture();
    this.askSilence();
    asker
      .joint(this.view, ({ sentence, done, whole }) => {
        const far = whole > 0 ? ` ${done} of ${whole} groups of agencies.` : "";
        fill(
          frame.finding,
          h("h2", { class: "insight-headline" }, "Being worked out"),
          h("p", {}, sentence + far),
        );
      })
      .then((answer) => answer && this.arrived(answer))
      .catch((error) => this.failed(error))
      .finally(() => this.progress.stop());
  }

  private arrived(answer: JointAnswer): void {
    const { frame, box } = this.parts;
    this.answer = answer;
    this.asked = null;
    frame.finding.removeAttribute("aria-busy");
    const ringed = this.view.level === "street";
    void this.scene?.showPlaces(answer.places, placeNames(answer.places), ringed).then(() => {
      this.show();
      if (this.view.selected !== null && !this.view.camera) this.go();
      else if (!this.view.camera && this.scene) this.scene.whole(box);
    });
    this.switched();
    this.show();
  }

  private failed(error: unknown): void {
    const { frame } = this.parts;
    frame.finding.removeAttribute("aria-busy");
    fill(frame.finding, h("h2", { class: "insight-headline" }, "Not worked out"));
    this.trouble.say(error, () => this.ask());
  }

  private askSilence(): void {
    this.parts.asker
      .silence(this.view)
      .then((silent) => {
        this.silent = silent;
        void this.scene?.showSilent(silent);
        this.show();
      })
      .catch(() => {
        // whoever may not be told of coverage sees the page without the hatch, and its switchboard says nothing of it
        this.silent = [];
      });
  }

  /** The switches changed: what the answer tells is shown already; cells, and what it does not tell, are asked for. */
  private switched(): void {
    this.asked = null;
    this.askPicture();
    const { answer, view } = this;
    if (!answer || shownBy(answer, view.off)) return;
    this.parts.asker
      .unitsOf(view, this.on(answer))
      .then((units) => {
        if (!units) return;
        this.asked = new Set(answer.places.filter((p) => p.units.some((u) => units.has(u))).map((p) => p.id));
        this.show();
      })
      .catch((error) => this.trouble.say(error, () => this.switched()));
  }

  private on(answer: JointAnswer): string[] {
    return answer.bits.filter((code) => !this.view.off.includes(code));
  }

  private askPicture(): void {
    const { scene, answer, view } = this;
    if (!scene) return;
    const on = answer && view.off.length > 0 ? this.on(answer) : null;
    if (on?.length === 0) {
      this.picture = null;
      void scene.paintNothing();
      return;
    }
    this.parts.asker
      .picture(view, on, scene.resolutionNow())
      .then(async (picture) => {
        if (!picture) return;
        this.picture = picture;
        this.showKeys();
        await scene.paint(picture);
      })
      .catch((error) => this.trouble.say(error, () => this.askPicture()));
  }

  private showChoices(): void {
    const { frame, choices, asker } = this.parts;
    const made = jointChoices(this.view, choices, asker.period(), (action) => this.act(action));
    frame.tableKey.setAttribute("aria-pressed", String(this.view.table));
    keepFocus(frame.choices, () => fill(frame.choices, ...made, frame.tableKey));
  }

  private standing(answer: JointAnswer): Map<number, Standing> {
    return standings(answer, this.view, this.asked);
  }

  private show(): void {
    const { answer, view } = this;
    if (!answer) return;
    const { frame } = this.parts;
    const standing = this.standing(answer);
    this.scene?.marks.stand(standing, (id) => this.plateWords(id));
    this.scene?.marks.choose(view.selected);
    showSwitchboard(frame.rail, answer, view, this.silent, {
      toggle: (code) => this.act({ type: "toggle", code }),
      allOn: () => this.act({ type: "all-on" }),
      each: () => this.act({ type: "each" }),
    });
    showFinding(frame.finding, {
      answer,
      switches: view,
      standing,
      silent: this.silent,
      districtOf: (name) => this.districts.get(name) ?? "",
      selected: view.selected,
      mapLink: (place) => this.mapLink(place),
      choose: (id) => this.act({ type: "select", id: view.selected === id ? null : id }),
      trace: traceOf(answer.about),
    });
    this.showTable(answer, standing);
    this.showKeys();
  }

  private showTable(answer: JointAnswer, standing: ReadonlyMap<number, Standing>): void {
    const { frame, asker, exportBase } = this.parts;
    const open = this.view.table || !this.scene;
    frame.table.hidden = !open;
    const exported = (format: "csv" | "json") => `${exportBase}/joint.${format}?${asker.params(this.view)}`;
    if (open) showJointTable(frame.table, answer, standing, exported);
  }

  private showKeys(): void {
    showJointLegend(this.parts.frame.legend, this.picture, this.silent.length > 0);
    showUnplacedNote(this.parts.frame.notes, this.picture);
  }

  private go(): void {
    const place = this.answer?.places.find((one) => one.id === this.view.selected);
    if (place) this.scene?.flyTo(place);
  }

  private mapLink(place: JointPlace): string {
    const params = this.parts.asker.params(this.view);
    params.set("level", this.view.level);
    params.set("hotspot", String(place.id));
    params.set("at", [place.lon.toFixed(4), place.lat.toFixed(4), "15.20"].join(","));
    return `${this.parts.mapBase}?${params}`;
  }

  private plateWords(id: number): string {
    const { answer } = this;
    const place = answer?.places.find((one) => one.id === id);
    if (!answer || !place) return "";
    const name = placeNames(answer.places).get(id) ?? place.name;
    const gone = this.standing(answer).get(id) === "gone";
    const state = gone ? "gone with this choice" : place.joined_only ? "hotspot, only joined" : "hotspot";
    return `${place.letter}, ${name}, ${state}, ${counted(place.count, "linked event")}`;
  }
}
