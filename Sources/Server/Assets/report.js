// The three choices of a report: the language, light or dark, and whether the source is shown.
(() => {
  const root = document.documentElement;
  const keep = (name, value) => { try { localStorage.setItem(name, value); } catch { } };
  const kept = name => { try { return localStorage.getItem(name); } catch { return null; } };
  const speak = language => {
    root.lang = language;
    for (const button of document.querySelectorAll("[data-language]"))
      button.setAttribute("aria-pressed", button.dataset.language === language);
  };
  speak(kept("reprise-language") || ((navigator.language || "").startsWith("ko") ? "ko" : "en"));
  const theme = kept("reprise-theme");
  if (theme) root.dataset.theme = theme;
  document.addEventListener("click", event => {
    const button = event.target.closest("button");
    if (!button) return;
    if (button.dataset.language) {
      speak(button.dataset.language);
      keep("reprise-language", button.dataset.language);
    } else if ("themeSwitch" in button.dataset) {
      const isDark = root.dataset.theme ? root.dataset.theme === "dark"
        : matchMedia("(prefers-color-scheme: dark)").matches;
      root.dataset.theme = isDark ? "light" : "dark";
      keep("reprise-theme", root.dataset.theme);
    } else if (button.dataset.copy !== undefined && navigator.clipboard) {
      navigator.clipboard.writeText(button.dataset.copy).then(() => {
        button.textContent = button.dataset.done || button.textContent;
      });
    }
  });
  for (const button of document.querySelectorAll("button[data-copy]")) button.hidden = !navigator.clipboard;
  document.addEventListener("change", event => {
    if (!event.target.matches("[data-sources]")) return;
    for (const box of document.querySelectorAll("[data-sources]")) box.checked = event.target.checked;
    document.querySelector(".story").classList.toggle("bare", !event.target.checked);
  });
})();
