// The drawing: Cytoscape.js with the colours of the page. It is told what to show, and tells what was touched.

import cytoscape from "../vendor/cytoscape.min.js";
import { announce, el } from "./dom.js";
import { groupName, relationName, t, typeName } from "./i18n.js";
import { WEAK } from "./parts.js";
import { TYPES, shapeOf } from "./types.js";

/** Edges up to which each says its relation without being touched. */
const LABELLED = 45;
const GOLDEN = Math.PI * (3 - Math.sqrt(5));
const still = () => matchMedia("(prefers-reduced-motion: reduce)").matches;

function styles() {
  const page = getComputedStyle(document.documentElement);
  const of = (/** @type {string} */ name) => page.getPropertyValue(name).trim();
  const font = page.getPropertyValue("--font").trim();
  return [
    {
      selector: "node",
      style: {
        width: "data(size)",
        height: "data(size)",
        "background-color": of("--soft"),
        "border-width": 2,
        "border-color": of("--page"),
        label: "data(label)",
        "font-family": font,
        "font-size": 12,
        color: of("--text"),
        "text-valign": "bottom",
        "text-margin-y": 5,
        "text-wrap": "wrap",
        "text-max-width": "104px",
        "text-overflow-wrap": "anywhere",
        "min-zoomed-font-size": 6,
        "text-background-color": of("--page"),
        "text-background-opacity": 0.82,
        "text-background-padding": "2px",
        "text-background-shape": "roundrectangle",
      },
    },
    ...TYPES.map((type) => ({
      selector: `node[type = "${type}"]`,
      style: { shape: shapeOf(type), "background-color": of(`--${type}`) },
    })),
    {
      selector: "node.group",
      style: {
        shape: "round-rectangle",
        "background-opacity": 0.12,
        "border-style": "dashed",
        "border-color": of("--accent"),
        "background-color": of("--accent"),
        width: 96,
        height: 40,
        "text-valign": "center",
        "text-margin-y": 0,
        "text-background-opacity": 0,
      },
    },
    { selector: "node.seed", style: { "font-weight": 700, "font-size": 14 } },
    { selector: "node.pinned", style: { "border-color": of("--text"), "border-width": 3 } },
    {
      selector: "edge",
      style: {
        width: "data(width)",
        "line-color": of("--edge"),
        "curve-style": "bezier",
        "target-arrow-color": of("--edge"),
        "target-arrow-shape": "triangle",
        "arrow-scale": 0.8,
        "font-family": font,
        "font-size": 10.5,
        color: of("--soft"),
        "text-rotation": "autorotate",
        "min-zoomed-font-size": 7,
        "text-background-color": of("--page"),
        "text-background-opacity": 0.9,
        "text-background-padding": "2px",
      },
    },
    { selector: "edge.labelled[label]", style: { label: "data(label)" } },
    { selector: "edge.symmetric", style: { "target-arrow-shape": "none" } },
    { selector: "edge.planned", style: { "line-style": "dashed" } },
    { selector: "edge.weak", style: { "line-style": "dotted", opacity: 0.7 } },
    { selector: "edge.to-group", style: { "line-style": "dashed", "target-arrow-shape": "none", width: 1.5 } },
    { selector: ".faded", style: { opacity: 0.18, "text-opacity": 0.1 } },
    {
      selector: ".path",
      style: {
        "line-color": of("--path"),
        "target-arrow-color": of("--path"),
        "border-color": of("--path"),
        width: "mapData(width, 0, 10, 4, 6)",
      },
    },
    { selector: "node.path", style: { width: "data(size)", "border-width": 4 } },
    { selector: ".near", style: { color: of("--text"), "z-index": 9 } },
    { selector: ".near[label], edge.chosen[label]", style: { label: "data(label)" } },
    {
      selector: "edge.near, edge.chosen",
      style: { "line-color": of("--accent"), "target-arrow-color": of("--accent"), color: of("--text") },
    },
    {
      selector: "node:selected, node.chosen",
      style: { "border-color": of("--accent"), "border-width": 4, "font-weight": 700 },
    },
    { selector: "node:active, edge:active", style: { "overlay-opacity": 0.08 } },
  ];
}

