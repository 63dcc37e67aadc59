// A series of forums: its editions side by side.

import { all, api } from "./api.js";
import { el, icon } from "./dom.js";
import { groupName, period, t } from "./i18n.js";
import { entityLink, evidenceButton, flags } from "./parts.js";
import { href } from "./router.js";
import { empty } from "./states.js";

const ROWS = ["HELD_IN", "HOSTED_BY", "CO_HOSTED_BY", "ORGANIZED_BY", "SUPPORTED_BY", "SPEAKER_AT", "ANNOUNCED_AT"];

/** @param {import("./main.js").Context} context the id is that of any edition */
export async function series({ route }) {
  const forum = await api.entity(route.id);
  if (!forum.series)
    return { title: forum.name, nodes: [empty(t("series.none"), el("p.actions", {}, entityLink(forum)))] };
  const editions = await Promise.all(
    forum.series.editions.map(async (/** @type {any} */ edition) => {
      const [detail, edges] = await Promise.all([
        api.entity(edition.id),
        all((query) => api.neighbours(edition.id, query), { relation: ROWS }, 300),
      ]);
      const strong = edges.filter(
        (each) =>
          each.edge.confidence >= 0.3 &&
          (each.direction === "out" || ["SPEAKER_AT", "ANNOUNCED_AT"].includes(each.edge.relation)),
      );
      return {
        detail,
        edges: strong,
        dated: strong.find((each) => each.direction === "out" && each.edge.first_date)?.edge,
      };
    }),
  );
  const shared = new Map();
  for (const { edges } of editions)
    for (const { entity, edge } of edges)
      shared.set(`${edge.relation} ${entity.id}`, (shared.get(`${edge.relation} ${entity.id}`) ?? 0) + 1);
  const title = t("series.title", { name: forum.series.name });
  const cell = (/** @type {any} */ { detail, edges }, /** @type {string} */ relation) => {
    const of = edges.filter((/** @type {any} */ each) => each.edge.relation === relation);
    return of.length
      ? el(
          "ul",
          {},
          ...of.map(({ entity, edge }) =>
            el(
              shared.get(`${relation} ${entity.id}`) > 1 ? "li.shared" : "li",
              {},
              entityLink(entity),
              ...flags(edge),
              evidenceButton(edge, detail.name, entity.name),
            ),
          ),
        )
      : el("span.soft", { "aria-label": t("series.none") }, "—");
  };
  const rows = ROWS.filter((relation) =>
    editions.some(({ edges }) => edges.some((/** @type {any} */ each) => each.edge.relation === relation)),
  );
  return {
    title,
    nodes: [
      el(
        "div.page.wide",
        {},
        el("p.kind", {}, icon("table"), t("type.series")),
        el("h1", {}, forum.series.name),
        el("p.soft", {}, t("count.editions", { n: editions.length })),
        el(
          "div.scroll",
          { tabIndex: 0, role: "region", "aria-label": title },
          el(
            "table.editions",
            {},
            el(
              "thead",
              {},
              el(
                "tr",
                {},
                el("th", { scope: "col" }, t("series.edition")),
                ...editions.map(({ detail }) =>
                  el(
                    "th",
                    { scope: "col", "aria-current": detail.id === forum.id ? "true" : null },
                    el("a", { href: href("entity", detail.id) }, detail.name),
                    el("span.soft", {}, t("count.documents", { n: detail.documents })),
                  ),
                ),
              ),
            ),
            el(
              "tbody",
              {},
              el(
                "tr",
                {},
                el("th", { scope: "row" }, t("forum.when")),
                ...editions.map(({ dated }) => el("td", {}, dated ? period(dated.first_date, dated.last_date) : "—")),
              ),
              ...rows.map((relation) =>
                el(
                  "tr",
                  {},
                  el(
                    "th",
                    { scope: "row" },
                    groupName(relation, ["SPEAKER_AT", "ANNOUNCED_AT"].includes(relation) ? "in" : "out"),
                  ),
                  ...editions.map((edition) => el("td", {}, cell(edition, relation))),
                ),
              ),
            ),
          ),
        ),
      ),
    ],
  };
}
