// Which part of a graph is seen. All of it is in the address.

import { WEAK } from "./parts.js";

/**
 * @typedef {{types: Set<string>, relations: Set<string>, modality: Set<string>, role: string, from: string, to:
 *   string, weak: boolean}} Filters
 */

const list = (/** @type {string | null} */ words) => new Set((words ?? "").split(",").filter(Boolean));

/** @returns {Filters} what is hidden, and what is asked for */
export function filtersOf(/** @type {URLSearchParams} */ params) {
  return {
    types: list(params.get("notype")),
    relations: list(params.get("norel")),
    modality: list(params.get("nomod")),
    role: params.get("role") ?? "",
    from: params.get("from") ?? "",
    to: params.get("to") ?? "",
    weak: params.get("weak") === "1",
  };
}

/** Whether an edge was held by what some document says, or is only planned. */
export const modalityOf = (/** @type {any} */ edge) => (edge.support > 0 ? "held" : "planned");

/** @param {any} edge @param {Filters} filters */
export function edgeSeen(edge, filters) {
  if (filters.relations.has(edge.relation) || filters.modality.has(modalityOf(edge))) return false;
  if (!filters.weak && edge.confidence < WEAK) return false;
  if (filters.role && !edge.roles.includes(filters.role)) return false;
  if ((filters.from || filters.to) && !edge.first_date) return false;
  if (filters.from && (edge.last_date ?? edge.first_date) < filters.from) return false;
  if (filters.to && edge.first_date > `${filters.to}~`) return false; // "2025" holds all of its days
  return true;
}

/**
 * What is seen of a model: an entity that lost all its edges to a filter goes with them.
 * @param {import("./model.js").Model} model @param {Filters} filters @param {Set<string>} keep
 */
export function seen(model, filters, keep = new Set()) {
  const typed = new Map([...model.nodes].filter(([, node]) => !filters.types.has(node.type)));
  const edges = new Map(
    [...model.edges].filter(([, edge]) => typed.has(edge.head) && typed.has(edge.tail) && edgeSeen(edge, filters)),
  );
  const ends = new Set([...edges.values()].flatMap((edge) => [edge.head, edge.tail]));
  const groups = new Map(
    [...model.groups].filter(
      ([, group]) => typed.has(group.hub) && !filters.types.has(group.type) && !filters.relations.has(group.relation),
    ),
  );
  for (const group of groups.values()) ends.add(group.hub);
  const had = new Set([...model.edges.values()].flatMap((edge) => [edge.head, edge.tail]));
  const nodes = new Map([...typed].filter(([id]) => ends.has(id) || !had.has(id) || keep.has(id)));
  return { nodes, edges, groups, hidden: model.nodes.size - nodes.size };
}
