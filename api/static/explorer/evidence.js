// The drawer: what articles say behind an edge, each sentence highlighted in its surroundings.

import { api } from "./api.js";
import { button, el, icon } from "./dom.js";
import { relationName, t } from "./i18n.js";
import { entityLink, tag } from "./parts.js";
import { href, set } from "./router.js";
import { failure, loading } from "./states.js";
import { Text } from "./text.js";

const FIRST = 6;

/** @type {Map<string, Promise<any>>} */
const documents = new Map();

/** A document, asked for once while the page is open. */
function documentOf(/** @type {string} */ id) {
  let found = documents.get(id);
  if (!found) {
    found = api.document(id);
    found.catch(() => documents.delete(id));
    documents.set(id, found);
    if (documents.size > 50) documents.delete(/** @type {string} */ (documents.keys().next().value));
  }
  return found;
}

/**
 * The sentences around each quote, with the quote marked and the two names of the claim in it told apart.
 * @param {any} found the document @param {any} claim
 */
function passages(found, claim) {
  const text = new Text(found.text);
  const named = found.mentions
    .filter((/** @type {any} */ each) => [claim.subject.id, claim.object.id].includes(each.entity.id))
    .flatMap((/** @type {any} */ each) =>
      each.spans.map((/** @type {[number, number]} */ [start, end]) => ({ start, end, type: each.entity.type })),
    );
  /** @type {[number, number][]} */
  const joined = [];
  for (const [from, to] of claim.evidence
    .map((/** @type {any} */ each) => text.around(each.start, each.end))
    .sort((/** @type {number[]} */ a, /** @type {number[]} */ b) => a[0] - b[0])) {
    const last = joined.at(-1);
    if (last && from <= last[1]) last[1] = Math.max(last[1], to);
    else joined.push([from, to]);
  }
  return joined.map((span) => el("blockquote", {}, ...marked(text, span, claim.evidence, named)));
}

/** A part of a text with quotes marked and names in them emphasised; both may overlap. */
function marked(
  /** @type {Text} */ text,
  /** @type {[number, number]} */ [from, to],
  /** @type {any[]} */ quotes,
  /** @type {any[]} */ names,
) {
  const cuts = [...new Set([from, to, ...[...quotes, ...names].flatMap(({ start, end }) => [start, end])])]
    .filter((cut) => cut >= from && cut <= to)
    .sort((a, b) => a - b);
  const covers = (/** @type {any} */ each, /** @type {number} */ start, /** @type {number} */ end) =>
    each.start <= start && each.end >= end;
  /** @type {Node[]} */
  const made = [];
  cuts.slice(0, -1).forEach((start, place) => {
    const end = cuts[place + 1];
    const words = text.slice(start, end);
    const name = names.find((each) => covers(each, start, end));
    const piece = name ? el(`strong.named.${name.type}`, {}, words) : document.createTextNode(words);
    if (!quotes.some((each) => covers(each, start, end))) made.push(piece);
    else if (/** @type {any} */ (made.at(-1))?.tagName === "MARK")
      /** @type {HTMLElement} */ (made.at(-1)).append(piece);
    else made.push(el("mark", {}, piece));
  });
  return made;
}

/** A claim with its sentences; the words around them come when the article is there. */
export function claimCard(/** @type {any} */ claim, { withText = true } = {}) {
  const { document } = claim;
  const body = el(
    "div.passages",
    {},
    ...claim.evidence.map((/** @type {any} */ each) => el("blockquote", {}, el("mark", {}, each.quote))),
  );
  if (withText) {
    documentOf(document.id)
      .then((found) => body.replaceChildren(...passages(found, claim)))
      .catch(() => {
        // The quotes stand there already; only the words around them are missing.
      });
  }
  return el(
    "article.claim",
    { data: { claim: claim.id } },
    el(
      "p.claim-head",
      {},
      entityLink(claim.subject),
      el("span.relation", {}, relationName(claim.relation)),
      entityLink(claim.object),
    ),
    el(
      "p.claim-meta",
      {},
      tag(t(`evidence.modality.${claim.modality}`), claim.modality),
      claim.role ? tag(claim.role) : null,
      claim.date_from
        ? el(
            "span.soft",
            {},
            claim.date_from === claim.date_to
              ? claim.date_from
              : t("date.range", { from: claim.date_from, to: claim.date_to ?? "" }),
          )
        : null,
      claim.at ? el("span.soft", {}, t("evidence.at", { name: claim.at.name })) : null,
      claim.topic ? el("span.soft", {}, t("evidence.topic", { topic: claim.topic })) : null,
    ),
    body,
    el(
      "footer",
      {},
      el(
        "a",
        { href: href("document", document.id, { claim: claim.id }) },
        document.title ?? document.key ?? t("evidence.untitled"),
      ),
      el("span.soft", {}, [document.source, document.date].filter(Boolean).join(" · ")),
      el("span.soft.rule", {}, t("evidence.rule", { rule: claim.rule, c: claim.confidence.toFixed(2) })),
    ),
  );
}

/** @type {HTMLElement | null} */
let opener = null;
let shown = "";

/** Show what stands behind the edge that the address names; without one, close. */
export async function showEvidence(/** @type {string | null} */ key) {
  const drawer = /** @type {HTMLElement} */ (document.getElementById("drawer"));
  if (!key) {
    if (!drawer.hidden) {
      drawer.hidden = true;
      document.body.classList.remove("with-drawer");
      if (drawer.contains(document.activeElement) || document.activeElement === document.body) back();
    }
    shown = "";
    return;
  }
  if (key === shown && !drawer.hidden) return;
  if (drawer.hidden) opener = /** @type {HTMLElement} */ (document.activeElement);
  shown = key;
  const [head, relation, tail] = key.split("~");
  const heading = el("h2", { tabIndex: -1 }, t("evidence.title"));
  const body = el("div.drawer-body", { "aria-live": "polite" }, loading());
  drawer.replaceChildren(
    el(
      "div.drawer-head",
      {},
      heading,
      button(icon("close"), closeEvidence, { "aria-label": t("close"), className: "plain" }),
    ),
    body,
  );
  drawer.hidden = false;
  document.body.classList.add("with-drawer");
  heading.focus({ preventScroll: true });
  try {
    const claims = await api.edgeClaims(head, relation, tail, 100);
    if (shown !== key) return;
    if (!claims.length) return body.replaceChildren(el("p", {}, t("evidence.none")));
    heading.append(el("span.count", {}, t("evidence.count", { n: claims.length })));
    const cards = el("div.cards", {}, ...claims.slice(0, FIRST).map((/** @type {any} */ claim) => claimCard(claim)));
    const rest = claims.slice(FIRST);
    body.replaceChildren(
      cards,
      ...(rest.length
        ? [
            button(
              t("evidence.more", { n: rest.length }),
              (event) => {
                /** @type {HTMLElement} */ (event.target).remove();
                cards.append(...rest.map((/** @type {any} */ claim) => claimCard(claim)));
              },
              { className: "more" },
            ),
          ]
        : []),
    );
  } catch (error) {
    if (shown === key) body.replaceChildren(failure(error));
  }
}

export const closeEvidence = () => set({ edge: null });

function back() {
  const same = opener?.dataset?.edge
    ? /** @type {HTMLElement | null} */ (document.querySelector(`[data-edge="${CSS.escape(opener.dataset.edge)}"]`))
    : opener;
  if (same?.isConnected) same.focus({ preventScroll: true });
  opener = null;
}
