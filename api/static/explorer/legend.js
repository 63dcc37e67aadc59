// The legend of a graph is its filter: every type and relation with its count, on or off.

import { button, el } from "./dom.js";
import { modalityOf } from "./filters.js";
import { relationName, t, typeName } from "./i18n.js";
import { WEAK } from "./parts.js";
import { route, set } from "./router.js";
import { TYPES, byRelation, mark } from "./types.js";

const replace = { replace: true };

/** @param {import("./model.js").Model} model @param {import("./filters.js").Filters} filters */
export function legend(model, filters) {
  const nodes = [...model.nodes.values()];
  const edges = [...model.edges.values()];
  const tally = (/** @type {any[]} */ items, /** @type {(item: any) => string} */ of) =>
    items.reduce((counts, item) => counts.set(of(item), (counts.get(of(item)) ?? 0) + 1), new Map());
  const types = tally(nodes, (node) => node.type);
  const strong = edges.filter((edge) => filters.weak || edge.confidence >= WEAK);
  const relations = tally(strong, (edge) => edge.relation);
  const modalities = tally(strong, modalityOf);
  const roles = [
    ...tally(
      strong.flatMap((edge) => edge.roles),
      (role) => role,
    ),
  ].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
  const weak = edges.filter((edge) => edge.confidence < WEAK).length;
  const toggle = (/** @type {string} */ name, /** @type {Set<string>} */ off, /** @type {string} */ value) => {
    const next = new Set(off);
    if (!next.delete(value)) next.add(value);
    set({ [name]: [...next].join(",") || null }, replace);
  };
  const box = (
    /** @type {string} */ name,
    /** @type {Set<string>} */ off,
    /** @type {string} */ value,
    /** @type {any[]} */ label,
    /** @type {number} */ count,
  ) =>
    el(
      "label.check",
      {},
      el("input", {
        type: "checkbox",
        name,
        value,
        checked: !off.has(value),
        onchange: () => toggle(name, off, value),
      }),
      ...label,
      el("span.count", {}, count),
    );
  const active = ["notype", "norel", "nomod", "role", "from", "to"].some((name) => route().params.has(name));
  const day = (/** @type {string} */ name, /** @type {string} */ value) =>
    el(
      "label.day",
      {},
      el("span", {}, t(name === "from" ? "graph.from" : "graph.to")),
      el("input", {
        type: "date",
        name,
        value,
        onchange: (/** @type {any} */ event) => set({ [name]: event.target.value || null }, replace),
      }),
    );
  if (!nodes.length) return [el("h2", {}, t("graph.legend"))];
  return [
    el(
      "div.block-head",
      {},
      el("h2", {}, t("graph.legend")),
      button(t("close"), () => document.querySelector(".workspace")?.classList.remove("legend-open"), {
        className: "only-narrow",
      }),
    ),
    el(
      "fieldset",
      {},
      el("legend", {}, t("graph.types")),
      ...TYPES.filter((type) => types.has(type)).map((type) =>
        box("notype", filters.types, type, [mark(type), el("span", {}, typeName(type))], types.get(type)),
      ),
    ),
    relations.size
      ? el(
          "fieldset",
          {},
          el("legend", {}, t("graph.relations")),
          ...[...relations]
            .map(([relation, count]) => ({ relation, count }))
            .sort(byRelation)
            .map(({ relation, count }) =>
              box("norel", filters.relations, relation, [el("span", {}, relationName(relation))], count),
            ),
        )
      : "",
    modalities.size > 1 || filters.modality.size
      ? el(
          "fieldset",
          {},
          el("legend", {}, t("graph.modality")),
          ...["held", "planned"]
            .filter((each) => modalities.has(each))
            .map((each) =>
              box(
                "nomod",
                filters.modality,
                each,
                [el(`span.line.${each}`, { "aria-hidden": "true" }), el("span", {}, t(`graph.modality.${each}`))],
                modalities.get(each),
              ),
            ),
        )
      : "",
    roles.length
      ? el(
          "label.field",
          {},
          el("span", {}, t("graph.roles")),
          el(
            "select",
            {
              name: "role",
              onchange: (/** @type {any} */ event) => set({ role: event.target.value || null }, replace),
            },
            el("option", { value: "" }, t("graph.anyRole")),
            ...roles.map(([role, count]) =>
              el("option", { value: role, selected: role === filters.role }, `${role} ${count}`),
            ),
          ),
        )
      : "",
    el("fieldset", {}, el("legend", {}, t("graph.dates")), day("from", filters.from), day("to", filters.to)),
    weak
      ? el(
          "label.check",
          {},
          el("input", {
            type: "checkbox",
            name: "weak",
            checked: filters.weak,
            onchange: (/** @type {any} */ event) => set({ weak: event.target.checked ? "1" : null }, replace),
          }),
          el("span", {}, t("graph.weak")),
          el("span.count", {}, weak),
        )
      : "",
    active
      ? button(
          t("graph.reset"),
          () => set({ notype: null, norel: null, nomod: null, role: null, from: null, to: null }, replace),
          { className: "more" },
        )
      : "",
  ].filter(Boolean);
}
