// The entry of the page on joint insight.
import "./styles/map.css";
import "./styles/map_panels.css";
import "./styles/charts.css";
import "./styles/map_phone.css";
import "./styles/overlays.css";
import "./styles/insight.css";
import "./styles/joint.css";
import type { Choices } from "./api/answers";
import { ask } from "./api/ask";
import { makeStage } from "./map/stage";
import { JointAsker } from "./pages/joint/asker";
import { makeJointFrame } from "./pages/joint/layout";
import { JointPage } from "./pages/joint/page";
import { JointScene } from "./pages/joint/scene";
import { sayBroken, wakeKeys } from "./pages/waking";
import { jointFrom } from "./state/joint_view";

async function begin(app: HTMLElement): Promise<void> {
  const api = app.dataset.api ?? "/api";
  const choices = await ask<Choices>(`${api}/choices`);
  const box = choices.bbox;
  if (!box) throw new Error("Nothing has been published yet. Load a file, then publish.");
  const frame = makeJointFrame(app);
  const asker = new JointAsker(api, choices);
  const { export: exportBase = "/export", map: mapBase = "/map/" } = app.dataset;
  const page = new JointPage({ frame, choices, asker, exportBase, mapBase, box });
  const view = jointFrom(location.search);
  const basemap = choices.basemap ?? app.dataset.basemap ?? null;
  let scene: JointScene | null = null;
  try {
    scene = new JointScene(makeStage({ holder: frame.holder, basemap, box, camera: view.camera }), box, {
      choose: (id) => page.act({ type: "select", id }),
      announce: (place) => page.announced(place),
      silent: () => location.assign(app.dataset.silence ?? "/analysis/silence/"),
      moved: (camera) => page.act({ type: "camera", camera }),
    });
  } catch (error) {
    console.warn(error);
    page.sayTrouble(new Error("This browser cannot draw the map. Here is its table."));
  }
  window.addEventListener("popstate", () => page.act({ type: "restore", view: jointFrom(location.search) }));
  wakeKeys({ t: () => page.toggleTable(), escape: () => page.letGo() });
  page.begin(view, scene);
  for (const level of ["district", "ward"] as const)
    asker.shapes(level).then(
      (shapes) => page.knowShapes(level, shapes),
      (error: unknown) => page.sayTrouble(error),
    );
}

const app = document.getElementById("joint-app");
if (app) begin(app).catch((error: unknown) => sayBroken(app, error));
