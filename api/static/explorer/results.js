// Results of a search, and lists of all entities of a type.

import { api } from "./api.js";
import { el } from "./dom.js";
import { t, typeName } from "./i18n.js";
import { entityLink, growing } from "./parts.js";
import { href } from "./router.js";
import { empty } from "./states.js";
import { LISTS, TYPES, mark } from "./types.js";

const row = (/** @type {any} */ entity) =>
  el(
    "li.hit",
    {},
    entityLink(entity),
    entity.aliases.length ? el("span.soft", {}, t("search.also", { names: entity.aliases.join(t("sep")) })) : null,
    el("span.soft.date", {}, t("count.documents", { n: entity.documents })),
  );

/** @param {(type: string) => string} address @param {string} chosen */
const tabs = (address, chosen, every = true) =>
  el(
    "nav.tabs",
    { "aria-label": t("search.types") },
    ...[...(every ? [""] : []), ...TYPES].map((type) =>
      el(
        "a",
        { href: address(type), "aria-current": type === chosen ? "page" : null },
        type ? mark(type) : null,
        type ? typeName(type) : t("all"),
      ),
    ),
  );

/** @param {import("./main.js").Context} context */
export async function results({ route }) {
  const q = route.params.get("q") ?? "";
  const type = route.params.get("type") ?? "";
  const title = t("search.title", { q });
  if (!q) return { title: t("app.title"), nodes: [empty(t("search.label"))] };
  const list = await growing((cursor) => api.search({ q, type, limit: 20, cursor }), row, { label: title });
  const nothing = empty(
    t("search.none", { q }),
    el("p", {}, t("search.hint")),
    el("p.actions", {}, el("a", { href: href("documents", "", { q }) }, t("search.inDocuments", { q }))),
  );
  return {
    title,
    nodes: [
      el(
        "div.page.narrow",
        {},
        el("h1", {}, title),
        el("p.soft", { role: "status" }, list.total ? t("search.some", { n: list.total }) : ""),
        tabs((each) => href("search", "", { q, type: each }), type),
        ...(list.total ? list.nodes : [nothing]),
      ),
    ],
  };
}

/** @param {import("./main.js").Context} context */
export async function listing({ route }) {
  const type = TYPES.includes(route.id) ? route.id : "Forum";
  const list = await growing(
    (cursor) => api.list(LISTS[/** @type {keyof typeof LISTS} */ (type)], { limit: 20, cursor }),
    row,
    { label: typeName(type) },
  );
  return {
    title: typeName(type),
    nodes: [
      el(
        "div.page.narrow",
        {},
        el("h1", {}, typeName(type), el("span.count", {}, list.counted)),
        tabs((each) => href("list", each), type, false),
        ...list.nodes,
      ),
    ],
  };
}
