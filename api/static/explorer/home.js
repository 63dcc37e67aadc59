// The first page: what there is, where to start, and the forum with most coverage drawn.

import { api } from "./api.js";
import { el } from "./dom.js";
import { t, typeName } from "./i18n.js";
import { entityLink } from "./parts.js";
import { preview } from "./preview.js";
import { href } from "./router.js";
import { fresh } from "./states.js";
import { TYPES, mark } from "./types.js";

/** @param {import("./main.js").Context} context */
export async function home({ alive }) {
  const [statistics, forums] = await Promise.all([api.statistics(), api.list("forums", { limit: 9 })]);
  if (statistics.documents === 0)
    return { nodes: [fresh()], title: t("fresh.title"), poll: async () => (await api.statistics()).documents > 0 };
  const counts = Object.fromEntries(
    statistics.entities_by_type.map((/** @type {any} */ each) => [each.name, each.count]),
  );
  const [first] = forums.items;
  const drawn = first
    ? preview(first, async () => (await api.neighbours(first.id, { limit: 100 })).items, alive)
    : null;
  return {
    title: t("app.title"),
    nodes: [
      el(
        "div.home",
        {},
        el(
          "div.home-main",
          {},
          el("h1", {}, t("app.tagline")),
          el(
            "ul.figures",
            {},
            ...TYPES.map((type) =>
              el(
                "li",
                {},
                el(
                  "a",
                  { href: href("list", type) },
                  mark(type),
                  el("strong", {}, (counts[type] ?? 0).toLocaleString()),
                  el("span", {}, typeName(type)),
                ),
              ),
            ),
          ),
          el(
            "p.soft",
            {},
            el("a", { href: href("documents") }, t("count.documents", { n: statistics.documents })),
            statistics.first_date
              ? ` · ${t("home.span", { from: statistics.first_date, to: statistics.last_date })}`
              : null,
          ),
          el("h2", {}, t("home.start")),
          el(
            "ul.cards-list",
            {},
            ...forums.items.map((/** @type {any} */ forum) =>
              el("li", {}, entityLink(forum), el("span.soft", {}, t("count.documents", { n: forum.documents }))),
            ),
          ),
          forums.next
            ? el(
                "p",
                {},
                el(
                  "a",
                  { href: href("list", "Forum") },
                  t(forums.total.exact ? "home.all" : "home.more", { n: forums.total.count }),
                ),
              )
            : null,
        ),
        drawn
          ? el("div.home-side", {}, el("h2", {}, entityLink(first)), el("p.soft", {}, t("home.preview")), drawn.node)
          : null,
      ),
    ],
    started: drawn?.start,
    dispose: drawn?.stop,
  };
}