/**
 * @typedef {{onNode: (id: string) => void, onEdge: (key: string) => void, onGroup?: (id: string) => void, onOpen?:
 *   (id: string) => void, onBackground?: () => void, onMoved?: (id: string, at: {x: number, y: number}) => void,
 *   onKey?: (key: string, id: string) => boolean}} Handlers
 */

export class Canvas {
  /** @param {HTMLElement} box @param {Handlers} handlers @param {{label: string, wheel?: boolean}} options */
  constructor(box, handlers, { label, wheel = true }) {
    this.box = box;
    this.handlers = handlers;
    this.drawn = el("div.drawing", { "aria-hidden": "true" });
    box.append(this.drawn);
    Object.assign(box, { tabIndex: 0 });
    box.setAttribute("role", "application");
    box.setAttribute("aria-label", label);
    this.cy = cytoscape({
      container: this.drawn,
      style: /** @type {any} */ (styles()),
      minZoom: 0.08,
      maxZoom: 3,
      userZoomingEnabled: wheel,
      boxSelectionEnabled: false,
      selectionType: "single",
      autounselectify: true,
    });
    this.current = "";
    this.#listen();
    this.restyle = () => this.cy.style(/** @type {any} */ (styles()));
    addEventListener("huitu:theme", this.restyle);
    this.watch = new ResizeObserver(() => {
      this.cy.resize();
      if (!this.touched) this.cy.fit(undefined, 30);
    });
    this.watch.observe(box);
    this.touched = false;
  }

  #listen() {
    const { cy, handlers } = this;
    cy.on("tap", "node", ({ target }) =>
      target.hasClass("group") ? handlers.onGroup?.(target.id()) : handlers.onNode(target.id()),
    );
    cy.on("dbltap", "node", ({ target }) => handlers.onOpen?.(target.id()));
    cy.on("tap", "edge", ({ target }) => !target.hasClass("to-group") && handlers.onEdge(target.id()));
    cy.on("tap", (event) => event.target === cy && handlers.onBackground?.());
    cy.on("mouseover", "node, edge", ({ target }) => {
      this.drawn.classList.add("pointing");
      const near = target.isNode() ? target.closedNeighborhood() : target.union(target.connectedNodes());
      near.addClass("near");
      if (cy.nodes().length < 400) cy.elements().difference(near).addClass("faded");
    });
    cy.on("mouseout", "node, edge", () => {
      this.drawn.classList.remove("pointing");
      cy.elements().removeClass("near faded");
    });
    cy.on(
      "dragfree",
      "node",
      ({ target }) => !target.hasClass("group") && handlers.onMoved?.(target.id(), target.position()),
    );
    cy.on("dragpan pinchzoom scrollzoom", () => {
      this.touched = true;
    });
    this.box.addEventListener("keydown", (event) => this.#key(event));
    this.box.addEventListener("focus", () => {
      if (!this.current || !cy.getElementById(this.current).length) this.focusNode(cy.nodes(".seed, [^group]").first());
    });
  }

