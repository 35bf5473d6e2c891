// The cells of a run: what they put out while it goes on, and how long the one takes that runs.
"use strict";

{
  const article = document.querySelector("article[data-run]");
  // The reader's clock may be another than the server's, and what the server says of its own is late when it comes.
  let ahead = Date.now() - Number(article?.dataset.clock ?? Date.now());
  document.addEventListener("reprise:clock", event => { ahead = Math.min(ahead, Date.now() - event.detail); });
  const language = document.documentElement.lang;
  const units = language === "ko" ? ["초", "분", "시간", "일"] : [" s", " min", " h", " d"];

  document.addEventListener("change", event => {
    if (event.target.id === "sources") document.getElementById("cells").classList.toggle("bare", !event.target.checked);
  });

  // Times

  function length(milliseconds) {
    const seconds = Math.max(0, Math.floor(milliseconds / 1000));
    const two = number => String(number).padStart(2, "0");
    if (seconds < 60) return `${seconds}${units[0]}`;
    if (seconds < 3600) return `${Math.floor(seconds / 60)}${units[1]} ${two(seconds % 60)}${units[0]}`;
    if (seconds < 86400) return `${Math.floor(seconds / 3600)}${units[2]} ${two(Math.floor(seconds / 60) % 60)}${units[1]}`;
    return `${Math.floor(seconds / 86400)}${units[3]} ${Math.floor(seconds / 3600) % 24}${units[2]}`;
  }

  function tick() {
    for (const time of document.querySelectorAll(".took[data-since]"))
      time.textContent = length(Date.now() - ahead - Number(time.dataset.since));
  }
  if (article?.dataset.live) setInterval(tick, 1000);

  // Outputs. What did not change stays as it is: with its focus, its selection, and where it was scrolled to.

  function renew(old, fresh) {
    if (old.isEqualNode(fresh)) return;
    const olds = [...old.children], news = [...fresh.children];
    const isFrame = olds.length === news.length && olds.length > 0 && old.tagName === "DIV"
      && olds.every((one, place) => one.tagName === news[place].tagName && one.className === news[place].className);
    if (isFrame) {
      olds.forEach((one, place) => renew(one, news[place]));
    } else if (old.tagName === "PRE" && fresh.tagName === "PRE" && old.className === fresh.className) {
      const isAtEnd = old.scrollHeight - old.scrollTop - old.clientHeight < 24;
      old.replaceChildren(...fresh.childNodes);
      if (isAtEnd) old.scrollTop = old.scrollHeight;
    } else {
      old.replaceWith(fresh);
    }
  }

  function element(html) {
    const template = document.createElement("template");
    template.innerHTML = html;
    return template.content.firstElementChild;
  }

  function showParts(outputs, change) {
    const shown = new Set(change.shown);
    for (const old of [...outputs.children]) {
      if (!("part" in old.dataset) || !shown.has(Number(old.dataset.part))) old.remove();
    }
    for (const [number, html] of change.parts) {
      const fresh = element(`<div class="part" data-part="${number}">${html}</div>`);
      const old = outputs.querySelector(`:scope > [data-part="${number}"]`);
      if (old) renew(old, fresh);
      else [...outputs.children].find(one => Number(one.dataset.part) > number)?.before(fresh) ?? outputs.append(fresh);
    }
    if (!change.more) return;
    const more = element(change.more);
    outputs.querySelector(`:scope > [data-part="${more.dataset.after}"]`)?.after(more);
  }

  document.addEventListener("reprise:cell", event => {
    const change = event.detail;
    const cell = document.getElementById(change.cell);
    if (!cell) {
      document.dispatchEvent(new CustomEvent("reprise:stale", { detail: "cells" }));
      return;
    }
    cell.className = `cell code ${change.state}`;
    change.state === "running" ? cell.setAttribute("aria-current", "step") : cell.removeAttribute("aria-current");
    renew(cell.querySelector(".cell-bar"), element(change.bar));
    showParts(cell.querySelector(".outputs"), change);
    tick();
  });

  // How far the run is. Screen readers are told of this, and of nothing else.

  const now = document.getElementById("now");
  let words = now?.firstElementChild.textContent ?? "";

  function say(text) {
    const status = now?.firstElementChild;
    if (status && status.textContent !== text) status.textContent = text;
  }

  document.addEventListener("reprise:now", event => {
    words = event.detail.words;
    if (!now) return;
    say(words);
    const link = now.querySelector("a");
    link.hidden = !event.detail.cell;
    link.href = `#${event.detail.cell}`;
  });
  document.addEventListener("reprise:lost", () => say(now?.dataset.lost ?? ""));
  document.addEventListener("reprise:back", () => say(words));
}
