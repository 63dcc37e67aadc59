// One entity: what it is called, how it relates, when, and the sentences behind all of it.

import { api } from "./api.js";
import { button, el, icon } from "./dom.js";
import { forumParts } from "./forum.js";
import { groupName, t, typeName } from "./i18n.js";
import { neighbourhood } from "./neighbourhood.js";
import { edgeRow, entityLink, graphLink, growing, quoteButton, section, tag } from "./parts.js";
import { preview } from "./preview.js";
import { href } from "./router.js";
import { byRelation, mark } from "./types.js";

const FEW = 8;

/** A forum's own parts show these; they are not repeated as plain groups. */
const OF_A_FORUM = new Set([
  "out.HOSTED_BY",
  "out.CO_HOSTED_BY",
  "out.ORGANIZED_BY",
  "out.SUPPORTED_BY",
  "out.HELD_IN",
  "in.SPEAKER_AT",
  "in.ANNOUNCED_AT",
]);

/** @param {import("./main.js").Context} context */
export async function entity({ route, alive }) {
  const found = await api.entity(route.id);
  const edges = await neighbourhood(found);
  const forum = found.type === "Forum" ? await forumParts(found, edges) : null;
  const groups = found.relations
    .filter((/** @type {any} */ each) => !(forum && OF_A_FORUM.has(`${each.direction}.${each.relation}`)))
    .sort(byRelation);
  const blocks = [
    ...(forum?.blocks ?? []),
    ...(await Promise.all(groups.map((/** @type {any} */ group) => relationBlock(found, edges, group)))),
  ];
  if (found.claims) blocks.push(await timeline(found));
  blocks.push(names(found));
  const drawn = preview(found, edges.best, alive);
  return {
    title: found.name,
    entity: found,
    nodes: [
      el(
        "div.page.entity-page",
        {},
        el(
          "div.content",
          {},
          header(found, forum),
          ...(blocks.length > 3 ? [contents(blocks)] : []),
          found.relations.length ? null : el("p.soft", {}, t("entity.none")),
          ...blocks,
        ),
        el("div.side", {}, drawn.node),
      ),
    ],
    started: drawn.start,
    dispose: drawn.stop,
  };
}

function header(/** @type {any} */ found, /** @type {any} */ forum) {
  const facts = [t("count.documents", { n: found.documents }), t("count.claims", { n: found.claims })];
  if (found.first_date) facts.push(t("entity.seen", { from: found.first_date, to: found.last_date }));
  return el(
    "header.entity-head",
    {},
    el("p.kind", {}, mark(found.type), typeName(found.type)),
    el("h1", {}, found.name),
    found.aliases.length
      ? el("p.aliases", {}, el("span.soft", {}, `${t("entity.aliases")} `), found.aliases.join(t("sep")))
      : null,
    forum?.lead,
    el("p.soft.facts", {}, facts.join(" · ")),
    el(
      "p.actions.no-print",
      {},
      graphLink(found.id),
      found.series
        ? el("a.button", { href: href("series", found.id) }, icon("table"), el("span", {}, t("series.compare")))
        : null,
      button([icon("print"), el("span", {}, t("entity.print"))], () => print()),
    ),
  );
}

/** Where to find what on a long page; the addresses belong to the views, so these are buttons. */
const contents = (/** @type {HTMLElement[]} */ blocks) =>
  el(
    "nav.contents.no-print",
    { "aria-label": t("entity.sections") },
    ...blocks.map((block) =>
      button(
        [...(block.querySelector("h2")?.childNodes ?? [])].map((each) => each.cloneNode(true)),
        () => {
          block.scrollIntoView({
            behavior: matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth",
          });
          const heading = block.querySelector("h2");
          heading?.setAttribute("tabindex", "-1");
          heading?.focus({ preventScroll: true });
        },
      ),
    ),
  );

async function relationBlock(
  /** @type {any} */ found,
  /** @type {any} */ edges,
  /** @type {any} */ { relation, direction, count },
) {
  const title = groupName(relation, direction);
  const list = await growing(
    (cursor) => edges.page(relation, direction, FEW, cursor),
    (each) => edgeRow(each, found),
    { step: FEW, label: title },
  );
  return section(title, list.nodes, { count });
}

