// Tables of runs and experiments: moving through the rows, choosing some, finding a column.
"use strict";

{
  const rows = [...document.querySelectorAll("[data-keys=rows] tbody tr")];
  const boxes = [...document.querySelectorAll(".runs .pick input")];
  const picked = document.getElementById("picked");
  const actions = [...document.querySelectorAll("[data-chosen]")];

  // What is chosen stays chosen from page to page, for as long as the window is open.
  const store = `reprise:${location.pathname}`;
  let chosen = new Set();
  try { chosen = new Set(JSON.parse(sessionStorage.getItem(store) ?? "[]")); } catch { /* a window without storage */ }

  function show() {
    for (const box of boxes) {
      box.checked = chosen.has(box.value);
      box.closest("tr").classList.toggle("chosen", box.checked);
    }
    if (!picked) return;
    const { one, many, none } = picked.dataset;
    picked.textContent = chosen.size === 0 ? none : chosen.size === 1 ? one : many.replace("{}", chosen.size);
    for (const action of actions) action.disabled = chosen.size === 0;
    try { sessionStorage.setItem(store, JSON.stringify([...chosen])); } catch { /* a window without storage */ }
  }

  let last = null;
  for (const [index, box] of boxes.entries()) {
    box.addEventListener("click", event => {
      const range = event.shiftKey && last !== null ? boxes.slice(Math.min(last, index), Math.max(last, index) + 1) : [box];
      for (const one of range) box.checked ? chosen.add(one.value) : chosen.delete(one.value);
      last = index;
      show();
    });
  }

  document.getElementById("selection")?.addEventListener("submit", event => {
    if (event.submitter?.hasAttribute("formaction")) {
      // Also what was chosen on other pages
      const here = new Set(boxes.map(box => box.value));
      for (const id of chosen) {
        if (here.has(id)) continue;
        const field = document.createElement("input");
        [field.type, field.name, field.value] = ["hidden", "run", id];
        event.target.append(field);
      }
      chosen.clear();
      try { sessionStorage.removeItem(store); } catch { /* a window without storage */ }
      return;
    }
    event.preventDefault();
    location.href = "/compare?" + [...chosen].map(id => `run=${encodeURIComponent(id)}`).join("&");
  });
  if (boxes.length) show();
  addEventListener("pageshow", () => { if (boxes.length) show(); });

  function current() {
    return rows.findIndex(row => row.contains(document.activeElement));
  }

  function go(index) {
    const row = rows[Math.max(0, Math.min(rows.length - 1, index))];
    if (!row) return;
    row.querySelector("th a").focus();
    row.scrollIntoView({ block: "nearest" });
  }

  document.addEventListener("keydown", event => {
    if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
    if (document.getElementById("keys").open || !rows.length) return;
    switch (event.key) {
      case "j": case "ArrowDown": go(current() + 1); break;
      case "k": case "ArrowUp": go(current() - 1); break;
      case "Home": go(0); break;
      case "End": go(rows.length - 1); break;
      case "x": rows[current()]?.querySelector(".pick input")?.click(); break;
      case "c": if (chosen.size) document.getElementById("selection")?.requestSubmit(); break;
      default: return;
    }
    event.preventDefault();
  });

  const search = document.getElementById("column-search");
  if (search) {
    search.hidden = false;
    search.addEventListener("input", () => {
      const text = search.value.toLowerCase();
      for (const label of search.form.querySelectorAll(".groups label")) {
        label.hidden = !label.textContent.toLowerCase().includes(text);
      }
    });
  }
}
