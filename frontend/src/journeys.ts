// The entry of the page on journeys.
import "./styles/map.css";
import "./styles/map_panels.css";
import "./styles/charts.css";
import "./styles/map_phone.css";
import "./styles/insight.css";
import "./styles/journeys.css";
import type { Choices, Shapes } from "./api/answers";
import { ask } from "./api/ask";
import { makeStage } from "./map/stage";
import { makeJourneysFrame } from "./pages/journeys/layout";
import { JourneysPage } from "./pages/journeys/page";
import { JourneysScene } from "./pages/journeys/scene";
import { sayBroken, wakeKeys } from "./pages/waking";
import { journeysFrom } from "./state/journeys";

async function begin(app: HTMLElement): Promise<void> {
  const api = app.dataset.api ?? "/api";
  const choices = await ask<Choices>(`${api}/choices`);
  const box = choices.bbox;
  if (!box) throw new Error("Nothing has been published yet. Load a file, then publish.");
  const frame = makeJourneysFrame(app);
  const view = journeysFrom(location.search);
  const page = new JourneysPage({ frame, choices, api, exportBase: app.dataset.export ?? "/export" }, view);
  const basemap = choices.basemap ?? app.dataset.basemap ?? null;
  let scene: JourneysScene | null = null;
  try {
    scene = new JourneysScene(makeStage({ holder: frame.holder, basemap, box, camera: view.camera }), box, {
      press: (code) => page.pressed(code),
      moved: (camera) => page.act({ camera }),
    });
  } catch (error) {
    console.warn(error);
    page.sayTrouble(new Error("This browser cannot draw the map. Here is its table."));
  }
  window.addEventListener("popstate", () => page.restore(journeysFrom(location.search)));
  wakeKeys({ t: () => page.toggleTable(), escape: () => page.now().place && page.act({ place: null }) });
  page.begin(scene);
  for (const level of ["district", "ward"] as const)
    ask<Shapes>(`${api}/shapes/${level}`).then(
      (shapes) => page.knowShapes(level, shapes),
      (error: unknown) => page.sayTrouble(error),
    );
}

const app = document.getElementById("journeys-app");
if (app) begin(app).catch((error: unknown) => sayBroken(app, error));
