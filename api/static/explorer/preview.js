// The graph beside a page: an entity in the middle, its neighbours around it in the order of relations.

import { Canvas } from "./canvas.js";
import { button, el, icon } from "./dom.js";
import { t } from "./i18n.js";
import { WEAK } from "./parts.js";
import { edgeKey, go, href, set } from "./router.js";
import { failure } from "./states.js";
import { byRelation } from "./types.js";

const MOST = 16;

/** The best of each relation in turn, so that none crowds out the others. */
function chosen(/** @type {any[]} */ neighbours) {
  const queues = new Map();
  for (const each of [...neighbours]
    .filter(({ edge }) => edge.confidence >= WEAK)
    .sort((a, b) => byRelation(a.edge, b.edge))) {
    const key = `${each.edge.relation} ${each.direction}`;
    queues.set(key, [...(queues.get(key) ?? []), each]);
  }
  const ids = new Set();
  for (let n = 0; n < neighbours.length && ids.size < MOST; n++) {
    for (const queue of queues.values()) if (queue[n] && ids.size < MOST) ids.add(queue[n].entity.id);
  }
  return [...queues.values()].flat().filter((each) => ids.has(each.entity.id));
}

/**
 * @param {any} entity
 * @param {() => Promise<any[]>} neighbours
 * @param {() => boolean} alive whether the page is still shown
 */
export function preview(entity, neighbours, alive) {
  const box = el("div.canvas", {});
  const frame = el(
    "section.preview",
    { "aria-label": t("entity.graph") },
    box,
    el(
      "div.canvas-tools",
      {},
      el(
        "a.button",
        { href: href("graph", "", { seed: entity.id }) },
        icon("graph"),
        el("span", {}, t("entity.openGraph")),
      ),
    ),
  );
  /** @type {Canvas | null} */
  let canvas = null;
  async function draw() {
    const shown = chosen(await neighbours());
    if (!alive() || !box.isConnected) return;
    const nodes = new Map([[entity.id, entity], ...shown.map((each) => [each.entity.id, each.entity])]);
    const edges = new Map(shown.map((each) => [edgeKey(each.edge), each.edge]));
    canvas = new Canvas(
      box,
      {
        onNode: (node) => {
          if (node !== entity.id) go(href("entity", node));
        },
        onEdge: (key) => set({ edge: key }),
      },
      { label: `${t("entity.graph")}: ${entity.name}`, wheel: false },
    );
    canvas.show({ nodes, edges, groups: new Map() }, { seed: entity.id });
    canvas.radial(entity.id);
    frame.querySelector(".canvas-tools")?.append(
      button(icon("plus"), () => canvas?.zoom(1.25), { "aria-label": t("graph.in"), className: "square" }),
      button(icon("minus"), () => canvas?.zoom(0.8), { "aria-label": t("graph.out"), className: "square" }),
      button(icon("fit"), () => canvas?.fit(), { "aria-label": t("graph.fit"), className: "square" }),
    );
    /** @type {any} */ (frame).canvas = () => canvas;
  }
  return {
    node: frame,
    start: () => {
      if (frame.offsetParent !== null) draw().catch((error) => alive() && box.replaceChildren(failure(error)));
    },
    stop: () => canvas?.destroy(),
  };
}
