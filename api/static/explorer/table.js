// The same graph as a table: for those who do not see the canvas, and for those who would rather read.

import { el } from "./dom.js";
import { period, relationName, t } from "./i18n.js";
import { entityLink, evidenceButton, flags, tag } from "./parts.js";
import { byRelation } from "./types.js";

/** @param {{nodes: Map<string, any>, edges: Map<string, any>}} part */
export function edgeTable({ nodes, edges }) {
  const rows = [...edges.values()].sort(
    (a, b) => byRelation(a, b) || b.support - a.support || (nodes.get(a.head).name < nodes.get(b.head).name ? -1 : 1),
  );
  return el(
    "table.edges",
    {},
    el("caption.visually-hidden", {}, t("graph.shown", { n: nodes.size, m: edges.size })),
    el(
      "thead",
      {},
      el(
        "tr",
        {},
        ...[
          "graph.head",
          "graph.relation",
          "graph.tail",
          "graph.roles",
          "graph.dates",
          "graph.support",
          "evidence.title",
        ].map((key) => el("th", { scope: "col" }, t(key))),
      ),
    ),
    el(
      "tbody",
      {},
      ...rows.map((edge) => {
        const [head, tail] = [nodes.get(edge.head), nodes.get(edge.tail)];
        return el(
          "tr",
          {},
          el("td", {}, entityLink(head)),
          el("td", {}, relationName(edge.relation)),
          el("td", {}, entityLink(tail)),
          el("td", {}, ...edge.roles.map((/** @type {string} */ role) => tag(role)), ...flags(edge)),
          el("td", {}, period(edge.first_date, edge.last_date)),
          el("td.number", {}, edge.support + edge.planned),
          el("td", {}, evidenceButton(edge, head.name, tail.name)),
        );
      }),
    ),
  );
}
