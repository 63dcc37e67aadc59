// Articles: the list, and one with its claims highlighted where they stand.

import { api } from "./api.js";
import { button, el, icon } from "./dom.js";
import { relationName, t, typeName } from "./i18n.js";
import { entityLink, growing, section } from "./parts.js";
import { go, href, set } from "./router.js";
import { empty } from "./states.js";
import { Text } from "./text.js";

/** @param {import("./main.js").Context} context */
export async function documents({ route }) {
  const q = route.params.get("q") ?? "";
  const list = await growing(
    (cursor) => api.documents({ q, limit: 20, cursor }),
    (each) =>
      el(
        "li.hit",
        {},
        el("a", { href: href("document", each.id) }, each.title ?? each.key),
        el("span.soft", {}, [each.source, each.date].filter(Boolean).join(" · ")),
        el(
          "span.soft.date",
          {},
          `${t("count.entities", { n: each.entities })} · ${t("count.claims", { n: each.claims })}`,
        ),
      ),
    { label: t("documents.title") },
  );
  const field = el("input", {
    type: "search",
    value: q,
    maxLength: 200,
    "aria-label": t("documents.search"),
    placeholder: t("documents.search"),
  });
  return {
    title: t("documents.title"),
    nodes: [
      el(
        "div.page.narrow",
        {},
        el(
          "div.block-head",
          {},
          el("h1", {}, t("documents.title"), el("span.count", {}, list.counted)),
          el("a.button", { href: href("ingest") }, icon("upload"), el("span", {}, t("ingest.title"))),
        ),
        el(
          "form.find",
          {
            role: "search",
            "aria-label": t("documents.search"),
            onsubmit: (/** @type {Event} */ event) => {
              event.preventDefault();
              go(href("documents", "", { q: /** @type {any} */ (field).value.trim() }));
            },
          },
          field,
        ),
        ...(list.total ? list.nodes : [empty(t("documents.none"))]),
      ),
    ],
  };
}

/** An address that a page may lead to; others are only told. */
const isWeb = (/** @type {string | null} */ url) => /^https?:\/\//i.test(url ?? "");

/** @param {import("./main.js").Context} context */
export async function document_({ route }) {
  const found = await api.document(route.id);
  const text = new Text(found.text);
  const body = el("div.text", { lang: "zh" }, ...pieces(text, found));
  const list = el(
    "ul.rows.claims-list",
    {},
    ...found.claims.map((/** @type {any} */ claim) =>
      el(
        "li",
        {},
        button(
          [
            el("span", {}, claim.subject.name),
            el("span.relation", {}, relationName(claim.relation)),
            el("span", {}, claim.object.name),
            claim.modality === "held" ? "" : el("span.tag", {}, t(`evidence.modality.${claim.modality}`)),
          ],
          () => set({ claim: claim.id }),
          { className: "claim-button", data: { claim: claim.id }, "aria-pressed": "false" },
        ),
      ),
    ),
  );
  function highlight(/** @type {string | null} */ id, /** @type {boolean} */ scroll) {
    const claim = found.claims.find((/** @type {any} */ each) => each.id === id);
    const spans = claim?.evidence ?? [];
    for (const piece of body.querySelectorAll("[data-at]")) {
      const [start, end] = /** @type {HTMLElement} */ (piece).dataset.at?.split("-").map(Number) ?? [0, 0];
      piece.classList.toggle(
        "lit",
        spans.some((/** @type {any} */ span) => start < span.end && end > span.start),
      );
    }
    for (const each of list.querySelectorAll("[data-claim]"))
      each.setAttribute("aria-pressed", String(/** @type {HTMLElement} */ (each).dataset.claim === id));
    if (claim && scroll) body.querySelector(".lit")?.scrollIntoView({ block: "center" });
  }
  const claimOf = (/** @type {URLSearchParams} */ params) => params.get("claim");
  return {
    title: found.title ?? found.key,
    nodes: [
      el(
        "div.page.document-page",
        {},
        el(
          "article.content",
          {},
          el("p.kind", {}, t("type.document")),
          el("h1", {}, found.title ?? found.key),
          el(
            "p.soft",
            {},
            [found.source, found.date].filter(Boolean).join(" · "),
            isWeb(found.url)
              ? el(
                  "a.original",
                  { href: found.url, rel: "noreferrer noopener", target: "_blank" },
                  t("document.original"),
                )
              : null,
          ),
          body,
        ),
        el(
          "div.side",
          {},
          section(t("document.claims"), found.claims.length ? [list] : [el("p.soft", {}, t("document.none"))], {
            count: found.claims.length,
          }),
          section(
            t("document.mentions"),
            [
              el(
                "ul.chips",
                {},
                ...found.mentions.map((/** @type {any} */ each) => el("li", {}, entityLink(each.entity))),
              ),
            ],
            { count: found.mentions.length },
          ),
        ),
      ),
    ],
    started: () => highlight(claimOf(route.params), true),
    update: (/** @type {import("./router.js").Route} */ next) => highlight(claimOf(next.params), true),
  };
}

/** The text cut wherever a mention or a quote begins or ends; the innermost mention is the link. */
function pieces(/** @type {Text} */ text, /** @type {any} */ found) {
  const spans = found.mentions.flatMap((/** @type {any} */ each) =>
    each.spans.map((/** @type {[number, number]} */ [start, end]) => ({ start, end, entity: each.entity })),
  );
  spans.sort((/** @type {any} */ a, /** @type {any} */ b) => a.end - a.start - (b.end - b.start));
  const cuts = [
    ...new Set([
      0,
      text.length,
      ...spans.flatMap((/** @type {any} */ each) => [each.start, each.end]),
      ...found.claims.flatMap((/** @type {any} */ claim) =>
        claim.evidence.flatMap((/** @type {any} */ each) => [each.start, each.end]),
      ),
    ]),
  ].sort((a, b) => a - b);
  return cuts.slice(0, -1).map((start, place) => {
    const end = cuts[place + 1];
    const inside = spans.find((/** @type {any} */ each) => each.start <= start && each.end >= end);
    const data = { at: `${start}-${end}` };
    const words = text.slice(start, end);
    return inside
      ? el(
          `a.mention.${inside.entity.type}`,
          {
            href: href("entity", inside.entity.id),
            title: `${typeName(inside.entity.type)} · ${inside.entity.name}`,
            data,
          },
          words,
        )
      : el("span", { data }, words);
  });
}
