// Pieces that several views share: links to entities, edges as rows, lists that grow, tags.

import { button, el, fresh, icon } from "./dom.js";
import { groupName, period, relationName, t, typeName } from "./i18n.js";
import { edgeKey, href, set } from "./router.js";
import { mark } from "./types.js";

/** Below this, what was read is doubtful enough to say so. */
export const WEAK = 0.3;

/** @param {{id: string, type: string, name: string}} entity */
export const entityLink = (entity, shown = entity.name) =>
  el(
    "a.entity",
    { href: href("entity", entity.id), title: typeName(entity.type) },
    mark(entity.type),
    el("span", {}, shown),
  );

export const tag = (/** @type {string} */ text, kind = "") => el(`span.tag${kind ? `.${kind}` : ""}`, {}, text);

/** What is to be said of an edge beside its ends. */
export function flags(/** @type {any} */ edge) {
  const made = [];
  if (edge.support === 0 && edge.planned > 0) made.push(tag(t("edge.planned"), "planned"));
  if (edge.denied > 0) made.push(tag(t("edge.denied"), "denied"));
  if (edge.confidence < WEAK) {
    const flag = tag(t("edge.weak"), "weak");
    flag.title = t("edge.weakWhy", { c: edge.confidence.toFixed(2) });
    made.push(flag);
  }
  return made;
}

/**
 * Which edge a button opens, for those who hear the page.
 * @param {string} a
 * @param {string} relation
 * @param {string} b
 */
const named = (a, relation, b) =>
  el("span.visually-hidden", {}, t("edge.evidenceFor", { a, relation: relationName(relation), b }));

/** Opens the sentences behind an edge. */
export function evidenceButton(/** @type {any} */ edge, /** @type {string} */ head, /** @type {string} */ tail) {
  return button(
    [
      icon("quote"),
      el("span", {}, t("edge.evidence")),
      el("span.count", {}, String(edge.claims)),
      named(head, edge.relation, tail),
    ],
    () => set({ edge: edgeKey(edge) }),
    {
      className: "evidence-button",
      title: t("edge.supportLong", { n: edge.support + edge.planned }),
      data: { edge: edgeKey(edge) },
    },
  );
}

/**
 * The same as a sign alone, for where many stand in a line.
 * @param {any} head
 * @param {string} relation
 * @param {any} tail
 */
export const quoteButton = (head, relation, tail) =>
  button(
    [icon("quote"), el("span.visually-hidden", {}, t("edge.evidence")), named(head.name, relation, tail.name)],
    () => set({ edge: edgeKey({ head: head.id, relation, tail: tail.id }) }),
    { className: "quote-button plain no-print", title: t("edge.evidence") },
  );

/** An edge as seen from one end: the other end, roles, days, the best quote, the way to the rest. */
export function edgeRow(/** @type {any} */ { entity, direction, edge }, /** @type {{name: string}} */ self) {
  const [head, tail] = direction === "out" ? [self.name, entity.name] : [entity.name, self.name];
  return el(
    "li.edge",
    {},
    el(
      "div.edge-line",
      {},
      entityLink(entity),
      ...edge.roles.map((/** @type {string} */ role) => tag(role)),
      ...flags(edge),
      el("span.soft.date", {}, period(edge.first_date, edge.last_date)),
      evidenceButton(edge, head, tail),
    ),
    el("p.quote", {}, edge.quote),
  );
}

/**
 * A list that grows by a page at a time.
 * @param {(cursor: string | null) => Promise<any>} ask
 * @param {(item: any) => Node} row
 * @param {{ordered?: boolean, step?: number, label?: string}} [options]
 */
export async function growing(ask, row, { step = 20, label } = {}) {
  const rows = el("ul.rows", { "aria-label": label });
  const more = button("", () => page(), { className: "more" });
  /** @type {string | null} */
  let cursor = null;
  let shown = 0;
  let total = 0;
  let counted = "0";
  async function page() {
    more.disabled = true;
    try {
      const answer = await ask(cursor);
      const made = answer.items.map(row);
      rows.append(...made);
      if (shown > 0) made[0]?.querySelector("a, button")?.focus();
      shown += made.length;
      cursor = answer.next;
      total = answer.total.count;
      counted = total.toLocaleString() + (answer.total.exact ? "" : "+");
      more.hidden = cursor === null;
      more.textContent = t("more", { n: Math.min(step, total - shown) });
    } finally {
      more.disabled = false;
    }
  }
  await page();
  return { nodes: [rows, more], total, counted };
}

/** A part of a page with a heading of its own, which the list of contents can lead to. */
export function section(
  /** @type {string} */ title,
  /** @type {any[]} */ children,
  { count = null, id = fresh("s"), actions = [] } = /** @type {any} */ ({}),
) {
  const made = el(
    "section.block",
    { id, "aria-labelledby": `${id}-h` },
    el(
      "div.block-head",
      {},
      el("h2", { id: `${id}-h` }, title, count === null ? null : el("span.count", {}, String(count))),
      ...actions,
    ),
    ...children,
  );
  return made;
}

/** A link that looks like a button, into the graph. */
export const graphLink = (/** @type {string} */ entity) =>
  el("a.button", { href: href("graph", "", { seed: entity }) }, icon("graph"), el("span", {}, t("entity.openGraph")));

export const relationHeading = (/** @type {string} */ relation, /** @type {string} */ direction) =>
  groupName(relation, direction);

/** A word with a button that copies it. */
export function command(/** @type {string} */ line) {
  return el(
    "div.command",
    {},
    el("code", {}, line),
    button(t("copy"), () => navigator.clipboard?.writeText(line), { "aria-label": `${t("copy")}: ${line}` }),
  );
}
