// A forum as a page that one would print: who made it, who spoke on what, what was signed and announced.

import { Problem, all, api } from "./api.js";
import { button, el } from "./dom.js";
import { groupName, period, relationName, t } from "./i18n.js";
import { entityLink, evidenceButton, flags, growing, quoteButton, section, tag } from "./parts.js";
import { href } from "./router.js";

/** Speakers shown at a time. */
const ROWS = 60;
const HOSTS = ["HOSTED_BY", "CO_HOSTED_BY", "ORGANIZED_BY", "SUPPORTED_BY"];

/**
 * @param {any} forum an entity of type Forum
 * @param {any} near its edges
 * @returns what its page has beside that of every entity
 */
export async function forumParts(forum, near) {
  const [edges, first] = await Promise.all([
    near.of([...HOSTS, "HELD_IN"], "out"),
    near.page("SPEAKER_AT", "in", ROWS, null),
  ]);
  const { count } = first.total;
  const [posts, talks] = await Promise.all([
    count > 0 && count <= 300 ? postsOf(forum.id) : new Map(),
    count ? topicsOf(forum.id) : new Map(),
  ]);
  const blocks = [];
  const hosts = edges.filter((/** @type {any} */ each) => each.edge.relation !== "HELD_IN");
  if (hosts.length)
    blocks.push(section(t("forum.hosts"), [hostList(forum, hosts)], { count: hosts.length, id: "hosts" }));
  if (count)
    blocks.push(
      section(t("forum.programme"), programme(forum, near, first, posts, talks), {
        count: count.toLocaleString(),
        id: "programme",
      }),
    );
  const done = await Promise.all([
    listed("signings", t("forum.signings"), (query) => api.signings(forum.id, query), signing),
    listed(
      "announcements",
      t("forum.announcements"),
      (query) => api.announcements(forum.id, query),
      (each) => announcement(each, forum),
    ),
  ]);
  return { blocks: [...blocks, ...done.filter((each) => each !== null)], lead: lead(forum, edges) };
}

/**
 * What was done there, as a part of the page where there is any.
 * @param {string} id
 * @param {string} title
 * @param {(query: any) => Promise<any>} ask
 * @param {(each: any) => Node} row
 */
async function listed(id, title, ask, row) {
  const list = await growing((cursor) => ask({ evidence: 1, limit: 20, cursor }), row, { label: title });
  return list.total ? section(title, list.nodes, { count: list.total, id }) : null;
}

const planned = (/** @type {{status: string}} */ { status }) =>
  status === "planned" ? tag(t("edge.planned"), "planned") : null;

/** The words of the first claim. */
const quoted = (/** @type {any[]} */ [claim]) =>
  claim ? el("p.quote", {}, claim.evidence.map((/** @type {any} */ each) => each.quote).join(" … ")) : null;

/** Two who signed with each other, and what. */
const signing = (/** @type {any} */ deal) =>
  el(
    "li.edge",
    {},
    el(
      "div.edge-line",
      {},
      entityLink(deal.head),
      el("span.soft", {}, relationName(deal.relation)),
      entityLink(deal.tail),
      ...[...new Set(deal.evidence.map((/** @type {any} */ claim) => claim.role).filter(Boolean))].map((role) =>
        tag(String(role)),
      ),
      planned(deal),
      quoteButton(deal.head, deal.relation, deal.tail),
    ),
    quoted(deal.evidence),
  );

/** What was announced or launched there, by whom. */
const announcement = (/** @type {any} */ { entity, status, launchers, evidence }, /** @type {any} */ forum) =>
  el(
    "li.edge",
    {},
    el(
      "div.edge-line",
      {},
      entityLink(entity),
      planned({ status }),
      evidence.length ? quoteButton(entity, "ANNOUNCED_AT", forum) : null,
    ),
    launchers.length
      ? el(
          "p.soft.by",
          {},
          t("forum.by"),
          ...launchers.map((/** @type {any} */ each) =>
            el("span.event", {}, entityLink(each.entity), planned(each), quoteButton(each.entity, "LAUNCHED", entity)),
          ),
        )
      : null,
    quoted(evidence),
  );

/** When, where, of which series: the lines below the name. */
function lead(/** @type {any} */ forum, /** @type {any[]} */ edges) {
  const venues = edges.filter((each) => each.edge.relation === "HELD_IN" && each.edge.confidence >= 0.3);
  const dated = edges.find((each) => each.edge.first_date)?.edge;
  const rows = [];
  if (dated) rows.push([t("forum.when"), period(dated.first_date, dated.last_date)]);
  if (venues.length)
    rows.push([t("forum.where"), el("span.inline", {}, ...venues.map((each) => entityLink(each.entity)))]);
  if (forum.series)
    rows.push([
      t("forum.series"),
      el(
        "span.inline",
        {},
        el("a", { href: href("series", forum.id) }, forum.series.name),
        el("span.soft", {}, t("count.editions", { n: forum.series.editions.length })),
      ),
    ]);
  return rows.length
    ? el("dl.lead", {}, ...rows.map(([term, what]) => el("div", {}, el("dt", {}, term), el("dd", {}, what))))
    : null;
}

