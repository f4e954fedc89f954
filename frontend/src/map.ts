// The map page's entry: reads what may be chosen, draws the page, joins the view to the address.
import "./styles/map.css";
import "./styles/map_panels.css";
import "./styles/charts.css";
import "./styles/overlays.css";
import "./styles/take_out.css";
import "./styles/map_phone.css";
import "./styles/time.css";
import "./styles/along.css";
import "./styles/decide.css";
import "./styles/minutes.css";
import type { Choices, Found } from "./api/answers";
import { ask } from "./api/ask";
import { SavedViews } from "./api/saved_views";
import { makeStage, type StageOptions } from "./map/stage";
import { announce } from "./pages/dom";
import { Acts } from "./pages/map/acts";
import { AlongRoute } from "./pages/map/along";
import { Asker } from "./pages/map/asker";
import { makeFrame } from "./pages/map/layout";
import { Names } from "./pages/map/names";
import { MapPage } from "./pages/map/page";
import { Rail } from "./pages/map/rail";
import { Scene } from "./pages/map/scene";
import { SearchBox } from "./pages/map/search";
import type { RouteChoice } from "./state/along";
import { tellings } from "./state/format";
import { makeStore } from "./state/store";
import { fromQuery } from "./state/url";

async function begin(app: HTMLElement): Promise<void> {
  const api = app.dataset.api ?? "/api";
  const choices = await ask<Choices>(`${api}/choices`);
  const box = choices.bbox;
  if (!box) throw new Error("Nothing has been published yet. Load a file, then publish.");
  const frame = makeFrame(app);
  const drawn = new URLSearchParams(location.search).get("draw");
  const store = makeStore(fromQuery(location.search));
  const asker = new Asker(api, choices);
  const names = new Names();
  const page = new MapPage({
    frame,
    choices,
    asker,
    store,
    names,
    exportBase: app.dataset.export ?? "/export",
  });
  const acts = new Acts(store, new SavedViews(api));
  let scene: Scene | null = null;
  const along = new AlongRoute(
    { api, store, names },
    {
      draw: (told) => void scene?.along(told),
      known: () => page.controls.show(store.view()),
      look: () => page.moves.look(),
      failed: (error) => page.sayTrouble(error),
    },
  );
  const search = new SearchBox(
    api,
    (found) => (found.kind === "route" ? void along.choose(found.code) : page.moves.found(found)),
    (text) => along.called(text).map(foundRoute),
  );
  const first = [acts.element, search.element, along.element, page.draw.entry];
  page.controls.rail = new Rail(frame.rail, first, choices, (action) => store.act(action));
  window.addEventListener("popstate", () => store.act({ type: "restore", view: fromQuery(location.search) }));
  wakeKeys({
    ...page.time.keys,
    d: () => page.decide.open(),
    m: () => page.minutes.open(),
    t: () => store.act({ type: "table", open: !store.view().table }),
    escape: () => page.moves.up(),
    "ctrl+z": () => store.undo(),
    "ctrl+shift+z": () => store.redo(),
    "ctrl+y": () => store.redo(),
  });
  const basemap = choices.basemap ?? app.dataset.basemap ?? null;
  scene = drawnMap(page, { holder: frame.holder, basemap, box, camera: store.view().camera }, choices);
  let shapes: Promise<void> | null = null;
  if (store.view().within) {
    shapes = learnShapes(asker, names, scene);
    await Promise.all([shapes, along.follow(store.view())]);
  }
  page.begin(scene, { basemap, box });
  // else after the picture has been asked for: what is counted is waited for, outlines are not
  shapes ??= learnShapes(asker, names, scene);
  const offered = along.learn().catch((error: unknown) => page.sayTrouble(error));
  await shapes;
  page.named();
  await page.draw.follow(drawn);
  await offered;
}

/** A route as the search box lists it: where it lies is asked for when it is chosen. */
function foundRoute({ within, words }: RouteChoice): Found {
  return { kind: "route", code: within, name: words, detail: "Keep the map to this route", lon: 0, lat: 0 };
}

function drawnMap(page: MapPage, options: StageOptions, choices: Choices): Scene | null {
  try {
    return new Scene(makeStage(options), options.box, choices.street_kind === "anchor", {
      press: (pressed) => page.pressed(pressed),
      silent: (code) => page.silent(code),
      quietOrSilent: (code) => page.quietOrSilent(code),
      moved: (camera) => page.moved(camera),
      choose: (id) => page.moves.choose({ kind: "hotspot", id }),
      announce: (h) =>
        announce(`${h.letter}, ${h.name}, ${h.ward}, hotspot, ${tellings(h.count, page.counted)}`),
    });
  } catch (error) {
    console.warn(error);
    page.sayTrouble(new Error("This browser cannot draw the map. Here is its table."));
    return null;
  }
}

async function learnShapes(asker: Asker, names: Names, scene: Scene | null): Promise<void> {
  const learn = async (level: "district" | "ward") => {
    const shapes = await asker.shapes(level);
    names.learnShapes(level, shapes);
    await scene?.addShapes(level, shapes);
  };
  await Promise.all([learn("district"), learn("ward")]);
}

/** `T` swaps map and table, Escape goes up one, Ctrl+Z takes back and Ctrl+Y does again, unless someone is typing. */
function wakeKeys(acts: Record<string, () => void>): void {
  document.addEventListener("keydown", (event) => {
    const typing =
      event.target instanceof HTMLElement &&
      event.target.closest("input:not([type=checkbox]), select, textarea");
    const act = acts[keyWord(event)];
    if (!act || typing || event.defaultPrevented) return;
    if (event.ctrlKey || event.metaKey) event.preventDefault();
    act();
  });
}

/** "t", "ctrl+z", "ctrl+shift+z": the command key of a Mac is its Ctrl. */
function keyWord({ key, ctrlKey, metaKey, shiftKey, altKey }: KeyboardEvent): string {
  const held = ctrlKey || metaKey;
  return [altKey && "alt", held && "ctrl", held && shiftKey && "shift", key.toLowerCase()]
    .filter(Boolean)
    .join("+");
}

const app = document.getElementById("map-app");
if (app) {
  begin(app).catch((error: unknown) => {
    const words = error instanceof Error ? error.message : "The map could not be drawn.";
    const box = document.createElement("p");
    box.className = "panel error";
    box.setAttribute("role", "alert");
    box.textContent = words;
    app.prepend(box);
  });
}
