// The review queue: two things that may be one, the reasons, three verdicts, undo.

import { api } from "./api.js";
import { announce, button, el } from "./dom.js";
import { currentLanguage, kept, says, t, typeName } from "./i18n.js";
import { entityLink } from "./parts.js";
import { href } from "./router.js";
import { empty, failure } from "./states.js";
import { mark } from "./types.js";

/** What the articles say of one of the two; a person's posts first, for they tell namesakes apart. */
function told(/** @type {any} */ entity) {
  const list = el("ul.rows.told", { "aria-label": t("edge.evidence") });
  const fill = (/** @type {any} */ { items }) => {
    const posts = items.filter((/** @type {any} */ each) => each.relation === "AFFILIATED_WITH");
    const once = new Map([...posts, ...items].map((each) => [each.evidence[0]?.quote, each]));
    const shown = [...once.values()].slice(0, SHOWN);
    list.replaceChildren(
      ...shown.map((claim) =>
        el(
          "li",
          {},
          el("p.quote", {}, claim.evidence[0]?.quote ?? ""),
          el("a.soft", { href: href("document", claim.document.id) }, claim.document.title ?? claim.document.key),
        ),
      ),
    );
  };
  api.claims(entity.id, { limit: 20 }).then(fill, (error) => list.replaceChildren(el("li", {}, failure(error))));
  return list;
}

/** A reason in the language of the page; its sentence is the API's, in English. */
function because(/** @type {any} */ feature) {
  const key = `review.reason.${feature.name}`;
  return currentLanguage() === "zh" && says(key) ? t(key) : feature.explanation;
}

const SHOWN = 3;
const VERDICTS = /** @type {const} */ ({ s: "same", d: "different", u: "unsure" });

