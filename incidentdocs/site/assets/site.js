// What needs a script: the mode, the board's filters, the search. Without one every page still says all it has.
"use strict";

(() => {
  const root = document.documentElement;
  const byId = (id) => document.getElementById(id);

  function theme() {
    const button = byId("theme");
    const system = matchMedia("(prefers-color-scheme: dark)");
    const isDark = () => (root.dataset.theme ? root.dataset.theme === "dark" : system.matches);
    const tell = () => {
      button.textContent = isDark() ? "Light" : "Dark";
      button.setAttribute("aria-label", isDark() ? "Use light colours" : "Use dark colours");
    };
    button.hidden = false;
    button.addEventListener("click", () => {
      root.dataset.theme = isDark() ? "light" : "dark";
      try {
        localStorage.setItem("incidentdocs-theme", root.dataset.theme);
      } catch {
        // It holds for this page then.
      }
      tell();
    });
    system.addEventListener("change", tell);
    tell();
  }

  // Words are compared without case and accents.
  const folded = (text) => text.normalize("NFD").replace(/\p{Mn}/gu, "").toLowerCase();
  const words = (text) => folded(text).split(/\s+/).filter(Boolean);

  function board() {
    const form = byId("filters");
    if (!form) return;
    const rows = [...byId("board").tBodies[0].rows];
    const texts = rows.map((row) => folded(row.textContent));
    const names = ["state", "severity", "service", "owner"];

    const narrow = () => {
      const wanted = new FormData(form);
      const searched = words(wanted.get("text"));
      let shown = 0;
      rows.forEach((row, number) => {
        const fits =
          names.every((name) => !wanted.get(name) || row.dataset[name].split("\n").includes(wanted.get(name))) &&
          searched.every((word) => texts[number].includes(word));
        row.hidden = !fits;
        shown += fits;
      });
      byId("shown").textContent = `${shown} of ${rows.length} action items`;
      const chosen = new URLSearchParams([...wanted].filter(([, value]) => value)).toString();
      if (chosen !== location.hash.slice(1)) history.replaceState(null, "", chosen ? `#${chosen}` : "#");
    };
    const restore = () => {
      for (const [name, value] of new URLSearchParams(location.hash.slice(1))) {
        if (form.elements[name]) form.elements[name].value = value;
      }
      narrow();
    };
    form.hidden = false;
    form.addEventListener("input", narrow);
    form.addEventListener("reset", () => setTimeout(narrow));
    form.addEventListener("submit", (event) => event.preventDefault());
    addEventListener("hashchange", restore);
    restore();
  }

  function search() {
    const results = byId("results");
    if (!results || !window.incidentdocsPages) return;
    const field = byId("find");
    const pages = window.incidentdocsPages.map((page) => ({
      ...page,
      foldedTitle: folded(page.title),
      foldedText: folded(`${page.kind} ${page.day} ${page.severity} ${page.text}`),
    }));
    const most = 50;

    const excerpt = (page, word) => {
      const at = Math.max(0, folded(page.text).indexOf(word) - 60);
      return (at ? "… " : "") + page.text.slice(at, at + 180) + (page.text.length > at + 180 ? " …" : "");
    };
    const entry = (page, word) => {
      const item = document.createElement("li");
      const link = document.createElement("a");
      link.href = `./${page.page.split("/").map(encodeURIComponent).join("/")}`;
      link.textContent = page.title;
      const facts = document.createElement("small");
      facts.textContent = ` ${[page.kind, page.day, page.severity].filter(Boolean).join(" · ")}`;
      const text = document.createElement("p");
      text.textContent = excerpt(page, word);
      item.append(link, facts, text);
      return item;
    };
    const find = () => {
      const wanted = words(field.value);
      const found = wanted.length
        ? pages
            .filter((page) => wanted.every((word) => page.foldedTitle.includes(word) || page.foldedText.includes(word)))
            .map((page) => [wanted.filter((word) => page.foldedTitle.includes(word)).length, page])
            .sort(([one, a], [other, b]) => other - one || b.day.localeCompare(a.day) || a.title.localeCompare(b.title))
        : [];
      results.replaceChildren(...found.slice(0, most).map(([, page]) => entry(page, wanted[0])));
      const many = found.length > most ? `, the first ${most} are shown` : "";
      byId("found").textContent = wanted.length
        ? `${found.length} ${found.length === 1 ? "document" : "documents"} with “${field.value.trim()}”${many}`
        : "Type into the field above to search all documents.";
    };
    field.value = new URLSearchParams(location.search).get("q") || "";
    field.addEventListener("input", find);
    field.form.addEventListener("submit", (event) => event.preventDefault());
    find();
  }

  theme();
  board();
  search();
})();
