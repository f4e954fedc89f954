// A meeting's page: minutes are saved as they are taken. Without scripts the forms do the same, a press at a time.
import { wakeMinutes } from "./pages/meeting/minutes";
import { wakeWorking } from "./pages/meeting/working";

wakeMinutes();
wakeWorking();
