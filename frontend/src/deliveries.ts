// Bringing a file, and watching it being read. Without this script both are plain forms and pages.
import { wakeBringing } from "./pages/deliveries/bring";
import { wakeReading } from "./pages/deliveries/reading";

const form = document.querySelector<HTMLFormElement>("form.bring");
if (form) wakeBringing(form);
const reading = document.querySelector<HTMLElement>(".reading");
if (reading) wakeReading(reading);
