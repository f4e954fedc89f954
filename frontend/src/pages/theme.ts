// Light and dark: the system's wish, unless the reader chose.

export type Theme = "light" | "dark";
const KEPT = "trigpoint-theme";
const wish = () => window.matchMedia("(prefers-color-scheme: dark)");

export function themeNow(): Theme {
  if ("printing" in document.documentElement.dataset) return "light";
  const chosen = document.documentElement.dataset.theme;
  if (chosen === "light" || chosen === "dark") return chosen;
  return wish().matches ? "dark" : "light";
}

/** Tells whenever the colours in force change, by the toggle or by the system. */
export function onThemeChange(listener: () => void): void {
  document.addEventListener("trigpoint:theme", listener);
  wish().addEventListener("change", listener);
}

export function wakeThemeToggle(): void {
  const kept = remembered();
  if (kept === "light" || kept === "dark") document.documentElement.dataset.theme = kept;
  const buttons = document.querySelectorAll<HTMLButtonElement>(".theme-toggle");
  const write = () => {
    const other = themeNow() === "dark" ? "Light" : "Dark";
    for (const button of buttons) {
      button.hidden = false;
      button.textContent = other;
      button.setAttribute("aria-label", `${other} colours`);
    }
  };
  for (const button of buttons)
    button.addEventListener("click", () => choose(themeNow() === "dark" ? "light" : "dark"));
  onThemeChange(write);
  write();
}

function choose(theme: Theme): void {
  document.documentElement.dataset.theme = theme;
  try {
    localStorage.setItem(KEPT, theme);
  } catch {
    // A browser may forbid storage; the choice then lasts for this page.
  }
  document.dispatchEvent(new Event("trigpoint:theme"));
}

function remembered(): string | null {
  try {
    return localStorage.getItem(KEPT);
  } catch {
    return null;
  }
}
