// Taking away what is seen: a picture, files for other programs, a link.

import { announce, button, el, fresh, icon } from "./dom.js";
import { t } from "./i18n.js";

/** @typedef {{nodes: Map<string, any>, edges: Map<string, any>}} Part */

function save(/** @type {Blob} */ blob, /** @type {string} */ name) {
  const link = el("a", { href: URL.createObjectURL(blob), download: name });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

const OF_NODES = ["name", "type", "documents"];
const TOLD = ["roles", "support", "planned", "denied", "confidence", "first_date", "last_date", "quote"];
const OF_EDGES = ["relation", ...TOLD];
const COLUMNS = ["head", "head_name", "head_type", "relation", "tail", "tail_name", "tail_type", ...TOLD];

/** @param {Part} part */
function rows({ nodes, edges }) {
  return [...edges.values()].map((edge) => ({
    ...edge,
    roles: edge.roles.join("; "),
    head_name: nodes.get(edge.head).name,
    head_type: nodes.get(edge.head).type,
    tail_name: nodes.get(edge.tail).name,
    tail_type: nodes.get(edge.tail).type,
  }));
}

/** RFC 4180; a field that a spreadsheet would take for a formula begins with an apostrophe. @param {Part} part */
export function csv(part) {
  const cell = (/** @type {unknown} */ value) => {
    const words = String(value ?? "");
    const safe = typeof value === "string" && /^[=+\-@\t\r]/.test(words) ? `'${words}` : words;
    return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
  };
  return (
    [COLUMNS.join(","), ...rows(part).map((row) => COLUMNS.map((name) => cell(row[name])).join(","))].join("\r\n") +
    "\r\n"
  );
}

// What XML 1.0 cannot hold.
const clean = (/** @type {unknown} */ value) =>
  String(value ?? "").replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, "\ufffd");

/** @param {string} namespace @param {string} root */
function xml(namespace, root) {
  const made = document.implementation.createDocument(namespace, root, null);
  const add = (/** @type {Element} */ parent, /** @type {string} */ name, attributes = {}, text = "") => {
    const child = made.createElementNS(namespace, name);
    for (const [key, value] of Object.entries(attributes)) child.setAttribute(key, clean(value));
    if (text) child.textContent = clean(text);
    parent.append(child);
    return child;
  };
  return {
    root: made.documentElement,
    add,
    text: () => `<?xml version="1.0" encoding="UTF-8"?>\n${new XMLSerializer().serializeToString(made)}\n`,
  };
}

const kind = (/** @type {string} */ name, /** @type {[string, string, string]} */ [whole, real, words]) =>
  ["documents", "support", "planned", "denied"].includes(name) ? whole : name === "confidence" ? real : words;

/** @param {Part} part */
export function graphml(part) {
  const { root, add, text } = xml("http://graphml.graphdrawing.org/xmlns", "graphml");
  for (const name of OF_NODES)
    add(root, "key", {
      id: `n-${name}`,
      for: "node",
      "attr.name": name,
      "attr.type": kind(name, ["long", "double", "string"]),
    });
  for (const name of OF_EDGES)
    add(root, "key", {
      id: `e-${name}`,
      for: "edge",
      "attr.name": name,
      "attr.type": kind(name, ["long", "double", "string"]),
    });
  const graph = add(root, "graph", { edgedefault: "directed" });
  for (const [id, node] of part.nodes) {
    const made = add(graph, "node", { id });
    for (const name of OF_NODES) add(made, "data", { key: `n-${name}` }, String(node[name]));
  }
  for (const row of rows(part)) {
    const made = add(graph, "edge", {
      id: `${row.head}|${row.relation}|${row.tail}`,
      source: row.head,
      target: row.tail,
    });
    for (const name of OF_EDGES) if (row[name] !== null) add(made, "data", { key: `e-${name}` }, String(row[name]));
  }
  return text();
}

