// The graph beside a page: the neighbourhood of one entity, to look at and to click.

import { Canvas } from "./canvas.js";
import { button, el, icon } from "./dom.js";
import { filtersOf, seen } from "./filters.js";
import { t } from "./i18n.js";
import { Model } from "./model.js";
import { edgeKey, go, href, set } from "./router.js";
import { ends } from "./ontology.js";
import { failure } from "./states.js";

/** @param {string} id @param {string} name @param {() => boolean} alive whether the page is still shown */
export function preview(id, name, alive) {
  const box = el("div.canvas", {});
  const frame = el("section.preview", { "aria-label": t("entity.graph") }, box,
    el("div.canvas-tools", {}, el("a.button", { href: href("graph", "", { seed: id }) }, icon("graph"), el("span", {}, t("entity.openGraph")))));
  /** @type {Canvas | null} */
  let canvas = null;
  async function draw() {
    const model = new Model();
    model.ends = ends();
    const seed = await model.expand(id);
    if (!alive() || !box.isConnected) return;
    canvas = new Canvas(box, {
      onNode: (node) => { if (node !== seed) go(href("entity", node)); },
      onEdge: (key) => set({ edge: edgeKey(model.edges.get(key)) }),
      onGroup: () => go(href("graph", "", { seed })),
    }, { label: `${t("entity.graph")}: ${name}`, wheel: false });
    canvas.show(seen(model, filtersOf(new URLSearchParams())), { seed, origin: model.origin });
    canvas.layout();
    frame.querySelector(".canvas-tools")?.append(
      button(icon("plus"), () => canvas?.zoom(1.25), { "aria-label": t("graph.in"), className: "square" }),
      button(icon("minus"), () => canvas?.zoom(0.8), { "aria-label": t("graph.out"), className: "square" }),
      button(icon("fit"), () => canvas?.fit(), { "aria-label": t("graph.fit"), className: "square" }));
    /** @type {any} */ (frame).canvas = canvas;
  }
  return {
    node: frame,
    start: () => { if (frame.offsetParent !== null) draw().catch((error) => alive() && box.replaceChildren(failure(error))); },
    stop: () => canvas?.destroy(),
  };
}
