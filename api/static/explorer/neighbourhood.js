// The edges of one entity: all at once where they are few, by relation and page by page where they are many.

import { all, api } from "./api.js";

const FEW = 200;

/**
 * @param {any} entity
 * @returns {Promise<{page: (relation: string, direction: string, limit: number, cursor: string | null) =>
 *   Promise<any>, of: (relations: string[], direction: string, most?: number) => Promise<any[]>, best: () =>
 *   Promise<any[]>}>}
 */
export async function neighbourhood(entity) {
  const total = entity.relations.reduce((/** @type {number} */ sum, /** @type {any} */ each) => sum + each.count, 0);
  const ask = (/** @type {import("./api.js").Query} */ query) => api.neighbours(entity.id, query);
  if (total > FEW) {
    return {
      page: (relation, direction, limit, cursor) => ask({ relation, direction, limit, cursor }),
      of: (relations, direction, most = 300) => all(ask, { relation: relations, direction }, most),
      best: async () => (await ask({ limit: 100 })).items,
    };
  }
  const edges = total ? await all(ask, {}) : [];
  const of = (/** @type {string[]} */ relations, /** @type {string} */ direction) =>
    edges.filter((each) => relations.includes(each.edge.relation) && each.direction === direction);
  return {
    page: async (relation, direction, limit, cursor) => {
      const found = of([relation], direction);
      const start = Number(cursor ?? 0);
      return {
        items: found.slice(start, start + limit),
        total: { count: found.length },
        next: start + limit < found.length ? String(start + limit) : null,
      };
    },
    of: async (relations, direction) => of(relations, direction),
    best: async () => edges,
  };
}
