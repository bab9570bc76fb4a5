// Before anything is painted: the mode that the reader has chosen, if any.
"use strict";
try {
  const chosen = localStorage.getItem("incidentdocs-theme");
  if (chosen === "dark" || chosen === "light") document.documentElement.dataset.theme = chosen;
} catch {
  // A browser may keep nothing for pages from a file: then the system's mode counts.
}
