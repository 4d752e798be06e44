// Light or dark: what the reader chose, else what the system says. Runs before anything is painted.
(() => {
  "use strict";
  const key = "workbook:theme";
  const system = matchMedia("(prefers-color-scheme: dark)");
  // A browser may keep nothing for pages from a disk; then a choice lasts as long as the page.
  const kept = { get(name) { try { return localStorage.getItem(name); } catch { return null; } }, set(name, value) { try { value === null ? localStorage.removeItem(name) : localStorage.setItem(name, value); } catch { /* as said */ } } };
  const root = document.documentElement;
  const chosen = kept.get(key);
  if (chosen === "light" || chosen === "dark") root.dataset.theme = chosen;
  window.workbook = {
    kept,
    isDark: () => (root.dataset.theme ?? (system.matches ? "dark" : "light")) === "dark",
    choose(theme) {
      if (theme === "system") delete root.dataset.theme;
      else root.dataset.theme = theme;
      kept.set(key, theme === "system" ? null : theme);
      document.dispatchEvent(new Event("workbook:theme"));
    },
  };
  system.addEventListener("change", () => document.dispatchEvent(new Event("workbook:theme")));
})();