  /** Arrows go to the nearest node that way. */
  #key(/** @type {KeyboardEvent} */ event) {
    const ways = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowDown: [0, 1], ArrowUp: [0, -1] };
    const way = ways[/** @type {keyof typeof ways} */ (event.key)];
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (way) {
      event.preventDefault();
      const from = this.cy.getElementById(this.current);
      if (!from.length) return this.focusNode(this.cy.nodes().first());
      const { x, y } = from.position();
      let best = null;
      let least = Infinity;
      this.cy
        .nodes()
        .difference(from)
        .forEach((node) => {
          const [dx, dy] = [node.position().x - x, node.position().y - y];
          const along = dx * way[0] + dy * way[1];
          const across = Math.abs(dx * way[1]) + Math.abs(dy * way[0]);
          if (along > 4 && along + 2 * across < least) [best, least] = [node, along + 2 * across];
        });
      if (best) this.focusNode(best);
    } else if (event.key === "Enter" && this.current) {
      event.preventDefault();
      const node = this.cy.getElementById(this.current);
      if (node.hasClass("group")) this.handlers.onGroup?.(this.current);
      else this.handlers.onNode(this.current);
    } else if (event.key === "+" || event.key === "=") this.zoom(1.25);
    else if (event.key === "-") this.zoom(0.8);
    else if (event.key === "0") this.fit();
    else if (this.current && this.handlers.onKey?.(event.key, this.current)) event.preventDefault();
  }

  focusNode(/** @type {any} */ node) {
    if (!node?.length) return;
    this.current = node.id();
    this.cy.nodes().removeClass("chosen");
    node.addClass("chosen");
    const { x1, y1, x2, y2 } = this.cy.extent();
    const { x, y } = node.position();
    if (x < x1 || x > x2 || y < y1 || y > y2) this.cy.center(node);
    announce(`${node.data("label")} ${node.data("type") ? typeName(node.data("type")) : ""}`);
  }

  /**
   * Show this and nothing else; what is there already keeps its place.
   * @param {{nodes: Map<string, any>, edges: Map<string, any>, groups: Map<string, any>}} part
   * @param {{seed?: string, pins?: Map<string, any>, origin?: Map<string, string>}} [options]
   * @returns whether something new came
   */
  show({ nodes, edges, groups }, { seed = "", pins = new Map(), origin = new Map() } = {}) {
    const { cy } = this;
    let added = 0;
    cy.batch(() => {
      const wanted = new Set([
        ...nodes.keys(),
        ...edges.keys(),
        ...groups.keys(),
        ...[...groups.keys()].map((id) => `to ${id}`),
      ]);
      cy.elements()
        .filter((each) => !wanted.has(each.id()))
        .remove();
      const place = (/** @type {string} */ id, /** @type {string | undefined} */ hub) => {
        const base = hub ? cy.getElementById(hub) : null;
        const { x, y } = base?.length ? base.position() : { x: 0, y: 0 };
        const turn = added++ * GOLDEN;
        const far = 120 + 14 * Math.sqrt(added); // clear of its hub: an edge between nodes that overlap cannot be drawn
        return pins.get(id) ?? { x: x + far * Math.cos(turn), y: y + far * Math.sin(turn) };
      };
      for (const [id, node] of nodes) {
        const size = Math.min(52, 20 + 6 * Math.sqrt(node.documents ?? 1)) + (id === seed ? 8 : 0);
        const there = cy.getElementById(id);
        if (there.length) there.data({ size, label: node.name });
        else
          cy.add({
            group: "nodes",
            data: { id, label: node.name, type: node.type, size },
            position: { ...place(id, origin.get(id)) },
          });
        cy.getElementById(id)
          .toggleClass("seed", id === seed)
          .toggleClass("pinned", pins.has(id));
      }
      for (const [id, group] of groups) {
        const label = t("graph.groupLabel", {
          what: [groupName(group.relation, group.direction), group.type && typeName(group.type)]
            .filter(Boolean)
            .join(" · "),
          n: group.left,
        });
        const there = cy.getElementById(id);
        if (there.length) there.data({ label });
        else {
          cy.add({ group: "nodes", data: { id, label }, classes: "group", position: { ...place(id, group.hub) } });
          cy.add({
            group: "edges",
            data: { id: `to ${id}`, source: group.hub, target: id, width: 1.5 },
            classes: "to-group",
          });
        }
      }
      for (const [id, edge] of edges) {
        const classes = [
          edge.relation === "SIGNED_WITH" ? "symmetric" : "",
          edge.support === 0 ? "planned" : "",
          edge.confidence < WEAK ? "weak" : "",
        ]
          .filter(Boolean)
          .join(" ");
        const there = cy.getElementById(id);
        if (there.length) there.data({ label: relationName(edge.relation) });
        else {
          added++;
          cy.add({
            group: "edges",
            data: {
              id,
              source: edge.head,
              target: edge.tail,
              label: relationName(edge.relation),
              width: Math.min(5, 1 + edge.support * 0.8),
            },
            classes,
          });
        }
      }
      cy.edges().toggleClass("labelled", edges.size <= LABELLED);
    });
    return added > 0;
  }

  /** Lay out what is not pinned; the same graph in the same order gives the same picture. */
  layout(/** @type {Map<string, any>} */ pins = new Map()) {
    const { cy } = this;
    const count = cy.nodes().length;
    if (!count) return;
    cy.nodes().forEach((node) => {
      if (pins.has(node.id())) node.position({ ...pins.get(node.id()) }).lock();
    });
    cy.layout(
      /** @type {any} */ ({
        name: "cose",
        animate: false,
        randomize: false,
        fit: false,
        nodeDimensionsIncludeLabels: true,
        componentSpacing: 60,
        nodeRepulsion: () => 2600,
        nodeOverlap: 16,
        idealEdgeLength: () => 46,
        edgeElasticity: () => 110,
        gravity: 0.7,
        numIter: Math.max(60, Math.min(900, Math.round(90000 / count))),
        initialTemp: 200,
        coolingFactor: 0.985,
        minTemp: 1,
      }),
    ).run();
    cy.nodes().unlock();
    if (!pins.size) this.#stretch();
    this.touched = false;
    this.fit();
  }

  /** Fill the screen: names stay readable where the layout alone would be too wide or too high. */
  #stretch() {
    const nodes = this.cy.nodes();
    const { x1, y1, w, h } = nodes.boundingBox({ includeLabels: false });
    const within = (/** @type {number} */ factor) => Math.min(1.8, Math.max(0.62, factor));
    const [byX, byY] = [
      within((this.cy.width() * 0.82) / Math.max(1, w)),
      within((this.cy.height() * 0.8) / Math.max(1, h)),
    ];
    nodes.positions((node) => ({ x: (node.position().x - x1) * byX, y: (node.position().y - y1) * byY }));
  }

  /** One in the middle, the others around it in the order in which they came, on one ring or two. */
  radial(/** @type {string} */ id) {
    const { cy } = this;
    const others = cy.nodes().filter((node) => node.id() !== id);
    const [width, height] = [Math.max(320, cy.width()), Math.max(320, cy.height())];
    cy.getElementById(id).position({ x: 0, y: 0 });
    others.forEach((node, n) => {
      const turn = (2 * Math.PI * n) / others.length - Math.PI / 2;
      const far = others.length > 9 && n % 2 ? 0.6 : 1;
      node.position({ x: Math.cos(turn) * width * 0.42 * far, y: Math.sin(turn) * height * 0.41 * far });
    });
    this.touched = false;
    this.fit();
  }

  fit() {
    this.cy.fit(undefined, 30);
    if (this.cy.zoom() > 1.3) {
      this.cy.zoom(1.3);
      this.cy.center();
    }
  }

  zoom(/** @type {number} */ by) {
    const { cy } = this;
    this.touched = true;
    const level = { level: cy.zoom() * by, renderedPosition: { x: cy.width() / 2, y: cy.height() / 2 } };
    if (still()) cy.zoom(level);
    else cy.animate({ zoom: /** @type {any} */ (level) }, { duration: 150 });
  }

  choose(/** @type {string} */ id) {
    this.cy.elements().removeClass("chosen");
    if (id) {
      this.cy.getElementById(id).addClass("chosen");
      this.current = id;
    }
  }

  path(/** @type {string[]} */ ids) {
    this.cy.elements().removeClass("path");
    for (const id of ids) this.cy.getElementById(id).addClass("path");
  }

  /** Where things are drawn, in the pixels of the page: for tests, and for what must stand beside a node. */
  where(/** @type {string} */ id) {
    const element = this.cy.getElementById(id);
    if (!element.length) return null;
    const box = this.drawn.getBoundingClientRect();
    const at = element.isNode() ? element.renderedPosition() : element.renderedMidpoint();
    return { x: box.x + at.x, y: box.y + at.y };
  }

  png() {
    const background = getComputedStyle(document.documentElement).getPropertyValue("--page").trim();
    return this.cy.png({ output: "blob", full: true, scale: 2, maxWidth: 6000, maxHeight: 6000, bg: background });
  }

  destroy() {
    this.watch.disconnect();
    removeEventListener("huitu:theme", this.restyle);
    this.cy.destroy();
  }
}
