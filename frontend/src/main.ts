// Every page: the styles, and the light and dark toggle.
import "./styles/tokens.css";
import "./styles/base.css";
import "./styles/header.css";
import "./styles/controls.css";
import "./styles/forms.css";
import "./styles/tables.css";
import "./styles/deliveries.css";
import "./styles/coverage.css";
import "./styles/events.css";
import "./styles/tray.css";
import "./styles/actions.css";
import "./styles/analyses.css";
import "./styles/symbols.css";
import "./styles/meeting.css";
import "./styles/trace.css";
import "./styles/tour.css";
import "./styles/print.css";
import { wakeHelp } from "./pages/help";
import { wakeMore } from "./pages/nav_more";
import { wakeThemeToggle } from "./pages/theme";
import { wakeTour } from "./pages/tour";

wakeThemeToggle();
wakeHelp();
wakeMore();
wakeTour();
