// A run's page: what comes while it runs, and its log.
"use strict";

{
  const log = document.querySelector(".log[data-src]");
  const follow = document.getElementById("follow");
  const wrap = document.getElementById("wrap");
  const article = document.querySelector("article[data-live]");

  wrap?.addEventListener("change", () => {
    for (const one of document.querySelectorAll(".log")) one.classList.toggle("long", !wrap.checked);
  });

  function toEnd() {
    if (follow?.checked) log.scrollTop = log.scrollHeight;
  }

  if (log) {
    log.scrollTop = log.scrollHeight;
    if (article && follow) follow.closest("label").hidden = false;
    follow?.addEventListener("change", toEnd);
    // Who scrolls up wants to read there; who comes back to the end wants what is new.
    log.addEventListener("scroll", () => {
      const isAtEnd = log.scrollHeight - log.scrollTop - log.clientHeight < 24;
      if (follow) follow.checked = isAtEnd;
    });
    const earlier = log.querySelector(".earlier");
    earlier?.addEventListener("click", async event => {
      event.preventDefault();
      const answer = await fetch(`${log.dataset.src}?before=${log.dataset.from}`);
      if (!answer.ok) return;
      const height = log.scrollHeight;
      log.querySelector("pre").insertAdjacentHTML("afterbegin", await answer.text());
      log.dataset.from = answer.headers.get("X-From");
      log.scrollTop += log.scrollHeight - height;
      earlier.hidden = log.dataset.from === "0";
    });
  }

  // A line without an end is replaced by what it has become.
  function addLines(html, isOpen = false) {
    const pre = log.querySelector("pre");
    pre.querySelector(".open")?.remove();
    pre.insertAdjacentHTML("beforeend", html);
    if (isOpen) pre.lastElementChild.classList.add("open");
    // A window that is open for days must not keep all of it.
    while (pre.childElementCount > 20000) pre.firstElementChild.remove();
    log.dataset.from = pre.firstElementChild?.dataset.at ?? "0";
    log.querySelector(".earlier").hidden = log.dataset.from === "0";
    toEnd();
  }

  // What the page did not have when it was made: sections that are new, or new in them.
  async function refresh(isWanted) {
    const answer = await fetch(location.href);
    if (!answer.ok) return;
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
    let last = null;
    for (const section of [...fresh.querySelectorAll(".sections > section")]) {
      const old = document.getElementById(section.id);
      if (old && !isWanted(section.id)) {
        // What is read in it stays; the files that it leads to may be new.
        if (section.id === "cells") old.querySelector(".over").replaceWith(section.querySelector(".over"));
        last = old;
        continue;
      }
      if (old) old.replaceWith(section);
      else if (last) last.after(section);
      else document.querySelector(".sections").prepend(section);
      last = section;
    }
    document.querySelector(".contents").replaceWith(fresh.querySelector(".contents"));
    document.querySelector(".head .lead").replaceWith(fresh.querySelector(".head .lead"));
    document.dispatchEvent(new CustomEvent("reprise:fresh"));
  }

  function showMetrics(metrics) {
    for (const { key, value, step } of metrics) {
      const row = document.querySelector(`tr[data-metric="${CSS.escape(key)}"]`);
      const shown = row ? [...row.querySelectorAll("td")].map(cell => cell.textContent) : [];
      if (shown[0] === value && shown[1] === step) continue;
      const figure = [...document.querySelectorAll("figure[data-src]")]
        .some(one => new URL(one.dataset.src, location.href).searchParams.get("key") === key);
      // The second value of a metric makes a curve of it.
      if (!row || !figure) refreshSoon("metrics");
      if (row) {
        const cells = row.querySelectorAll("td");
        [cells[0].textContent, cells[1].textContent] = [value, step];
        row.classList.remove("flash");
        void row.offsetWidth;
        row.classList.add("flash");
      }
      document.dispatchEvent(new CustomEvent("reprise:metric", { detail: key }));
    }
  }

  const stale = new Set();
  function refreshSoon(name = "metrics") {
    stale.add(name);
    if (stale.size > 1) return;
    setTimeout(() => {
      const names = new Set(stale);
      stale.clear();
      refresh(id => names.has(id));
    }, 500);
  }
  document.addEventListener("reprise:stale", event => refreshSoon(event.detail));

  const tell = (name, detail) => document.dispatchEvent(new CustomEvent(`reprise:${name}`, { detail }));

  if (article) {
    let status = article.dataset.status;
    let address = article.dataset.live;
    let events = null;
    function listen() {
      events = new EventSource(address);
      const on = (name, take) => events.addEventListener(name, event => {
        // Who is sent away and asks again goes on from here.
        if (event.lastEventId) address = article.dataset.live.replace(/after=.*/, `after=${event.lastEventId}`);
        take(event.data);
      });
      on("log", data => { if (log) addLines(data); });
      on("unfinished", data => { if (log) addLines(data, true); });
      on("metrics", data => showMetrics(JSON.parse(data)));
      on("cell", data => tell("cell", JSON.parse(data)));
      on("now", data => tell("now", JSON.parse(data)));
      on("status", data => {
        const now = JSON.parse(data);
        document.getElementById("status").innerHTML = now.html;
        const length = document.getElementById("took");
        if (length) length.textContent = now.took;
        tell("clock", now.clock);
        if (status !== now.status && length) delete length.dataset.since;
        if (status !== now.status) refresh(id => id !== "logs" && id !== "cells");
        status = now.status;
      });
      // By now the document of the run is written too.
      on("end", () => {
        events.close();
        refresh(id => id !== "logs" && id !== "cells");
      });
      events.addEventListener("open", () => tell("back"));
      events.addEventListener("error", () => {
        tell("lost");
        // A browser tries again by itself, unless a server has sent it away.
        if (events.readyState === EventSource.CLOSED) setTimeout(listen, 5000);
      });
    }
    listen();
    addEventListener("pagehide", () => events.close());
  }
}