/** @param {import("./main.js").Context} context */
export async function review({ alive }) {
  /** @type {any[]} */
  let pairs = [];
  let total = 0;
  /** @type {any[]} */
  const made = [];
  let deciding = false;
  const by = el("input", {
    type: "text",
    value: kept.get("by") ?? "",
    maxLength: 200,
    autocomplete: "name",
    id: "by",
    required: true,
    onchange: () => kept.set("by", name()),
  });
  const why = el("input", { type: "text", maxLength: 2000, id: "why" });
  const name = () => /** @type {HTMLInputElement} */ (by).value.trim();
  const card = el("div.pair", { "aria-live": "polite" });
  const problem = el("div", { role: "alert" });
  const history = el("ul.rows", {});
  const past = el("section.block", { hidden: true }, el("h2", {}, t("review.history")), history);

  async function load() {
    const page = await api.review({ limit: 20 });
    pairs = page.items;
    total = page.total.count;
  }

  function draw() {
    const [pair] = pairs;
    past.hidden = made.length === 0;
    if (!pair) return card.replaceChildren(empty(t("review.none"), el("p", {}, t("review.noneHint"))));
    const sign = (/** @type {any} */ feature) => feature.points > 0;
    const reasons = (/** @type {boolean} */ good) =>
      pair.features
        .filter((/** @type {any} */ each) => sign(each) === good)
        .map((/** @type {any} */ each) =>
          el(
            "li",
            {},
            el("strong", {}, each.value),
            el("span.soft", { title: each.explanation }, because(each)),
            el("span.count", {}, `${each.points > 0 ? "+" : ""}${Number(each.points).toFixed(1)}`),
          ),
        );
    const side = (/** @type {any} */ entity) =>
      el(
        "div.candidate",
        {},
        el("p.kind", {}, mark(entity.type), typeName(entity.type)),
        el("h2", {}, entityLink(entity)),
        entity.aliases.length ? el("p.soft", {}, entity.aliases.join(t("sep"))) : null,
        el("p.soft", {}, t("count.documents", { n: entity.documents })),
        told(entity),
      );
    card.replaceChildren(
      el("p.soft", {}, `${t("review.left", { n: total })} · ${t("review.score", { p: Math.round(pair.score * 100) })}`),
      el("div.candidates", {}, side(pair.a), side(pair.b)),
      el(
        "div.reasons",
        {},
        ...[true, false]
          .map((good) => ({ good, items: reasons(good) }))
          .filter(({ items }) => items.length)
          .map(({ good, items }) =>
            el("div", {}, el("h3", {}, t(good ? "review.for" : "review.against")), el("ul", {}, ...items)),
          ),
      ),
      el(
        "div.verdicts",
        {},
        ...Object.entries(VERDICTS).map(([key, verdict]) =>
          button(
            [el("span", {}, t(`review.${verdict}`)), el("kbd", { "aria-hidden": "true" }, key.toUpperCase())],
            () => decide(verdict),
            { className: verdict === "same" ? "primary" : "", data: { verdict } },
          ),
        ),
      ),
    );
  }

  async function decide(/** @type {string} */ verdict) {
    const [pair] = pairs;
    if (!pair || deciding) return;
    problem.replaceChildren();
    if (!name()) {
      problem.replaceChildren(el("p.error-text", {}, t("review.needName")));
      by.focus();
      return;
    }
    deciding = true;
    try {
      kept.set("by", name());
      const decision = await api.decide({
        verdict,
        a: pair.a.id,
        b: pair.b.id,
        by: name(),
        why: /** @type {HTMLInputElement} */ (why).value.trim() || null,
      });
      /** @type {HTMLInputElement} */ (why).value = "";
      made.unshift({ decision, pair });
      history.prepend(row(decision, pair, verdict));
      announce(t("review.done", { a: pair.a.name, b: pair.b.name, verdict: t(`review.${verdict}`) }));
      await load();
    } catch (error) {
      if (alive()) problem.replaceChildren(failure(error));
    } finally {
      deciding = false;
    }
    if (alive()) draw();
  }

  const row = (/** @type {any} */ decision, /** @type {any} */ pair, /** @type {string} */ verdict) =>
    el(
      "li",
      { data: { decision: decision.id } },
      el("strong", {}, t(`review.${verdict}`)),
      " ",
      `${pair.a.name} / ${pair.b.name} `,
      button(t("review.undo"), () => undo(decision.id)),
    );

  async function undo(/** @type {string} */ id) {
    const place = made.findIndex((each) => each.decision.id === id);
    if (place < 0) return;
    try {
      await api.undo(id, name());
      const [{ pair }] = made.splice(place, 1);
      history.querySelector(`[data-decision="${CSS.escape(id)}"]`)?.remove();
      announce(t("review.undone", { a: pair.a.name, b: pair.b.name }));
      await load();
      const again = pairs.findIndex((each) => each.a.id === pair.a.id && each.b.id === pair.b.id);
      if (again > 0) pairs.unshift(...pairs.splice(again, 1));
    } catch (error) {
      if (alive()) problem.replaceChildren(failure(error));
    }
    if (alive()) draw();
  }

  function keys(/** @type {KeyboardEvent} */ event) {
    if (
      event.ctrlKey ||
      event.metaKey ||
      event.altKey ||
      /^(INPUT|TEXTAREA|SELECT)$/.test(document.activeElement?.tagName ?? "")
    )
      return;
    const verdict = VERDICTS[/** @type {keyof typeof VERDICTS} */ (event.key.toLowerCase())];
    if (verdict) void decide(verdict);
    else if (event.key.toLowerCase() === "z" && made.length) void undo(made[0].decision.id);
  }

  await load();
  draw();
  addEventListener("keydown", keys);
  return {
    title: t("review.title"),
    nodes: [
      el(
        "div.page.narrow.review-page",
        {},
        el("h1", {}, t("review.title")),
        el("p.soft", {}, t("review.hint")),
        el(
          "div.who",
          {},
          el("label", { for: "by" }, t("review.by")),
          by,
          el("label", { for: "why" }, t("review.why")),
          why,
        ),
        problem,
        card,
        past,
      ),
    ],
    dispose: () => removeEventListener("keydown", keys),
  };
}
