// What stands beside the canvas when a node is selected: who it is, and what can be done with it.

import { api } from "./api.js";
import { button, el, icon } from "./dom.js";
import { groupName, t, typeName } from "./i18n.js";
import { STEP } from "./model.js";
import { href } from "./router.js";
import { byRelation, mark } from "./types.js";

/** @type {Map<string, Promise<any>>} */
const known = new Map();

/** @param {string} id */
function entityOf(id) {
  let found = known.get(id);
  if (!found) {
    found = api.entity(id);
    found.catch(() => known.delete(id));
    known.set(id, found);
  }
  return found;
}

const close = (/** @type {any} */ actions) =>
  button(icon("close"), actions.close, { "aria-label": t("close"), className: "plain" });

/** @param {string} id @param {import("./model.js").Model} model @param {any} actions */
export async function details(id, model, actions) {
  const entity = await entityOf(id);
  const pinned = model.pins.has(id);
  const counts = new Map();
  for (const edge of model.edges.values()) {
    if (edge.head === id) counts.set(`${edge.relation} out`, (counts.get(`${edge.relation} out`) ?? 0) + 1);
    if (edge.tail === id) counts.set(`${edge.relation} in`, (counts.get(`${edge.relation} in`) ?? 0) + 1);
  }
  const ways = [...entity.relations].sort(byRelation);
  const left = ways.some((/** @type {any} */ way) => (counts.get(`${way.relation} ${way.direction}`) ?? 0) < way.count);
  return [
    el("div.block-head", {}, el("p.kind", {}, mark(entity.type), typeName(entity.type)), close(actions)),
    el("h2", {}, el("a", { href: href("entity", id) }, entity.name)),
    entity.aliases.length ? el("p.soft", {}, entity.aliases.join(t("sep"))) : null,
    el("p.soft", {}, t("count.documents", { n: entity.documents })),
    el(
      "div.actions",
      {},
      left
        ? button([icon("plus"), el("span", {}, t("graph.expandAll"))], () => actions.expand(id), {
            className: "primary",
          })
        : null,
      el("a.button", { href: href("entity", id) }, t("open")),
      button(
        [icon("pin"), el("span", {}, t(pinned ? "graph.unpin" : "graph.pin"))],
        () => actions.pin(id, pinned ? null : actions.where(id)),
        { "aria-pressed": String(pinned) },
      ),
      button([icon("path"), el("span", {}, t("graph.pathFrom"))], () => actions.startPath(id)),
      button([icon("close"), el("span", {}, t("graph.hide"))], () => actions.remove(id)),
    ),
    ways.length ? el("h3", {}, t("graph.expandBy")) : null,
    el(
      "ul.ways",
      {},
      ...ways.map((/** @type {any} */ way) => {
        const shown = Math.min(way.count, counts.get(`${way.relation} ${way.direction}`) ?? 0);
        return el(
          "li",
          {},
          button(
            [el("span", {}, groupName(way.relation, way.direction)), el("span.count", {}, `${shown} / ${way.count}`)],
            () => actions.expand(id, way),
            { disabled: shown >= way.count },
          ),
        );
      }),
    ),
  ].filter((each) => each !== null);
}

/** @param {import("./model.js").Group} group @param {import("./model.js").Model} model @param {any} actions */
export function groupDetails(group, model, actions) {
  const hub = model.nodes.get(group.hub);
  return [
    el("div.block-head", {}, el("p.kind", {}, mark(group.type), typeName(group.type)), close(actions)),
    el("h2", {}, `${hub?.name ?? ""} · ${groupName(group.relation, group.direction)}`),
    el("p", {}, t("graph.group", { n: group.left })),
    el("p.soft", {}, t("graph.groupHint", { n: STEP })),
    el(
      "div.actions",
      {},
      button(
        [icon("plus"), el("span", {}, t("graph.page", { n: Math.min(STEP, group.left) }))],
        () => actions.unfold(group.id),
        { className: "primary" },
      ),
      el("a.button", { href: href("entity", group.hub) }, t("graph.listAll")),
    ),
  ];
}
