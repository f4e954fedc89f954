// Above the filters: take back, do again, keep this view under a name, copy its link.

import { AskError } from "../../api/ask";
import type { SavedView, SavedViews } from "../../api/saved_views";
import type { Store } from "../../state/store";
import { toQuery } from "../../state/url";
import { announce, fill, h, keepFocus } from "../dom";

export class Acts {
  readonly element = h("div", { class: "acts" });
  private readonly steps = h("div", { class: "acts-row" });
  private readonly list = h("div", { class: "saved-list" });
  private readonly said = h("p", { class: "hint", role: "status" });
  private readonly name: HTMLInputElement;
  private readonly shared: HTMLInputElement;
  private renaming: number | null = null;

  constructor(
    private readonly store: Store,
    private readonly saved: SavedViews,
  ) {
    this.name = h("input", { id: "view-name", type: "text", maxlength: 80, autocomplete: "off" });
    this.shared = h("input", { type: "checkbox" });
    fill(this.element, this.steps, this.menu());
    store.listen(() => this.showSteps());
    this.showSteps();
  }

  private showSteps(): void {
    const { behind, ahead } = this.store.past();
    const step = (words: "Undo" | "Redo", key: string, keys: string, can: boolean, press: () => void) =>
      h(
        "button",
        {
          type: "button",
          class: "button secondary",
          "data-key": key,
          "aria-disabled": String(!can),
          "aria-keyshortcuts": keys,
          "aria-label": `${words} the last step of the view`,
          title: "Steps of the view only: a decision stays as it was saved",
          onclick: () => can && press(),
        },
        words,
      );
    keepFocus(this.steps, () =>
      fill(
        this.steps,
        step("Undo", "undo", "Control+Z", behind.length > 0, () => this.store.undo()),
        step("Redo", "redo", "Control+Shift+Z", ahead.length > 0, () => this.store.redo()),
        h(
          "button",
          { type: "button", class: "button secondary", "data-key": "copy", onclick: () => void this.copy() },
          "Copy link",
        ),
      ),
    );
  }

  private menu(): HTMLElement {
    const save = (event: Event) => {
      event.preventDefault();
      void this.change(async () => {
        await this.saved.save(this.name.value, toQuery(this.store.view()), this.shared.checked);
        this.name.value = "";
        return "Saved. Whoever opens it asks anew, with their own rights.";
      });
    };
    const form = h(
      "form",
      { class: "save-form", onsubmit: save },
      h("label", { for: "view-name" }, "Save this view as"),
      this.name,
      h("p", { class: "hint" }, "A question is kept, never its answer. No names of people."),
      h("label", { class: "check" }, this.shared, h("span", {}, "Share with the partnership by its link")),
      h("button", { class: "button secondary" }, "Save"),
    );
    const menu = h(
      "details",
      { class: "saved" },
      h("summary", {}, "Saved views"),
      this.list,
      form,
      this.said,
    );
    menu.addEventListener("toggle", () => menu.open && void this.change(async () => ""));
    return menu;
  }

  /** Do it, then show the list as it now is; what went wrong is said in the menu. */
  private async change(act: () => Promise<string>): Promise<void> {
    try {
      this.said.textContent = await act();
      this.showList(await this.saved.list());
    } catch (error) {
      this.said.textContent =
        error instanceof AskError ? error.message : "The saved views could not be read.";
    }
  }

  private showList(views: readonly SavedView[]): void {
    const rows = views.map((view) => (this.renaming === view.number ? this.renameRow(view) : this.row(view)));
    keepFocus(this.list, () =>
      fill(this.list, rows.length > 0 ? h("ul", {}, ...rows) : h("p", { class: "hint" }, "None yet.")),
    );
  }

  private row(view: SavedView): HTMLElement {
    const press = (words: string, act: () => Promise<string>) =>
      h(
        "button",
        {
          type: "button",
          class: "link",
          "data-key": `${words}-${view.number}`,
          "aria-label": `${words}: ${view.name}`,
          onclick: () => void this.change(act),
        },
        words,
      );
    const mine = [
      press("Rename", async () => {
        this.renaming = view.number;
        return "";
      }),
      press(view.shared ? "Keep to me" : "Share", async () => {
        await this.saved.share(view.number, !view.shared);
        return view.shared
          ? "Only you can open it now."
          : "Everybody in the partnership can open it by its link.";
      }),
      press("Delete", async () => {
        await this.saved.remove(view.number);
        return `Deleted: ${view.name}`;
      }),
    ];
    return h(
      "li",
      {},
      h("a", { href: view.url }, view.name),
      view.shared && h("small", {}, view.mine ? " shared" : ` shared by ${view.owner}`),
      h(
        "p",
        {},
        view.shared && press("Copy link", () => this.copied(new URL(view.url, location.href).href)),
        ...(view.mine ? mine : []),
      ),
    );
  }

  private renameRow(view: SavedView): HTMLElement {
    const name = h("input", {
      type: "text",
      maxlength: 80,
      value: view.name,
      "aria-label": `New name of ${view.name}`,
    });
    const keep = (event: Event) => {
      event.preventDefault();
      void this.change(async () => {
        await this.saved.rename(view.number, name.value);
        this.renaming = null;
        return "Renamed.";
      });
    };
    const row = h(
      "li",
      {},
      h("form", { onsubmit: keep }, name, h("button", { class: "button secondary" }, "Rename")),
    );
    queueMicrotask(() => name.select());
    return row;
  }

  private async copy(): Promise<void> {
    announce(await this.copied(location.href));
  }

  private async copied(address: string): Promise<string> {
    try {
      await navigator.clipboard.writeText(address);
      return "Link copied. Whoever opens it is told what they may be told.";
    } catch {
      return `Copy it from here: ${address}`;
    }
  }
}
