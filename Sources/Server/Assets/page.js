// The addresses that MLflow's clients print lead to the same things here.
const printed = location.hash.match(/^#\/(?:experiments\/(\d+)(?:\/runs\/([0-9a-f]{32}))?|models\/([^/]+)(?:\/versions\/(\d+))?)/);
if (printed && location.pathname === "/") {
  const [, experiment, run, model, version] = printed;
  location.replace(run ? `/runs/${run}` : experiment ? `/experiments/${experiment}` : `/models/${model}${version ? `/${version}` : ""}`);
}

// What every page does beyond being read: the theme, keys, copying, times on the reader's clock.
"use strict";

const root = document.documentElement;
root.classList.add("live");

function remember(name, value) {
  document.cookie = `${name}=${value}; path=/; max-age=31536000; samesite=lax`;
}

function say(text) {
  document.getElementById("said").textContent = text;
}

// The theme

const theme = document.getElementById("theme");

function isDark() {
  return root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
}

function switchTheme() {
  const next = isDark() ? "light" : "dark";
  root.dataset.theme = next;
  remember("reprise_theme", next);
  say(theme.dataset[next]);
}

theme.addEventListener("click", event => {
  event.preventDefault();
  switchTheme();
});

// Copying

for (const button of document.querySelectorAll(".copy")) {
  if (!navigator.clipboard) continue;
  button.hidden = false;
  const name = button.textContent;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(button.dataset.copy);
    button.textContent = button.dataset.done;
    say(button.dataset.done);
    setTimeout(() => { button.textContent = name; }, 1600);
  });
}

// Dates were written on the server's clock; the reader's may be another.

for (const time of document.querySelectorAll("time[datetime]")) {
  const date = new Date(time.dateTime);
  if (isNaN(date)) continue;
  const two = number => String(number).padStart(2, "0");
  const local = `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())} ${two(date.getHours())}:${two(date.getMinutes())}`;
  if (time.textContent === time.title.slice(0, 16)) time.textContent = local;
  time.title = `${local}:${two(date.getSeconds())}`;
}

// The part of a long page that is being read

const links = new Map([...document.querySelectorAll(".contents a[href^='#']")].map(link => [link.hash.slice(1), link]));
if (links.size) {
  const seen = new Set();
  const observer = new IntersectionObserver(entries => {
    for (const entry of entries) entry.isIntersecting ? seen.add(entry.target.id) : seen.delete(entry.target.id);
    const first = [...links.keys()].find(id => seen.has(id));
    for (const [id, link] of links) link.classList.toggle("here", id === first);
  }, { rootMargin: "-10% 0px -60% 0px" });
  for (const id of links.keys()) observer.observe(document.getElementById(id));
}

// Menus close when something else is wanted.

for (const details of document.querySelectorAll("details.menu")) {
  document.addEventListener("click", event => { if (!details.contains(event.target)) details.open = false; });
  details.addEventListener("keydown", event => {
    if (event.key !== "Escape") return;
    details.open = false;
    details.querySelector("summary").focus();
  });
}

// Keys

const keys = document.getElementById("keys");

function isTyping(target) {
  return target.closest("input:not([type=checkbox]):not([type=radio]), textarea, select, [contenteditable]") !== null;
}

document.addEventListener("keydown", event => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
  if (event.key === "Escape" && isTyping(event.target)) event.target.blur();
  if (isTyping(event.target) || keys.open) return;
  const step = rel => document.querySelector(`.pager a[rel=${rel}]`)?.click();
  switch (event.key) {
    case "?": keys.showModal(); break;
    case "t": switchTheme(); break;
    case "e": {
      const menu = document.querySelector("details.edit");
      if (!menu) return;
      menu.open = true;
      menu.querySelector("input[type=text], button")?.focus();
      break;
    }
    case "/": {
      const field = document.getElementById("filter") ?? document.getElementById("log-find") ?? document.getElementById("find");
      field.focus();
      field.select();
      break;
    }
    case "[": step("prev"); break;
    case "]": step("next"); break;
    default: return;
  }
  event.preventDefault();
});
