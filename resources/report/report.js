"use strict";
(() => {
  const data = JSON.parse(document.getElementById("data").textContent);
  const { items, cells, pairs } = data;
  const $ = (id) => document.getElementById(id);
  const letter = (i) => (i < 0 ? "–" : String.fromCharCode(65 + i));
  const percent = (x, digits = 1) => (100 * x).toFixed(digits);
  const points = (x) => { const t = percent(x); return Number(t) > 0 ? "+" + t : t.replace("-", "−"); };
  const pValue = (p) => (p < 0.001 ? p.toExponential(1).replace("-", "−") : p.toFixed(3));
  const colour = (i) => `var(--c${i % 6})`;

  // Every text enters the page as text, never as markup.
  function make(tag, attributes, ...children) {
    const node = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes || {})) {
      if (value === undefined || value === null || value === false) continue;
      if (name === "on") for (const [event, f] of Object.entries(value)) node.addEventListener(event, f);
      else if (name === "style") Object.assign(node.style, value);
      else node.setAttribute(name, value === true ? "" : value);
    }
    node.append(...children.filter((c) => c !== null && c !== undefined));
    return node;
  }
  function draw(tag, attributes, ...children) {
    const node = document.createElementNS("http://www.w3.org/2000/svg", tag);
    for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
    node.append(...children);
    return node;
  }

  // A colour never stands alone: each cell has a shape too.
  const shapes = ["M6 1a5 5 0 1 0 .01 0z", "M1.5 1.5h9v9h-9z", "M6 .8 11.4 11H.6z", "M6 .3 11.7 6 6 11.7.3 6z",
    "M6 11.2.6 1h10.8z", "M4.2 1h3.6v3.2H11v3.6H7.8V11H4.2V7.8H1V4.2h3.2z"];
  function mark(i, title) {
    const svg = draw("svg", { viewBox: "0 0 12 12", class: "mark", role: "img" },
      draw("path", { d: shapes[i % shapes.length], fill: colour(i) }));
    if (title) svg.prepend(draw("title", {}, title));
    return svg;
  }

  // ---- plots: dots with 95 % intervals on a scale of 0 to 100 %
  const narrow = window.matchMedia("(max-width: 760px)");
  const width = (wide) => (narrow.matches ? 118 : wide);
  function plot(rows, height, wide) {
    const plotWidth = width(wide), at = (share) => 6 + share * (plotWidth - 12);
    const svg = draw("svg", { width: plotWidth, height, viewBox: `0 0 ${plotWidth} ${height}`, role: "img",
      "aria-label": rows.map((r) => `${r.name} ${percent(r.value)} %`).join(", ") });
    for (const share of [0, 0.25, 0.5, 0.75, 1])
      svg.append(draw("line", { x1: at(share), x2: at(share), y1: 0, y2: height, stroke: "var(--line)", "stroke-width": 1 }));
    svg.append(draw("line", { x1: at(data.chance), x2: at(data.chance), y1: 0, y2: height, stroke: "var(--soft)", "stroke-width": 1, "stroke-dasharray": "2 3" }));
    rows.forEach((row, k) => {
      const y = rows.length > 1 ? height * (0.3 + (0.4 * k) / (rows.length - 1)) : height / 2;
      const paint = row.colour === undefined ? "var(--soft)" : colour(row.colour);
      if (row.low !== undefined) {
        svg.append(draw("line", { x1: at(row.low), x2: at(row.high), y1: y, y2: y, stroke: paint, "stroke-width": 2 }));
        for (const end of [row.low, row.high])
          svg.append(draw("line", { x1: at(end), x2: at(end), y1: y - 4, y2: y + 4, stroke: paint, "stroke-width": 1.5 }));
      }
      const size = rows.length > 1 ? 0.75 : 1;
      svg.append(row.colour === undefined
        ? draw("circle", { cx: at(row.value), cy: y, r: 4, fill: "var(--plane)", stroke: paint, "stroke-width": 1.5 })
        : draw("path", { d: shapes[row.colour % shapes.length], fill: paint, transform: `translate(${at(row.value) - 6 * size} ${y - 6 * size}) scale(${size})` }));
    });
    return svg;
  }
  function scale(wide) {
    const plotWidth = width(wide), at = (share) => 6 + share * (plotWidth - 12);
    const svg = draw("svg", { width: plotWidth, height: 14, "aria-hidden": "true" });
    for (const share of narrow.matches ? [0, 0.5, 1] : [0, 0.25, 0.5, 0.75, 1])
      svg.append(draw("text", { x: at(share), y: 11, "text-anchor": share === 0 ? "start" : share === 1 ? "end" : "middle" }, String(share * 100)));
    return svg;
  }
  const cellName = (i) => make("span", { title: cells[i].name }, mark(i), cells[i].name);
  // A name that begins with "~" is a column for wide windows only.
  const head = (...names) => make("thead", {}, make("tr", {}, ...names.map((n) => (n instanceof Node ? make("th", { class: "plot" }, n)
    : n.startsWith("~") ? make("th", { class: "wide" }, n.slice(1)) : make("th", {}, n)))));
  const wide = (text) => make("td", { class: "wide" }, text);

  function showCells() {
    const rows = cells.map((c, i) => make("tr", {}, make("td", {}, cellName(i), ...(c.recorded ? [make("span", { class: "tag" }, "recorded")] : [])),
      make("td", { class: "strong" }, percent(c.accuracy)), wide(`${percent(c.low)} – ${percent(c.high)}`),
      make("td", { class: "plot" }, plot([{ name: c.name, value: c.accuracy, low: c.low, high: c.high, colour: i }], 26, 300)),
      make("td", { class: "wide", title: `${percent(c.own)} % over all ${c.ownN} items of its own` },
        c.ownN > c.n ? `${c.n} of ${c.ownN}` : String(c.n)), wide(String(c.unread)), wide(c.shouldNot ? `${c.over} of ${c.shouldNot}` : "–"),
      wide(c.shouldAct ? `${c.under} of ${c.shouldAct}` : "–"), wide(c.ece === undefined ? "–" : c.ece.toFixed(3))));
    for (const p of data.published)
      rows.push(make("tr", { class: "published" }, make("td", {}, `${p.model} · ${p.arm}`, make("span", { class: "tag" }, "published")),
        make("td", {}, percent(p.accuracy, 2)), wide("–"), make("td", { class: "plot" }, plot([{ name: p.model, value: p.accuracy }], 26, 300)),
        wide("–"), wide("–"), wide("–"), wide("–"), wide("–")));
    $("cells").replaceChildren(head("cell", "%", "~95 %", scale(300), "~n", "~unread", "~acted in vain", "~failed to act", "~calibration error"), make("tbody", {}, ...rows));
    let note = `Wilson intervals over the ${items.length} items that every cell answered. The dashed line is chance (${percent(data.chance, 0)} %). `
      + "Unread answers name no option and count as wrong. Acted in vain: chose an action where the key is to do nothing; failed to act: the other way round. ";
    const left = [];
    if (data.leftOut.unusable) left.push(`${data.leftOut.unusable} unusable`);
    if (data.leftOut.unanswered) left.push(`${data.leftOut.unanswered} not answered by all`);
    if (left.length) note += `Left out: ${left.join(", ")}. `;
    if (data.published.length) note += "Published rows are figures of arXiv 2503.16965 v1, Table 1, not measured here.";
    $("cells-note").textContent = note;
    $("remarks").textContent = data.remarks.join(" ");
    $("remarks").hidden = !data.remarks.length;
  }

  function showLetters() {
    const most = Math.max(...items.map((i) => i.o.length));
    const names = Array.from({ length: most }, (_, i) => letter(i));
    const keys = new Array(most + 1).fill(0);
    for (const item of items) keys[item.k]++;
    const row = (first, counts, attributes) => make("tr", attributes, make("td", {}, first),
      ...counts.map((n) => make("td", { title: `${n} of ${items.length}` }, percent(n / items.length))));
    $("letters").append(head("share of answers, %", ...names, "none"), make("tbody", {},
      row("the keys", keys, { class: "published" }), ...cells.map((c, i) => row(cellName(i), c.letters))));
  }

  // ---- the pair that is looked at
  const state = { a: 0, b: cells.length > 1 ? 1 : -1, text: "", category: "", kind: "", selected: -1 };
  const isRight = (c, i) => cells[c].o[i] === items[i].k;
  const pairOf = (a, b) => pairs.find((p) => (p.first === a && p.second === b) || (p.first === b && p.second === a));

  function startPair() {
    const better = (p) => (cells[p.first].arm === cells[p.second].arm ? 2 : 0) + (cells[p.first].model !== cells[p.second].model ? 1 : 0)
      + (cells[p.first].arm === "image" ? 0.5 : 0);
    let best = null;
    for (const p of pairs) if (!best || better(p) > better(best)) best = p;
    if (best) { state.a = best.first; state.b = best.second; }
  }
  function showPick() {
    const chooser = (name, value) => {
      const select = make("select", { "aria-label": name === "a" ? "first cell" : "second cell", on: { change: (e) => {
        const chosen = Number(e.target.value);
        if (state.b >= 0 && chosen === state[name === "a" ? "b" : "a"]) state[name === "a" ? "b" : "a"] = state[name];
        state[name] = chosen;
        showPair();
        filter();
      } } }, ...cells.map((c, i) => make("option", { value: i }, c.name)));
      select.value = String(value);
      return select;
    };
    $("pick").replaceChildren(mark(state.a), chooser("a", state.a));
    if (state.b >= 0) {
      const swap = make("button", { type: "button", title: "Swap the two", "aria-label": "Swap the two cells",
        on: { click: () => { [state.a, state.b] = [state.b, state.a]; showPair(); filter(); } } }, "⇄");
      $("pick").append(swap, mark(state.b), chooser("b", state.b));
    }
  }
  function counts(indices) {
    const out = { rr: 0, rw: 0, wr: 0, ww: 0 };
    for (const i of indices) out[kindOf(i)]++;
    return out;
  }
  const kindOf = (i) => (isRight(state.a, i) ? "r" : "w") + (state.b < 0 ? "" : isRight(state.b, i) ? "r" : "w");
  const all = items.map((_, i) => i);

  function showPair() {
    showPick();
    const matrix = $("matrix");
    const n = items.length;
    const press = (kind, css, count, words) => make("button", { type: "button", class: css, "data-kind": kind, "aria-pressed": String(state.kind === kind),
      title: words, on: { click: () => setKind(state.kind === kind ? "" : kind) } },
    make("b", {}, String(count)), make("span", {}, `${percent(count / n)} %`));
    if (state.b < 0) {
      const right = all.filter((i) => isRight(0, i)).length;
      $("pick").replaceChildren();
      matrix.replaceChildren(make("span", { class: "head" }, ""), make("span", { class: "head top2" }, "✓ right"), make("span", { class: "head top2" }, "✗ wrong"),
        make("span", { class: "head" }, cells[0].name), press("r", "", right, "right"), press("w", "", n - right, "wrong"));
      $("h-pair").textContent = "Right and wrong";
      $("tests").replaceChildren();
      showCategories();
      return;
    }
    const c = counts(all);
    const [a, b] = [cells[state.a].name, cells[state.b].name];
    const top = (text) => make("span", { class: "head top2" }, text);
    matrix.replaceChildren(make("span", { class: "head" }, ""), top("✓ right after"), top("✗ wrong after"),
      make("span", { class: "head", title: a }, "✓ right before"), press("rr", "", c.rr, "right in both"), press("rw", "loss", c.rw, `right in ${a}, wrong in ${b}`),
      make("span", { class: "head", title: a }, "✗ wrong before"), press("wr", "gain", c.wr, `wrong in ${a}, right in ${b}`), press("ww", "", c.ww, "wrong in both"));
    const pair = pairOf(state.a, state.b);
    const turn = pair.first === state.a ? 1 : -1;
    const [low, high] = turn > 0 ? [pair.low, pair.high] : [-pair.high, -pair.low];
    const row = (name, value, title) => [make("dt", { title }, name), make("dd", {}, value)];
    $("tests").replaceChildren(
      ...row("difference", make("b", {}, `${points(turn * pair.difference)} points`)),
      ...row("95 % interval", `${points(low)} … ${points(high)}`, `bootstrap over items, 10,000 resamples, seed ${data.seed}`),
      ...row("McNemar, exact", `p = ${pValue(pair.p)}`),
      ...row("corrected (Holm)", `p = ${pValue(pair.pHolm)}`, `over all ${pairs.length} pairs`),
      ...row("n", String(n)));
    showCategories();
  }

  function showCategories() {
    const pair = state.b < 0 ? null : pairOf(state.a, state.b);
    const turn = !pair || pair.first === state.a ? 1 : -1;
    const names = ["category", "n", scale(210)].concat(pair ? ["points", "p (Holm)"] : ["%"]);
    const rows = data.categories.map((name, k) => {
      const a = cells[state.a].categories[k];
      const shown = [{ name: cells[state.a].name, value: a[0], low: a[1], high: a[2], colour: state.a }];
      if (pair) {
        const b = cells[state.b].categories[k];
        shown.push({ name: cells[state.b].name, value: b[0], low: b[1], high: b[2], colour: state.b });
      }
      const test = pair ? pair.categories[k] : null;
      const pick = () => setCategory(state.category === name ? "" : name);
      return make("tr", { class: "pickable" + (state.category === name ? " picked" : ""), tabindex: 0,
        on: { click: pick, keydown: (e) => { if (e.key === "Enter" || e.key === " ") { e.preventDefault(); pick(); } } } },
      make("td", { title: name }, name || "(none)"), make("td", {}, String(a[3])), make("td", { class: "plot" }, plot(shown, shown.length > 1 ? 30 : 24, 210)),
      ...(test ? [make("td", { class: "strong" }, points(turn * test[0])), make("td", { title: `uncorrected p = ${pValue(test[1])}` }, pValue(test[2]))]
        : [make("td", {}, percent(a[0]))]));
    });
    $("categories").replaceChildren(head(...names), make("tbody", {}, ...rows));
    $("categories-note").textContent = pair ? `Exact McNemar tests, corrected for ${data.categories.length} looks (Holm). Press a row to filter.` : "Press a row to filter.";
  }

  // ---- filters and the list
  let shown = all;
  const rowHeight = 64;
  const haystack = items.map((item, i) => [item.i, item.s, item.q, item.c, item.r, ...item.o, ...cells.map((c) => c.t[i] || "")].join("\n").toLowerCase());

  function setKind(kind) { state.kind = kind; showPair(); filter(); }
  function setCategory(name) { state.category = name; $("category").value = name; showCategories(); filter(); }
  const matches = (i) => {
    if (state.category && items[i].c !== state.category) return false;
    if (state.kind === "unread") { if (!cells.some((c) => c.o[i] < 0)) return false; }
    else if (state.kind === "differ") { if (cells.every((c) => c.o[i] === cells[0].o[i])) return false; }
    else if (state.kind && kindOf(i) !== state.kind) return false;
    return !state.text || haystack[i].includes(state.text);
  };
  function filter() {
    shown = all.filter(matches);
    $("count").textContent = shown.length === items.length ? `${items.length} items` : `${shown.length} of ${items.length} items`;
    $("space").style.height = `${shown.length * rowHeight}px`;
    for (const chip of $("chips").children) chip.setAttribute("aria-pressed", String(chip.dataset.kind === state.kind));
    if (!shown.includes(state.selected)) state.selected = shown.length ? shown[0] : -1;
    reveal();
    paint(true);
    showCard();
  }

  // Pictures stay text until they are looked at.
  const anyPicture = document.querySelector("script[data-type]") !== null;
  $("list").classList.toggle("bare", !anyPicture);
  const urls = new Map();
  function picture(i) {
    if (!urls.has(i)) {
      const holder = $("p" + i);
      urls.set(i, holder ? `data:${holder.dataset.type};base64,${holder.textContent}` : "");
    }
    return urls.get(i);
  }
  const badge = (c, i) => {
    const right = isRight(c, i);
    return make("span", { class: `answer ${right ? "right" : "wrong"}`, style: { borderLeftColor: colour(c) },
      title: `${cells[c].name}: ${letter(cells[c].o[i])}, ${right ? "right" : "wrong"}` }, letter(cells[c].o[i]), right ? "✓" : "✗");
  };
  const drawn = new Map();
  function paint(fresh) {
    const list = $("list"), space = $("space");
    if (fresh) { space.replaceChildren(); drawn.clear(); }
    const first = Math.max(0, Math.floor(list.scrollTop / rowHeight) - 4);
    const last = Math.min(shown.length, Math.ceil((list.scrollTop + list.clientHeight) / rowHeight) + 4);
    for (const [place, node] of drawn) if (place < first || place >= last) { node.remove(); drawn.delete(place); }
    for (let place = first; place < last; place++) {
      const i = shown[place];
      if (!drawn.has(place)) {
        const src = picture(i);
        const node = make("div", { class: "row", role: "option", id: "row" + i, style: { top: `${place * rowHeight}px` },
          "aria-setsize": shown.length, "aria-posinset": place + 1, on: { click: () => select(i) } },
        src ? make("img", { src, alt: "", decoding: "async", draggable: "false" }) : anyPicture ? make("span", { class: "blank" }) : null,
        make("div", { style: { minWidth: 0 } }, make("div", { class: "line" }, items[i].s || items[i].o[items[i].k]),
          make("div", { class: "line2" }, make("span", { class: "answers" }, ...cells.map((_, c) => badge(c, i))),
            make("span", {}, `key ${letter(items[i].k)} · #${items[i].i}`))));
        drawn.set(place, node);
        space.append(node);
      }
      drawn.get(place).setAttribute("aria-selected", String(i === state.selected));
    }
    list.setAttribute("aria-activedescendant", state.selected >= 0 ? "row" + state.selected : "");
  }
  function reveal() {
    const place = shown.indexOf(state.selected), list = $("list");
    if (place < 0) return;
    const top = place * rowHeight;
    if (top < list.scrollTop) list.scrollTop = top;
    else if (top + rowHeight > list.scrollTop + list.clientHeight) list.scrollTop = top + rowHeight - list.clientHeight;
  }
  function select(i) {
    state.selected = i;
    history.replaceState(null, "", "#item=" + items[i].i);
    reveal();
    paint(false);
    showCard();
  }
  function walk(steps) {
    if (!shown.length) return;
    const place = Math.max(0, shown.indexOf(state.selected));
    select(shown[Math.min(shown.length - 1, Math.max(0, place + steps))]);
  }

  // ---- one item in full
  function cellPanel(c, i) {
    const cell = cells[c], option = cell.o[i], right = isRight(c, i);
    const shares = cell.p ? cell.p[i] : null;
    const panel = make("section", { class: "cell", style: { borderTopColor: colour(c) }, "aria-label": cell.name },
      make("header", {}, mark(c), make("span", { class: "name", title: cell.name }, cell.name), badge(c, i)),
      make("div", { class: "how" }, option < 0 ? `no option was read (${cell.u[i]})` : `read by: ${cell.u[i]}`, cell.m && cell.m[i] ? ` · ${cell.m[i]} ms` : ""));
    if (shares) {
      const bars = make("div", { class: "bars" });
      shares.forEach((share, k) => bars.append(
        make("span", { class: k === items[i].k ? "is" : "", title: k === items[i].k ? "the key" : undefined }, letter(k)),
        make("div", { class: "track" }, make("div", { class: "fill", style: { width: `${100 * share}%`, background: k === option ? (right ? "var(--right)" : "var(--wrong)") : "" } })),
        make("span", { class: "percent" }, `${percent(share)} %`)));
      panel.append(bars);
    }
    if (cell.t[i]) panel.append(make("pre", { class: "raw", tabindex: 0, "aria-label": `Answer of ${cell.name} as written` }, cell.t[i]));
    return panel;
  }
  function showCard() {
    const card = $("card"), i = state.selected;
    card.scrollTop = 0;
    if (i < 0) { card.replaceChildren(make("p", { class: "empty" }, "No item matches. Clear the filters to see all of them.")); return; }
    const item = items[i], src = picture(i);
    const options = item.o.map((text, k) => make("li", { class: k === item.k ? "key" : "" }, make("span", { class: "letter" }, letter(k)),
      make("span", { class: "text" }, text, k === item.k ? make("span", { class: "tag" }, "✓ key") : null, item.n.includes(k) ? make("span", { class: "tag" }, "does nothing") : null),
      make("span", { class: "who" }, ...cells.map((cell, c) => (cell.o[i] === k ? mark(c, cell.name) : null)).filter(Boolean))));
    const more = make("div", { class: "more" });
    const line = (name, text) => { if (text) more.append(make("p", {}, make("b", {}, name + " "), text)); };
    line("Reason given with the key:", item.r);
    line("Values for it:", item.vp.join(" · "));
    line("Values that do not apply:", item.vn.join(" · "));
    card.replaceChildren(...[make("h3", {}, make("span", {}, `#${item.i}`), make("span", {}, item.c), make("span", {}, item.f)),
      make("div", { class: "top" }, src ? make("figure", {}, make("img", { src, alt: item.s || "The item's picture" })) : null,
        make("div", {}, make("p", { class: "situation" }, item.s), ...(item.q ? [make("p", {}, item.q)] : []), make("ol", { class: "options" }, ...options))),
      make("div", { class: "cells" }, ...cells.map((_, c) => cellPanel(c, i))), more]);
  }

  // ---- wiring
  function showBar() {
    const numbers = new Map();
    for (const item of items) numbers.set(item.c, (numbers.get(item.c) || 0) + 1);
    $("category").append(make("option", { value: "" }, "all categories"), ...data.categories.map((n) => make("option", { value: n }, `${n || "(none)"} (${numbers.get(n) || 0})`)));
    $("category").addEventListener("change", (e) => setCategory(e.target.value));
    const kinds = state.b < 0 ? [["r", "✓ right"], ["w", "✗ wrong"]] : [["wr", "✗→✓ gained"], ["rw", "✓→✗ lost"], ["rr", "✓✓"], ["ww", "✗✗"], ["differ", "answers differ"]];
    if (cells.some((c) => c.unread)) kinds.push(["unread", "unread"]);
    $("chips").append(...kinds.map(([kind, text]) => make("button", { type: "button", "data-kind": kind, "aria-pressed": "false", on: { click: () => setKind(state.kind === kind ? "" : kind) } }, text)));
    $("search").addEventListener("input", (e) => { state.text = e.target.value.trim().toLowerCase(); filter(); });
    $("clear").addEventListener("click", clearAll);
    $("list").addEventListener("scroll", () => requestAnimationFrame(() => paint(false)), { passive: true });
    window.addEventListener("resize", () => paint(false));
    narrow.addEventListener("change", () => { showCells(); showCategories(); });
  }
  function clearAll() {
    state.text = state.kind = state.category = "";
    $("search").value = $("category").value = "";
    showPair();
    filter();
  }
  document.addEventListener("keydown", (e) => {
    if (e.ctrlKey || e.metaKey || e.altKey) return;
    const typing = /^(INPUT|SELECT|TEXTAREA)$/.test(e.target.tagName);
    if (e.key === "Escape") { clearAll(); e.target.blur(); $("list").focus({ preventScroll: true }); return; }
    if (typing) return;
    const inList = e.target === document.body || $("list").contains(e.target) || $("card") === e.target;
    const steps = { j: 1, k: -1, ArrowDown: inList ? 1 : 0, ArrowUp: inList ? -1 : 0, PageDown: inList ? 10 : 0, PageUp: inList ? -10 : 0, Home: inList ? -items.length : 0, End: inList ? items.length : 0 }[e.key];
    if (steps) { e.preventDefault(); walk(steps); }
    else if (e.key === "/") { e.preventDefault(); $("search").focus(); }
  });

  startPair();
  showCells();
  showLetters();
  showBar();
  $("app").hidden = false;
  const wanted = /^#item=(-?\d+)$/.exec(location.hash);
  if (wanted) state.selected = items.findIndex((item) => item.i === Number(wanted[1]));
  showPair();
  filter();
})();
