// What a graph view holds: entities, the edges among them, and groups of neighbours too many to show at once.

import { all, api } from "./api.js";
import { edgeKey } from "./router.js";

/** Neighbours by one relation that are still shown one by one; more become a group. */
export const GROUP_FROM = 30;
/** Neighbours that a group gives at a time. */
export const STEP = 25;
/** Entities up to which edges among all of them are asked for. */
const LINKED = 500;

/** @typedef {{id: string, type: string, name: string, documents: number}} Entity */
/**
 * @typedef {{id: string, hub: string, relation: string, direction: string, type: string, left: number, cursor: string
 *   | null}} Group
 */

export class Model {
  constructor() {
    /** @type {Map<string, Entity>} */
    this.nodes = new Map();
    /** @type {Map<string, any>} */
    this.edges = new Map();
    /** @type {Map<string, Group>} */
    this.groups = new Map();
    /** @type {Map<string, {x: number, y: number}>} */
    this.pins = new Map();
    /** What each entity grew from, so that it begins beside it. @type {Map<string, string>} */
    this.origin = new Map();
    /** @type {Record<string, {heads: string[], tails: string[]}>} */
    this.ends = {};
  }

  addEdge(/** @type {any} */ edge) {
    if (this.nodes.has(edge.head) && this.nodes.has(edge.tail)) this.edges.set(edgeKey(edge), edge);
  }

  /** @param {any[]} neighbours @param {string} hub */
  #take(neighbours, hub) {
    for (const { entity, edge } of neighbours) {
      if (!this.nodes.has(entity.id)) {
        this.nodes.set(entity.id, entity);
        this.origin.set(entity.id, hub);
      }
      this.addEdge(edge);
    }
  }

  /** Put entities in by id, with the edges among all; ids that are gone are told. */
  async add(/** @type {string[]} */ ids) {
    const wanted = [...new Set([...this.nodes.keys(), ...ids])];
    const found = await api.among(wanted.slice(0, LINKED));
    for (const entity of found.entities) this.nodes.set(entity.id, entity);
    for (const edge of found.edges) this.addEdge(edge);
    const moved = ids.filter((id) => !this.nodes.has(id));
    const gone = [];
    for (const id of moved) {
      try {
        const entity = await api.entity(id); // follows a former id to the present one
        this.nodes.set(entity.id, entity);
      } catch (error) {
        if (/** @type {any} */ (error).kind !== "not-found") throw error;
        gone.push(id);
      }
    }
    return gone;
  }

  /** The edges among all that is shown. */
  async link() {
    if (this.nodes.size > LINKED || this.nodes.size < 2) return;
    const found = await api.among([...this.nodes.keys()]);
    for (const edge of found.edges) this.addEdge(edge);
  }

  /**
   * Bring the neighbours of an entity, or those by one relation; what is too much becomes groups.
   * @param {string} id @param {{relation?: string, direction?: string}} [only]
   */
  async expand(id, { relation, direction } = {}) {
    const entity = await api.entity(id);
    this.nodes.set(entity.id, entity);
    const wanted = entity.relations.filter(
      (/** @type {any} */ each) =>
        (!relation || each.relation === relation) && (!direction || each.direction === direction),
    );
    const few = wanted.filter((/** @type {any} */ each) => each.count <= GROUP_FROM);
    if (few.length) {
      const found = await all((query) => api.neighbours(entity.id, query), {
        relation: few.map((/** @type {any} */ each) => each.relation),
      });
      this.#take(
        found.filter((each) =>
          few.some((/** @type {any} */ one) => one.relation === each.edge.relation && one.direction === each.direction),
        ),
        entity.id,
      );
    }
    for (const each of wanted.filter((/** @type {any} */ one) => one.count > GROUP_FROM))
      await this.#group(entity.id, each);
    await this.link();
    return entity.id;
  }

  /** @param {string} hub @param {{relation: string, direction: string}} way */
  async #group(hub, { relation, direction }) {
    const spec = this.ends[relation];
    const types = direction === "out" ? spec.tails : spec.heads;
    for (const type of types) {
      const id = `${hub}:${relation}:${direction}:${type}`;
      if (this.groups.has(id)) continue;
      const { total } = await api.neighbours(hub, { relation, direction, type, limit: 1 });
      const left = total.count - this.#shown(hub, relation, direction, type);
      if (left > 0) this.groups.set(id, { id, hub, relation, direction, type, left, cursor: null });
    }
  }

  #shown(
    /** @type {string} */ hub,
    /** @type {string} */ relation,
    /** @type {string} */ direction,
    /** @type {string} */ type,
  ) {
    let count = 0;
    for (const edge of this.edges.values()) {
      const [near, far] = direction === "out" ? [edge.head, edge.tail] : [edge.tail, edge.head];
      if (edge.relation === relation && near === hub && this.nodes.get(far)?.type === type) count++;
    }
    return count;
  }

  /** Groups by their ids, as an address names them. */
  async restoreGroups(/** @type {string[]} */ ids) {
    for (const id of ids) {
      const [hub, relation, direction, type] = id.split(":");
      if (!this.nodes.has(hub) || !this.ends[relation] || !type) continue;
      const { total } = await api.neighbours(hub, { relation, direction, type, limit: 1 });
      const left = total.count - this.#shown(hub, relation, direction, type);
      if (left > 0) this.groups.set(id, { id, hub, relation, direction, type, left, cursor: null });
    }
  }

  /** Bring the next neighbours out of a group. */
  async unfold(/** @type {string} */ id) {
    const group = this.groups.get(id);
    if (!group) return;
    const { hub, relation, direction, type } = group;
    const before = this.nodes.size;
    do {
      // what is there already does not count: after a link was followed, the first pages are
      const page = await api.neighbours(hub, { relation, direction, type, limit: STEP, cursor: group.cursor });
      this.#take(page.items, hub);
      group.cursor = page.next;
      group.left = page.total.count - this.#shown(hub, relation, direction, type);
    } while (group.cursor && this.nodes.size === before);
    if (!group.cursor || group.left <= 0) this.groups.delete(id);
    await this.link();
  }

  remove(/** @type {string} */ id) {
    this.nodes.delete(id);
    this.pins.delete(id);
    for (const [key, edge] of this.edges) if (edge.head === id || edge.tail === id) this.edges.delete(key);
    for (const [key, group] of this.groups) if (group.hub === id) this.groups.delete(key);
  }
}
