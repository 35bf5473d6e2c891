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

  function addLines(html) {
    const pre = log.querySelector("pre");
    pre.insertAdjacentHTML("beforeend", html);
    // A window that is open for days must not keep all of it.
    while (pre.childElementCount > 20000) pre.firstElementChild.remove();
    log.dataset.from = pre.firstElementChild?.dataset.at ?? "0";
    log.querySelector(".earlier").hidden = log.dataset.from === "0";
    toEnd();
  }

  function showMetrics(metrics) {
    for (const { key, value, step } of metrics) {
      const row = document.querySelector(`tr[data-metric="${CSS.escape(key)}"]`);
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

  if (article) {
    const events = new EventSource(article.dataset.live);
    events.addEventListener("log", event => { if (log) addLines(event.data); });
    events.addEventListener("metrics", event => showMetrics(JSON.parse(event.data)));
    events.addEventListener("status", event => {
      const { html, took } = JSON.parse(event.data);
      document.getElementById("status").innerHTML = html;
      const length = document.getElementById("took");
      if (length) length.textContent = took;
    });
    events.addEventListener("end", () => events.close());
    addEventListener("pagehide", () => events.close());
  }
}