/** What happened when, by day and relation, the latest day first; what several articles say stands once. */
async function timeline(/** @type {any} */ found) {
  const days = el("ol.timeline", {});
  const more = button("", () => page(), { className: "more" });
  /** Days, then relations seen from here, then the other ends. @type {Map<string, Map<string, Map<string, any[]>>>} */
  const told = new Map();
  const within = (/** @type {Map<string, any>} */ map, /** @type {string} */ key, /** @type {() => any} */ make) =>
    map.get(key) ?? map.set(key, make()).get(key);
  /** @type {string | null} */
  let cursor = null;
  let seen = 0;
  async function page() {
    const answer = await api.claims(found.id, { limit: 100, cursor });
    for (const claim of answer.items) {
      const out = claim.subject.id === found.id;
      const day = within(told, claim.date_from ?? claim.document.date ?? "", () => new Map());
      const ends = within(day, `${claim.relation} ${out ? "out" : "in"}`, () => new Map());
      within(ends, `${out ? claim.object.id : claim.subject.id} ${claim.modality === "denied"}`, () => []).push(claim);
    }
    seen += answer.items.length;
    cursor = answer.next;
    more.hidden = cursor === null;
    more.textContent = t("more", { n: Math.min(100, answer.total.count - seen) });
    draw();
  }
  function event(/** @type {any[]} */ claims, /** @type {boolean} */ out) {
    const claim = claims.find((each) => each.modality === "held") ?? claims[0];
    const roles = [...new Set(claims.map((each) => each.role).filter(Boolean))];
    return el(
      "span.event",
      {},
      entityLink(out ? claim.object : claim.subject),
      ...roles.map((role) => tag(role)),
      claim.modality === "held" ? null : tag(t(`evidence.modality.${claim.modality}`), claim.modality),
      quoteButton(claim.subject, claim.relation, claim.object),
    );
  }
  function draw() {
    days.replaceChildren(
      ...[...told]
        .sort(([a], [b]) => (a < b ? 1 : -1))
        .map(([date, ways]) =>
          el(
            "li",
            {},
            el(date ? "time" : "span", {}, date || t("entity.undated")),
            el(
              "dl",
              {},
              ...[...ways]
                .map(([way, ends]) => ({ relation: way.split(" ")[0], direction: way.split(" ")[1], ends }))
                .sort(byRelation)
                .flatMap(({ relation, direction, ends }) => [
                  el("dt", {}, groupName(relation, direction)),
                  el("dd", {}, ...[...ends.values()].map((claims) => event(claims, direction === "out"))),
                ]),
            ),
          ),
        ),
    );
  }
  await page();
  return section(t("entity.timeline"), [days, more]);
}

/** What was joined into this entity; asked for when somebody looks. */
function names(/** @type {any} */ found) {
  const body = el("div", {});
  const details = el(
    "details",
    {
      ontoggle: async () => {
        if (!details.open || body.childNodes.length) return;
        const members = await api.members(found.id);
        body.append(
          el("p.soft", {}, t("entity.namesHint")),
          el(
            "ul.rows",
            {},
            ...members.items.map((/** @type {any} */ member) =>
              el(
                "li",
                {},
                el(
                  "strong",
                  {},
                  [...new Set(member.mentions.map((/** @type {any} */ each) => each.name))].join(t("sep")),
                ),
                el(
                  "span.soft",
                  {},
                  ` ${member.mentions
                    .flatMap((/** @type {any} */ each) => each.posts)
                    .map((/** @type {any} */ post) => [post.name, post.role].filter(Boolean).join(" "))
                    .filter(
                      (/** @type {string} */ each, /** @type {number} */ n, /** @type {string[]} */ all) =>
                        all.indexOf(each) === n,
                    )
                    .join(t("sep"))}`,
                ),
                el("span.soft.date", {}, t("entity.member", { n: member.documents })),
                el("code", {}, member.key),
              ),
            ),
          ),
        );
      },
    },
    el("summary", {}, t("entity.names")),
    body,
  );
  return el(
    "section.block.ids",
    {},
    el("h2.visually-hidden", {}, t("entity.names")),
    details,
    el(
      "p.soft",
      {},
      `${t("entity.id")} `,
      el("code", {}, found.id),
      found.former.length ? ` · ${t("entity.former")} ` : null,
      ...found.former.flatMap((/** @type {string} */ id) => [el("code", {}, id), " "]),
    ),
  );
}
