// A definition being written: what it makes of its sample follows the text. Without this script a button does it.
import { wakeTrial } from "./pages/definitions/trial";

const form = document.querySelector<HTMLFormElement>("form.draft");
if (form) wakeTrial(form);
