// The presentation's entry.
import "./styles/tokens.css";
import "./styles/base.css";
import "./styles/controls.css";
import "./styles/symbols.css";
import "./styles/trace.css";
import "./styles/present.css";
import { PresentPage } from "./pages/present/page";

const app = document.getElementById("present-app");
if (app) {
  const { api = "/api", quadrant = "", leave = "/", marking = "" } = app.dataset;
  const { meeting = "", meetingWords = "", meetingNumber = "" } = app.dataset;
  const asFrozen = app.dataset.asFrozen !== undefined;
  new PresentPage({ app, api, quadrant, leave, marking, meeting, meetingWords, meetingNumber, asFrozen })
    .begin()
    .catch((error: unknown) => {
      const box = document.createElement("p");
      box.className = "present-waiting";
      box.setAttribute("role", "alert");
      box.textContent = error instanceof Error ? error.message : "The presentation could not begin.";
      const back = document.createElement("a");
      back.className = "present-act";
      back.href = leave;
      back.textContent = "Back to Hot now";
      app.replaceChildren(box, back);
    });
}