function hostList(/** @type {any} */ forum, /** @type {any[]} */ hosts) {
  return el(
    "dl.hosts",
    {},
    ...HOSTS.flatMap((relation) => {
      const of = hosts.filter((each) => each.edge.relation === relation);
      return of.length
        ? [
            el("dt", {}, groupName(relation, "out")),
            el(
              "dd",
              {},
              el(
                "ul",
                {},
                ...of.map(({ entity, edge }) =>
                  el(
                    "li",
                    {},
                    entityLink(entity),
                    ...edge.roles
                      .filter(
                        (/** @type {string} */ role) =>
                          of.some((each) => each.edge.roles.join() !== edge.roles.join()) ||
                          relation === "SUPPORTED_BY",
                      )
                      .map((/** @type {string} */ role) => tag(role)),
                    ...flags(edge),
                    evidenceButton(edge, forum.name, entity.name),
                  ),
                ),
              ),
            ),
          ]
        : [];
    }),
  );
}

/**
 * @param {any} forum
 * @param {any} near
 * @param {any} first the first page of speakers
 * @param {Map<string, string[]>} posts
 * @param {Map<string, string[]>} talks
 */
function programme(forum, near, first, posts, talks) {
  const topics = [...talks.values()].some((each) => each.length);
  const row = (/** @type {any} */ { entity, edge }) =>
    el(
      "tr",
      {},
      el(
        "th",
        { scope: "row" },
        entityLink(entity),
        (posts.get(entity.id) ?? []).length ? el("span.post", {}, (posts.get(entity.id) ?? []).join(t("sep"))) : null,
      ),
      el("td", {}, ...edge.roles.map((/** @type {string} */ role) => tag(role)), ...flags(edge)),
      topics ? el("td", {}, (talks.get(entity.id) ?? []).join("；")) : null,
      el("td.no-print", {}, evidenceButton(edge, entity.name, forum.name)),
    );
  const body = el("tbody", {});
  const more = button("", async () => show(await near.page("SPEAKER_AT", "in", ROWS, cursor)), { className: "more" });
  /** @type {string | null} */
  let cursor = null;
  function show(/** @type {any} */ page) {
    body.append(...page.items.map(row));
    cursor = page.next;
    more.hidden = cursor === null;
    more.textContent = t("more", { n: Math.min(ROWS, page.total.count - body.childElementCount) });
  }
  show(first);
  const head = [t("forum.speaker"), t("forum.role"), ...(topics ? [t("forum.topic")] : [])];
  return [
    el(
      "table.programme",
      {},
      el(
        "thead",
        {},
        el(
          "tr",
          {},
          ...head.map((name) => el("th", { scope: "col" }, name)),
          el("th.no-print", { scope: "col" }, t("forum.evidence")),
        ),
      ),
      body,
    ),
    more,
  ];
}

/** What each speaker spoke on, as claims tell it. @returns {Promise<Map<string, string[]>>} */
async function topicsOf(/** @type {string} */ id) {
  const topics = new Map();
  for (const claim of await all(
    (query) => api.claims(id, query),
    { relation: "SPEAKER_AT", modality: ["held", "planned"] },
    300,
  )) {
    const known = topics.get(claim.subject.id) ?? [];
    if (claim.topic && !known.includes(claim.topic)) known.push(claim.topic);
    topics.set(claim.subject.id, known);
  }
  return topics;
}

/** Posts of the speakers: one question for all of them. @returns {Promise<Map<string, string[]>>} */
async function postsOf(/** @type {string} */ id) {
  let found;
  try {
    found = await api.around(id, { depth: 2, relation: ["SPEAKER_AT", "AFFILIATED_WITH"], limit: 600 });
  } catch (error) {
    if (!(error instanceof Problem && error.status === 403)) throw error;
    // A key that only reads may not export: then the posts that are told with the speeches.
    const speakers = await all((query) => api.speakers(id, query), { evidence: 0 }, 300);
    return new Map(
      speakers.map((each) => [
        each.entity.id,
        each.posts.map((/** @type {any} */ post) => `${post.organization.name}${post.title ?? ""}`),
      ]),
    );
  }
  const names = new Map(found.nodes.map((/** @type {any} */ node) => [node.id, node.name]));
  const posts = new Map();
  for (const edge of found.edges) {
    if (edge.relation !== "AFFILIATED_WITH" || edge.confidence < 0.3) continue;
    const all_ = posts.get(edge.source) ?? [];
    // The most complete title of each place is enough.
    const role = [...(edge.roles ?? [])].sort((a, b) => b.length - a.length)[0] ?? "";
    all_.push(`${names.get(edge.target) ?? ""}${role}`);
    posts.set(edge.source, all_);
  }
  return posts;
}