/** @param {Part} part */
export function gexf(part) {
  const { root, add, text } = xml("http://gexf.net/1.3", "gexf");
  root.setAttribute("version", "1.3");
  const graph = add(root, "graph", { defaultedgetype: "directed" });
  const declare = (/** @type {string} */ of, /** @type {string[]} */ names) => {
    const made = add(graph, "attributes", { class: of });
    for (const name of names)
      add(made, "attribute", { id: name, title: name, type: kind(name, ["long", "double", "string"]) });
  };
  const [nodeNames, edgeNames] = [OF_NODES.slice(1), OF_EDGES];
  declare("node", nodeNames);
  declare("edge", edgeNames);
  const nodes = add(graph, "nodes");
  const values = (/** @type {Element} */ parent, /** @type {string[]} */ names, /** @type {any} */ of) => {
    const made = add(parent, "attvalues");
    for (const name of names) if (of[name] !== null) add(made, "attvalue", { for: name, value: String(of[name]) });
  };
  for (const [id, node] of part.nodes) values(add(nodes, "node", { id, label: node.name }), nodeNames, node);
  const edges = add(graph, "edges");
  for (const row of rows(part))
    values(
      add(edges, "edge", {
        id: `${row.head}|${row.relation}|${row.tail}`,
        source: row.head,
        target: row.tail,
        label: row.relation,
        weight: Math.max(1, row.support),
      }),
      edgeNames,
      row,
    );
  return text();
}

/**
 * The menu of all ways to take the graph away.
 * @param {() => Part} part @param {() => import("./canvas.js").Canvas | null} canvas @param {() => string} seed
 */
export function exportMenu(part, canvas, seed) {
  const id = fresh("menu");
  const file = (/** @type {string} */ text, /** @type {string} */ type, /** @type {string} */ name) =>
    save(new Blob([text], { type: `${type};charset=utf-8` }), name);
  const server = el("a", { role: "menuitem", tabIndex: -1, download: "" }, t("graph.server"));
  const item = (/** @type {string} */ key, /** @type {() => void} */ act) =>
    button(
      t(key),
      () => {
        close();
        act();
      },
      { role: "menuitem", tabIndex: -1 },
    );
  const menu = el(
    "div.menu",
    { id, role: "menu", hidden: true, "aria-label": t("graph.export") },
    item("graph.permalink", () => navigator.clipboard?.writeText(location.href).then(() => announce(t("copied")))),
    item("graph.png", () => {
      const picture = canvas()?.png();
      if (picture) save(/** @type {any} */ (picture), "huitu.png");
    }),
    item("graph.graphml", () => file(graphml(part()), "application/xml", "huitu.graphml")),
    item("graph.gexf", () => file(gexf(part()), "application/xml", "huitu.gexf")),
    item("graph.csv", () => file(`\ufeff${csv(part())}`, "text/csv", "huitu.csv")),
    server,
  );
  const opener = button(
    [icon("down"), el("span.wide-only", {}, t("graph.export"))],
    () => (menu.hidden ? open() : close()),
    { "aria-haspopup": "menu", "aria-expanded": "false", "aria-controls": id, "aria-label": t("graph.export") },
  );
  const items = () =>
    /** @type {HTMLElement[]} */ (
      [...menu.querySelectorAll("[role=menuitem]")].filter((each) => !(/** @type {HTMLElement} */ (each).hidden))
    );
  function open() {
    server.hidden = !seed();
    /** @type {HTMLAnchorElement} */ (server).href = `/v1/export?seed=${encodeURIComponent(seed())}`;
    menu.hidden = false;
    opener.setAttribute("aria-expanded", "true");
    items()[0].focus();
  }
  function close() {
    menu.hidden = true;
    opener.setAttribute("aria-expanded", "false");
  }
  const wrap = el(
    "div.menu-wrap",
    {
      onkeydown: (/** @type {KeyboardEvent} */ event) => {
        if (menu.hidden) return;
        const all = items();
        const place = all.indexOf(/** @type {HTMLElement} */ (document.activeElement));
        if (event.key === "Escape") {
          close();
          opener.focus();
        } else if (event.key === "ArrowDown") all[(place + 1) % all.length].focus();
        else if (event.key === "ArrowUp") all[(place - 1 + all.length) % all.length].focus();
        else return;
        event.preventDefault();
        event.stopPropagation();
      },
      onfocusout: (/** @type {FocusEvent} */ event) => {
        if (!wrap.contains(/** @type {Node | null} */ (event.relatedTarget)) && event.relatedTarget) close();
      },
    },
    opener,
    menu,
  );
  return wrap;
}
