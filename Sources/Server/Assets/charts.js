// Charts: what is under the pointer, zooming, and how curves are drawn. The pictures themselves come from the server.
"use strict";

{
  const svgName = "http://www.w3.org/2000/svg";
  let controls = null, figures = [];
  const ranges = new Map();

  function make(name, attributes, parent) {
    const element = document.createElementNS(svgName, name);
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
    parent.append(element);
    return element;
  }

  // Fetching a picture anew

  async function draw(figure) {
    const plot = figure.querySelector(".plot");
    const width = Math.round(plot.clientWidth);
    const address = new URL(figure.dataset.src, location.href);
    if (controls) for (const [key, value] of new FormData(controls)) if (key !== "run") address.searchParams.set(key, value);
    if (width > 0) address.searchParams.set("width", width);
    const old = plot.querySelector("svg");
    if (old) address.searchParams.set("height", Math.round(old.viewBox.baseVal.height));
    const range = ranges.get(figure);
    if (range) {
      address.searchParams.set("from", range[0]);
      address.searchParams.set("to", range[1]);
    }
    figure.dataset.turn = Number(figure.dataset.turn ?? 0) + 1;
    const turn = figure.dataset.turn;
    const answer = await fetch(address);
    // Only the newest of several answers counts.
    if (!answer.ok || turn !== figure.dataset.turn) return;
    const hadFocus = plot.contains(document.activeElement);
    plot.innerHTML = await answer.text();
    delete figure.dataset.late;
    ready(figure);
    if (hadFocus) plot.querySelector("svg")?.focus();
  }

  const near = new Set();
  const observer = new IntersectionObserver(entries => {
    for (const { target, isIntersecting } of entries) {
      isIntersecting ? near.add(target) : near.delete(target);
      if (isIntersecting && ("late" in target.dataset || "old" in target.dataset)) {
        delete target.dataset.old;
        draw(target);
      }
    }
  }, { rootMargin: "200px" });

  // Those out of sight are drawn when they come into it.
  function drawSoon(figure) {
    if (near.has(figure)) draw(figure);
    else figure.dataset.old = "";
  }

  function listen() {
    const slide = controls.elements.smooth;
    const output = controls.querySelector("output");
    const off = slide.value === "0.0" || slide.value === "0" ? output.textContent : null;
    slide.addEventListener("input", () => { output.textContent = Number(slide.value) === 0 ? off ?? "0" : slide.value; });
    controls.addEventListener("submit", event => event.preventDefault());
    let waiting = 0;
    controls.addEventListener("input", event => {
      if (event.target.name === "x") ranges.clear();
      clearTimeout(waiting);
      waiting = setTimeout(() => {
        const address = new URL(location.href);
        for (const name of ["x", "log", "smooth"]) address.searchParams.delete(name);
        const fields = new FormData(controls);
        if (fields.get("x") === "time") address.searchParams.set("x", "time");
        if (fields.get("log")) address.searchParams.set("log", "1");
        if (Number(fields.get("smooth"))) address.searchParams.set("smooth", fields.get("smooth"));
        history.replaceState(null, "", address);
        figures.forEach(drawSoon);
      }, 120);
    });
  }

  const pending = new Set();
  document.addEventListener("reprise:metric", event => {
    const figure = figures.find(one => new URL(one.dataset.src, location.href).searchParams.get("key") === event.detail);
    if (!figure || pending.has(figure)) return;
    pending.add(figure);
    setTimeout(() => {
      pending.delete(figure);
      drawSoon(figure);
    }, 1000);
  });

  // Under the pointer

  function box(plot) {
    let box = plot.querySelector(".hint-box");
    if (!box) {
      box = document.createElement("div");
      box.className = "hint-box";
      box.hidden = true;
      plot.append(box);
    }
    return box;
  }

  function place(box, plot, x, y) {
    box.hidden = false;
    const room = plot.clientWidth - box.offsetWidth;
    box.style.left = `${Math.max(0, Math.min(room, x + 14 > room ? x - box.offsetWidth - 14 : x + 14))}px`;
    box.style.top = `${Math.max(0, y - box.offsetHeight - 10)}px`;
  }

  function points(path) {
    const spots = [...path.getAttribute("d").matchAll(/[ML](-?[\d.]+) (-?[\d.]+)/g)];
    const steps = path.dataset.x.split(" ");
    const values = path.dataset.y.split(" ");
    return spots.map((spot, index) => ({ x: Number(spot[1]), y: Number(spot[2]), step: steps[index], value: values[index] }));
  }

  function nearest(list, x) {
    let low = 0, high = list.length - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      list[middle].x < x ? low = middle + 1 : high = middle;
    }
    return low > 0 && x - list[low - 1].x < list[low].x - x ? list[low - 1] : list[low];
  }

  function ready(figure) {
    const plot = figure.querySelector(".plot");
    const svg = plot.querySelector("svg.curves");
    if (!svg) return;
    const frame = Object.fromEntries(["left", "right", "top", "bottom", "low", "high"].map(key => [key, Number(svg.dataset[key])]));
    const curves = [...svg.querySelectorAll("path[data-x]")].map(path => ({
      path, name: path.dataset.name, colour: [...path.classList].find(name => /^c\d$/.test(name)), points: points(path),
    })).filter(curve => curve.points.length);
    const hint = box(plot);
    let cross = null, spots = [], zone = null, start = null, at = null;

    function clear() {
      cross?.remove();
      for (const spot of spots) spot.remove();
      [cross, spots, at] = [null, [], null];
      hint.hidden = true;
    }

    function show(x) {
      if (!curves.length) return;
      clear();
      const found = curves.map(curve => ({ ...curve, point: nearest(curve.points, x) }));
      const closest = found.reduce((a, b) => Math.abs(a.point.x - x) <= Math.abs(b.point.x - x) ? a : b).point;
      at = closest.x;
      cross = make("line", { class: "cross", x1: at, x2: at, y1: frame.top, y2: frame.bottom }, svg);
      const shown = found.filter(curve => Math.abs(curve.point.x - at) < 12);
      spots = shown.map(curve => make("circle", { class: `spot ${curve.colour}`, cx: curve.point.x, cy: curve.point.y, r: 3.5 }, svg));
      const unit = svg.dataset.unit;
      const head = unit === "s" || unit === "초" ? `${closest.step} ${unit}` : `${unit} ${closest.step}`;
      const lines = shown.slice(0, 12).map(curve => curves.length > 1 ? `${curve.point.value}  ${curve.name}` : curve.point.value);
      hint.textContent = [head, ...lines].join("\n");
      const scale = svg.clientWidth / svg.viewBox.baseVal.width;
      place(hint, plot, at * scale, Math.min(...shown.map(curve => curve.point.y)) * scale);
    }

    const toPicture = event => {
      const bounds = svg.getBoundingClientRect();
      return (event.clientX - bounds.left) * svg.viewBox.baseVal.width / bounds.width;
    };
    const toValue = x => frame.low + (x - frame.left) / (frame.right - frame.left) * (frame.high - frame.low);
    const within = x => Math.max(frame.left, Math.min(frame.right, x));

    svg.addEventListener("pointermove", event => {
      const x = within(toPicture(event));
      if (start !== null) {
        zone ??= make("rect", { class: "zone", y: frame.top, height: frame.bottom - frame.top }, svg);
        zone.setAttribute("x", Math.min(start, x));
        zone.setAttribute("width", Math.abs(x - start));
      }
      show(x);
    });
    svg.addEventListener("pointerleave", () => { if (start === null) clear(); });
    svg.addEventListener("pointerdown", event => {
      if (event.pointerType === "touch" || event.button !== 0) return;
      start = within(toPicture(event));
      svg.setPointerCapture(event.pointerId);
    });
    svg.addEventListener("pointerup", event => {
      if (start === null) return;
      const ends = [start, within(toPicture(event))].sort((a, b) => a - b);
      start = null;
      zone?.remove();
      zone = null;
      if (ends[1] - ends[0] > 6) zoom(ends.map(toValue));
    });
    svg.addEventListener("pointercancel", () => {
      start = null;
      zone?.remove();
      zone = null;
    });
    svg.addEventListener("dblclick", () => zoom(null));
    svg.addEventListener("focus", () => { if (svg.matches(":focus-visible")) show(frame.right); });
    svg.addEventListener("blur", clear);
    svg.addEventListener("keydown", event => {
      const list = curves[0]?.points ?? [];
      const index = at === null ? list.length - 1 : list.findIndex(point => point.x >= at);
      const move = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
      const middle = at === null ? (frame.low + frame.high) / 2 : toValue(at);
      const quarter = (frame.high - frame.low) / 4;
      if (move) show(list[Math.max(0, Math.min(list.length - 1, index + move))]?.x);
      else if (event.key === "+" || event.key === "=") zoom([middle - quarter, middle + quarter]);
      else if (event.key === "-" || event.key === "0" || event.key === "Escape") zoom(null);
      else return;
      say(hint.textContent.replaceAll("\n", ", "));
      event.preventDefault();
    });

    // All curves of one axis are looked at over the same stretch.
    function zoom(range) {
      if (range === null && !ranges.size) return;
      for (const one of figures) {
        range ? ranges.set(one, range) : ranges.delete(one);
        drawSoon(one);
      }
    }
  }

  // Also when a page that goes on got new figures
  function begin() {
    controls = document.querySelector("form[data-charts]");
    figures = [...document.querySelectorAll("figure[data-src]")];
    if (controls && !("ready" in controls.dataset)) {
      controls.dataset.ready = "";
      listen();
    }
    for (const figure of figures) {
      if ("ready" in figure.dataset) continue;
      figure.dataset.ready = "";
      observer.observe(figure);
      ready(figure);
    }
  }
  begin();
  document.addEventListener("reprise:fresh", begin);

  // Dots and lines that carry what they are

  for (const mark of document.querySelectorAll("[data-tip]")) {
    const plot = mark.closest(".plot");
    mark.addEventListener("pointermove", event => {
      const bounds = plot.getBoundingClientRect();
      const hint = box(plot);
      hint.textContent = mark.dataset.tip;
      place(hint, plot, event.clientX - bounds.left + plot.scrollLeft, event.clientY - bounds.top);
    });
    mark.addEventListener("pointerleave", () => { box(plot).hidden = true; });
  }
  for (const svg of document.querySelectorAll("svg.parallel")) {
    svg.addEventListener("pointerover", event => {
      const isLine = event.target.classList.contains("line");
      for (const line of svg.querySelectorAll(".line")) line.classList.toggle("dim", isLine && line !== event.target);
    });
    svg.addEventListener("pointerleave", () => { for (const line of svg.querySelectorAll(".line")) line.classList.remove("dim"); });
  }
  for (const menu of document.querySelectorAll(".controls select")) menu.addEventListener("change", () => menu.form.submit());
}
