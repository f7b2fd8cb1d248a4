"use strict";
(() => {
  const at = (id) => document.getElementById(id);
  const source = at("explorer-data");
  if (!source || typeof cytoscape !== "function") return;
  const { accounts, arrows, words } = JSON.parse(source.textContent);
  const NAVY = "#00346e", GOLD = "#e0cf7f", GREY = "#8b939e", INK = "#1a1a1a", PAPER = "#ffffff", HERE = "#d97706";
  const chart = at("explorer-chart"), said = at("explorer-said"), find = at("explorer-find");
  const least = at("explorer-least"), found = at("explorer-found"), count = at("explorer-count");
  at("explorer-on").hidden = false;
  at("explorer-off").hidden = true;

  // What stands on a canvas has no markup; what stands in the page is written as text, never as markup.
  const make = (tag, text, into) => {
    const made = document.createElement(tag);
    if (text) made.textContent = text;
    if (into) into.append(made);
    return made;
  };
  const fill = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => (typeof values[name] === "number" ? values[name].toLocaleString("en-GB") : values[name]));
  const button = (text, into, work) => {
    const made = make("button", "", into);
    made.type = "button";
    make("bdi", text, made);
    made.addEventListener("click", work);
    return made;
  };

  const cy = cytoscape({
    container: chart,
    elements: [
      ...accounts.map((a, n) => ({
        data: { id: "a" + n, n, label: a.name + "\n" + a.detail },
        classes: a.kind + (a.said ? " said" : ""), position: { x: a.x, y: a.y },
      })),
      ...arrows.map(([from, to, value, wide, share, short], n) => ({
        data: { id: "t" + n, n, source: "a" + from, target: "a" + to, value, wide, share, short },
      })),
    ],
    layout: { name: "preset", fit: true, padding: 24 },
    userZoomingEnabled: false, // while the chart has the focus only: else it would catch the page's scrolling
    autoungrabify: true, boxSelectionEnabled: false, selectionType: "single", minZoom: 0.05, maxZoom: 4,
    style: [
      { selector: "node", style: {
        width: 22, height: 22, label: "data(label)", color: INK, "font-family": "DejaVu Sans, sans-serif", "font-size": 11,
        "text-wrap": "wrap", "text-max-width": 128, "text-valign": "bottom", "text-margin-y": 3, "min-zoomed-font-size": 6,
        "text-background-color": PAPER, "text-background-opacity": 0.8, "border-width": 1.5, "border-color": INK } },
      { selector: ".holds", style: { "background-color": NAVY } },
      { selector: ".passed", style: { "background-color": GOLD } },
      { selector: ".asset", style: { "background-color": PAPER, "border-color": NAVY, "border-width": 4, shape: "diamond", width: 28, height: 28 } },
      { selector: ".outside", style: { "background-color": GREY, shape: "rectangle" } },
      { selector: ".said", style: { "border-style": "double", "border-width": 6 } },
      { selector: "edge", style: {
        width: "data(wide)", "curve-style": "bezier", "target-arrow-shape": "triangle", "arrow-scale": 0.9,
        "line-color": `mapData(share, 0, 100, ${GOLD}, ${NAVY})`, "target-arrow-color": `mapData(share, 0, 100, ${GOLD}, ${NAVY})`,
        label: "data(short)", color: INK, "font-family": "DejaVu Sans, sans-serif", "font-size": 10, "min-zoomed-font-size": 7,
        "text-background-color": PAPER, "text-background-opacity": 0.9 } },
      { selector: ".off", style: { display: "none" } },
      { selector: ".far", style: { opacity: 0.12 } },
      { selector: ".near", style: { // legible however small the chart stands
        "font-size": () => Math.max(11, 11 / cy.zoom()), "text-max-width": () => Math.max(128, 128 / cy.zoom()), "min-zoomed-font-size": 0, "z-index": 9 } },
      { selector: ".here", style: { "overlay-color": HERE, "overlay-opacity": 0.35, "overlay-padding": 7 } },
    ],
  });
  cy.one("render", () => { chart.dataset.state = "drawn"; performance.mark("explorer drawn"); });

  let here = null;

  function table(links, all) { // the rows of Schedule A, in its order, which is that of time
    const rows = [...new Set(links.flatMap((link) => arrows[link.data("n")][9]))].map(at).filter(Boolean);
    rows.sort((a, b) => (a.compareDocumentPosition(b) & Node.DOCUMENT_POSITION_FOLLOWING ? -1 : 1));
    if (rows.length) {
      const wide = make("div", "", said), body = make("table", "", wide);
      wide.className = "wide";
      wide.tabIndex = 0;
      wide.setAttribute("role", "group");
      wide.setAttribute("aria-label", words.rows);
      body.append(rows[0].closest("table").tHead.cloneNode(true));
      const lines = make("tbody", "", body);
      for (const row of rows) {
        const copy = row.cloneNode(true);
        copy.removeAttribute("id");
        const first = copy.cells[0], link = make("a", "");
        link.href = "#" + row.id;
        link.append(...first.childNodes);
        first.append(link);
        lines.append(copy);
      }
    }
    const left = all - rows.length;
    if (left) make("p", fill(words.left, { left, all }), said).className = "note";
  }

  function facts(pairs) {
    const list = make("dl", "", said);
    for (const [term, text] of pairs) if (text) { make("dt", term, list); make("bdi", text, make("dd", "", list)); }
  }

  function show(element, quietly) {
    here = element;
    cy.elements().removeClass("here near far");
    said.replaceChildren();
    if (!element) { make("p", words.choose, said); return; }
    const near = element.isNode() ? element.closedNeighborhood() : element.union(element.connectedNodes());
    cy.elements().difference(near).addClass("far");
    near.addClass("near");
    element.addClass("here");
    const title = make("h3", "", said);
    if (element.isNode()) {
      const a = accounts[element.data("n")];
      make("bdi", a.name, title);
      facts([[words.id, a.id], [words.said, a.said], [words.in, a.in], [words.out, a.out], [words.held, a.held]]);
      if (a.ledger) { const link = make("a", words.ledger, make("p", "", said)); link.href = "#" + a.ledger; }
      const links = element.connectedEdges().not(".off").toArray();
      const ways = make("ul", "", said);
      ways.className = "ways";
      for (const link of links) {
        const out = link.source().same(element), other = accounts[(out ? link.target() : link.source()).data("n")];
        const name = other.name + " " + other.detail, amount = arrows[link.data("n")][6];
        button(fill(out ? words.to : words.from, { name, amount }), make("li", "", ways), () => show(link));
      }
      table(links, a.many);
    } else {
      const [from, to, , , , , amount, claim, many] = arrows[element.data("n")];
      make("bdi", accounts[from].name + " → " + accounts[to].name, title);
      facts([[words.rows, many.toLocaleString("en-GB")], [words.amount, amount], [words.claim, claim]]);
      const ways = make("ul", "", said);
      ways.className = "ways";
      for (const n of [from, to]) button(accounts[n].name + " " + accounts[n].detail, make("li", "", ways), () => show(cy.getElementById("a" + n)));
      table([element], many);
    }
    if (cy.zoom() < 0.7) closer(near);
    else if (!quietly && !inside(element)) cy.center(element);
  }

  function closer(near) { // so near that names do not cover one another; 0 and "Show all" lead back
    cy.fit(near, 60);
    if (cy.zoom() > 1) { cy.zoom(1); cy.center(near); }
  }

  function inside(element) {
    const { x, y } = element.isNode() ? element.renderedPosition() : element.renderedMidpoint();
    return x >= 0 && y >= 0 && x <= cy.width() && y <= cy.height();
  }

  function hide() {
    const limit = Number(least.value) || 0;
    cy.batch(() => {
      cy.edges().forEach((link) => { link.toggleClass("off", link.data("value") < limit); });
      cy.nodes().forEach((node) => { node.toggleClass("off", node.connectedEdges().not(".off").empty()); });
    });
    const nodes = cy.nodes().not(".off").length, links = cy.edges().not(".off").length;
    count.textContent = fill(words.count, { shown: nodes, all: accounts.length, arrows: links, of: arrows.length });
    if (here && here.hasClass("off")) show(null);
  }

  function search() {
    const asked = find.value.trim().toLowerCase();
    found.replaceChildren();
    if (!asked) return;
    const hits = cy.nodes().not(".off").filter((node) => {
      const a = accounts[node.data("n")];
      return (a.name + " " + a.detail + " " + a.id).toLowerCase().includes(asked);
    }).toArray();
    const first = hits.slice(0, 12);
    if (!hits.length) make("li", words.none, found);
    if (first.length < hits.length) make("li", fill(words.first, { shown: first.length, all: hits.length }), found);
    for (const node of first) {
      const a = accounts[node.data("n")];
      button(a.name + " " + a.id, make("li", "", found), () => { show(node); chart.focus(); });
    }
  }

  function next(key) { // along the arrows right and left, to the nearest above and below
    const shown = cy.nodes().not(".off");
    if (shown.empty()) return null;
    if (!here || !here.isNode()) return shown.sort((a, b) => a.position("x") - b.position("x") || a.position("y") - b.position("y"))[0];
    if (key === "ArrowRight" || key === "ArrowLeft") {
      const links = (key === "ArrowRight" ? here.outgoers("edge") : here.incomers("edge")).not(".off");
      const most = links.sort((a, b) => b.data("value") - a.data("value"))[0];
      return most ? (key === "ArrowRight" ? most.target() : most.source()) : null;
    }
    const down = key === "ArrowDown", p = here.position();
    const far = (node) => Math.hypot(3 * (node.position("x") - p.x), node.position("y") - p.y);
    return shown.filter((node) => (down ? node.position("y") > p.y : node.position("y") < p.y)).sort((a, b) => far(a) - far(b))[0] || null;
  }

  function zoom(times) {
    cy.zoom({ level: cy.zoom() * times, renderedPosition: here && here.isNode() ? here.renderedPosition() : { x: cy.width() / 2, y: cy.height() / 2 } });
  }

  chart.addEventListener("keydown", (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    if (event.key.startsWith("Arrow")) { const to = next(event.key); if (to) show(to); }
    else if (event.key === "Escape") show(null);
    else if (event.key === "+" || event.key === "=") zoom(1.3);
    else if (event.key === "-") zoom(1 / 1.3);
    else if (event.key === "0") cy.fit(cy.elements().not(".off"), 24);
    else if (event.key === "Enter") { const first = said.querySelector("a, button"); if (first) first.focus(); }
    else return;
    event.preventDefault();
  });
  chart.addEventListener("focus", () => cy.userZoomingEnabled(true));
  chart.addEventListener("blur", () => cy.userZoomingEnabled(false));
  chart.addEventListener("pointerdown", () => chart.focus());
  cy.on("resize", () => { if (!here) cy.fit(cy.elements().not(".off"), 24); });
  cy.on("zoom", () => { if (here) cy.style().update(); });
  cy.on("tap", (event) => show(event.target === cy ? null : event.target, true));
  least.addEventListener("input", hide);
  find.addEventListener("input", search);
  find.addEventListener("keydown", (event) => { const first = found.querySelector("button"); if (event.key === "Enter" && first) first.click(); });
  at("explorer-whole").addEventListener("click", () => { least.value = "0"; find.value = ""; search(); hide(); show(null); cy.fit(undefined, 24); });
  at("explorer-in").addEventListener("click", () => zoom(1.3));
  at("explorer-out").addEventListener("click", () => zoom(1 / 1.3));
  hide();
  show(null);
})();
