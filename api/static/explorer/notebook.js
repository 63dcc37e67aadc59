// The drawing in a notebook: what Python gives, in a frame that asks nobody for anything.

import { Canvas } from "./canvas.js";
import { learn, t } from "./i18n.js";

/**
 * @param {HTMLElement} box
 * @param {{ontology: any, nodes: any[], edges: any[], groups: any[], seed: string}} given
 * @param {(key: string) => void} onEdge what a click on an edge does
 */
export function draw(box, { ontology, nodes, edges, groups, seed }, onEdge) {
  learn(ontology);
  const by = (/** @type {any[]} */ items) => new Map(items.map((each) => [each.key, each]));
  const canvas = new Canvas(box, { onNode: () => {}, onEdge }, { label: t("graph.title"), wheel: false });
  canvas.show({ nodes: by(nodes), edges: by(edges), groups: by(groups) }, { seed });
  if (edges.length) canvas.layout();
  else canvas.radial(seed);
  return canvas;
}
