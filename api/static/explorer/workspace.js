// The graph view: canvas or table, legend with filters, details of what is selected, paths. Its state is the address.

import { api } from "./api.js";
import { Canvas } from "./canvas.js";
import { announce, button, el, icon } from "./dom.js";
import { exportMenu } from "./exporting.js";
import { filtersOf, seen } from "./filters.js";
import { relationName, t } from "./i18n.js";
import { legend } from "./legend.js";
import { Model } from "./model.js";
import { ends } from "./ontology.js";
import { details, groupDetails } from "./details.js";
import { entityLink } from "./parts.js";
import { edgeKey, go, href, route as current, set } from "./router.js";
import { failure, loading } from "./states.js";
import { edgeTable } from "./table.js";

const list = (/** @type {string | null} */ words) => (words ?? "").split(",").filter(Boolean);

/** @param {import("./main.js").Context} context */
export async function workspace({ alive }) {
  const model = new Model();
  model.ends = ends();
  /** @type {Canvas | null} */
  let canvas = null;
  let seed = "";
  let pathIds = "";
  let followed = "";
  /** @type {any} */
  let path = null;
  let busy = Promise.resolve();

  const box = el("div.canvas", {});
  const table = el("div.table-view", { hidden: true });
  const panel = el("aside.details", { hidden: true, "aria-label": t("graph.details") });
  const side = el("aside.legend", { id: "legend", "aria-label": t("graph.legend") });
  const status = el("p.status", { role: "status" });
  const note = el("div.graph-note", { hidden: true, role: "status" });
  const blank = el("div.blank", { hidden: true });
  const view = el(
    "div.workspace",
    {},
    side,
    el(
      "div.stage",
      {},
      box,
      table,
      blank,
      note,
      el(
        "div.canvas-tools",
        { role: "group", "aria-label": t("graph.tools") },
        button(
          [icon("filter"), el("span", {}, t("graph.filterButton"))],
          () => {
            const open = view.classList.toggle("legend-open");
            if (open) /** @type {HTMLElement | null} */ (side.querySelector("input, button"))?.focus();
          },
          { className: "only-narrow", "aria-controls": "legend" },
        ),
        button([icon("layout"), el("span.wide-only", {}, t("graph.layout"))], () => canvas?.layout(model.pins), {
          "aria-label": t("graph.layout"),
          title: t("graph.layout"),
          className: "of-canvas",
        }),
        button(
          [icon("table"), el("span.wide-only", {}, t("graph.table"))],
          () => set({ as: current().params.get("as") === "table" ? null : "table" }),
          { "aria-label": t("graph.table"), "aria-pressed": "false", data: { tool: "table" } },
        ),
        exportMenu(
          () => part(),
          () => canvas,
          () => seed,
        ),
        button(icon("plus"), () => canvas?.zoom(1.25), {
          "aria-label": t("graph.in"),
          title: t("graph.in"),
          className: "square of-canvas",
        }),
        button(icon("minus"), () => canvas?.zoom(0.8), {
          "aria-label": t("graph.out"),
          title: t("graph.out"),
          className: "square of-canvas",
        }),
        button(icon("fit"), () => canvas?.fit(), {
          "aria-label": t("graph.fit"),
          title: t("graph.fit"),
          className: "square of-canvas",
        }),
      ),
      status,
    ),
    panel,
  );

  const part = () => seen(model, filtersOf(current().params), new Set([seed, ...list(current().params.get("sel"))]));

  /** One change after another: the next begins when the one before is drawn. */
  function then(/** @type {() => Promise<void>} */ work) {
    busy = busy.then(async () => {
      if (!alive()) return;
      view.classList.add("busy");
      try {
        await work();
      } catch (error) {
        if (alive()) tell([failure(error)]);
      } finally {
        view.classList.remove("busy");
      }
    });
    return busy;
  }

  function tell(/** @type {any[]} */ words) {
    note.hidden = words.length === 0;
    note.replaceChildren(...words);
  }

  /** The address as the model now is. */
  const state = () => ({
    seed: null,
    n: [...model.nodes.keys()].join(","),
    g: [...model.groups.keys()].join(",") || null,
  });

  const actions = {
    expand: (/** @type {string} */ id, only = {}) =>
      then(async () => {
        await model.expand(id, only);
        set({ ...state(), sel: current().params.get("sel") });
        draw(true);
        announce(t("graph.shown", { n: part().nodes.size, m: part().edges.size }));
      }),
    unfold: (/** @type {string} */ id) =>
      then(async () => {
        await model.unfold(id);
        set({ ...state(), sel: model.groups.has(id) ? id : null });
        draw(true);
        announce(t("graph.shown", { n: part().nodes.size, m: part().edges.size }));
      }),
    remove: (/** @type {string} */ id) => {
      model.remove(id);
      set({ ...state(), sel: null, pin: pins(), path: null });
    },
    pin: (/** @type {string} */ id, /** @type {{x: number, y: number} | null} */ at) => {
      if (at) model.pins.set(id, { x: Math.round(at.x), y: Math.round(at.y) });
      else model.pins.delete(id);
      set({ pin: pins() }, { replace: true });
      draw(false);
    },
    where: (/** @type {string} */ id) => canvas?.cy.getElementById(id).position() ?? { x: 0, y: 0 },
    startPath: (/** @type {string} */ id) => set({ from_: id, path: null }, { replace: true }),
    close: () => set({ sel: null }, { replace: true }),
  };
  const pins = () => [...model.pins].map(([id, { x, y }]) => `${id}:${x}:${y}`).join(",") || null;

  function touch(/** @type {string} */ id) {
    const from = current().params.get("from_");
    if (from && from !== id) set({ from_: null, path: `${from}~${id}` });
    else set({ sel: id }, { replace: current().params.has("sel") });
  }

  function keys(/** @type {string} */ key, /** @type {string} */ id) {
    if (key === "e" || key === "E") void (model.groups.has(id) ? actions.unfold(id) : actions.expand(id));
    else if ((key === "p" || key === "P") && model.nodes.has(id))
      actions.pin(id, model.pins.has(id) ? null : actions.where(id));
    else if ((key === "Delete" || key === "Backspace") && model.nodes.has(id)) actions.remove(id);
    else return false;
    return true;
  }

  function draw(/** @type {boolean} */ moved) {
    if (!alive() || !box.isConnected) return;
    const { params } = current();
    const shown = part();
    canvas ??= new Canvas(
      box,
      {
        onNode: touch,
        onEdge: (key) => set({ edge: edgeKey(model.edges.get(key)) }),
        onGroup: (id) => set({ sel: id }),
        onOpen: (id) => void (model.groups.has(id) ? actions.unfold(id) : actions.expand(id)),
        onBackground: () => params.has("sel") && set({ sel: null }, { replace: true }),
        onMoved: (id, at) => actions.pin(id, at),
        onKey: keys,
      },
      { label: t("graph.canvas") },
    );
    const added = canvas.show(shown, { seed, pins: model.pins, origin: model.origin });
    if (added && moved) canvas.layout(model.pins);
    canvas.path(
      path
        ? [
            ...path.entities.map((/** @type {any} */ each) => each.id),
            ...path.edges.map((/** @type {any} */ each) => edgeKey(each.edge)),
          ]
        : [],
    );
    canvas.choose(params.get("edge") ?? params.get("sel") ?? "");
    const asTable = params.get("as") === "table";
    box.hidden = asTable || model.nodes.size === 0;
    table.hidden = !asTable || model.nodes.size === 0;
    view.querySelector("[data-tool=table]")?.setAttribute("aria-pressed", String(asTable));
    if (asTable) table.replaceChildren(edgeTable(shown));
    const hand = /** @type {HTMLInputElement | null} */ (
      side.contains(document.activeElement) ? document.activeElement : null
    );
    side.replaceChildren(...legend(model, filtersOf(params)));
    // The legend was drawn anew: the focus stays where the hand is.
    if (hand?.name)
      /** @type {HTMLElement | undefined} */ (
        [.../** @type {any} */ (side.querySelectorAll("input, select"))].find(
          (each) => each.name === hand.name && (each.type !== "checkbox" || each.value === hand.value),
        )
      )?.focus();
    status.textContent = model.nodes.size
      ? t("graph.shown", { n: shown.nodes.size, m: shown.edges.size }) +
        (shown.hidden ? ` · ${t("graph.hidden", { n: shown.hidden })}` : "")
      : "";
    view.classList.toggle("is-empty", model.nodes.size === 0);
    view.classList.toggle("is-table", asTable);
    void select(params.get("sel"));
    pathNote(params);
  }

  let selected = "";
  async function select(/** @type {string | null} */ id) {
    const group = id ? model.groups.get(id) : undefined;
    const node = id ? model.nodes.get(id) : undefined;
    panel.hidden = !group && !node;
    view.classList.toggle("with-details", !panel.hidden);
    if (group) panel.replaceChildren(...groupDetails(group, model, actions));
    else if (node) {
      if (selected !== id) panel.replaceChildren(loading());
      const content = await details(node.id, model, actions);
      if (alive() && current().params.get("sel") === id) panel.replaceChildren(...content);
    }
    selected = id ?? "";
  }

  function pathNote(/** @type {URLSearchParams} */ params) {
    const from = model.nodes.get(params.get("from_") ?? "");
    if (from)
      return tell([
        el("p", {}, t("graph.pathPick", { name: from.name })),
        button(t("graph.pathCancel"), () => set({ from_: null }, { replace: true })),
      ]);
    if (!path) return tell([]);
    const steps = path.entities.flatMap((/** @type {any} */ entity, /** @type {number} */ n) => {
      const edge = path.edges[n]?.edge;
      return [
        el("li", {}, entityLink(entity)),
        ...(edge
          ? [
              el(
                "li",
                {},
                button(
                  `${edge.head === entity.id ? "→" : "←"} ${relationName(edge.relation)}`,
                  () => set({ edge: edgeKey(edge) }),
                  { className: "chip", data: { edge: edgeKey(edge) } },
                ),
              ),
            ]
          : []),
      ];
    });
    tell([
      el("p", {}, el("strong", {}, t("graph.pathFound", { n: path.edges.length }))),
      el("ol.path-steps", {}, ...steps),
      button(t("graph.pathClear"), () => set({ path: null })),
    ]);
  }

  async function findPath(/** @type {string | null} */ wanted) {
    if ((wanted ?? "") === pathIds) return false;
    pathIds = wanted ?? "";
    path = null;
    if (!wanted) return false;
    const [from, to] = wanted.split("~");
    try {
      path = await api.path(from, to);
    } catch (error) {
      if (/** @type {any} */ (error).kind !== "no-path") throw error;
      const name = (/** @type {string} */ id) => model.nodes.get(id)?.name ?? id;
      queueMicrotask(() =>
        tell([
          el("p", {}, t("graph.pathNone", { a: name(from), b: name(to) })),
          button(t("close"), () => set({ path: null }, { replace: true })),
        ]),
      );
      return false;
    }
    for (const entity of path.entities) model.nodes.set(entity.id, entity);
    for (const { edge } of path.edges) model.addEdge(edge);
    await model.link();
    set(state(), { replace: true });
    return true;
  }

  /** Make the model what the address says. */
  async function follow(/** @type {URLSearchParams} */ params) {
    let moved = false;
    if (params.has("seed")) {
      seed = await model.expand(/** @type {string} */ (params.get("seed")));
      set(state(), { replace: true });
      moved = true;
    } else {
      const ids = list(params.get("n"));
      const wanted = new Set(ids);
      seed = ids[0] ?? "";
      for (const id of [...model.nodes.keys()]) if (!wanted.has(id)) model.remove(id);
      const groups = new Set(list(params.get("g")));
      for (const id of [...model.groups.keys()]) if (!groups.has(id)) model.groups.delete(id);
      const missing = ids.filter((id) => !model.nodes.has(id));
      if (missing.length) {
        const gone = await model.add(missing);
        model.nodes = new Map([
          ...ids.filter((id) => model.nodes.has(id)).map((id) => [id, model.nodes.get(id)]),
          ...model.nodes,
        ]);
        if (gone.length) tell([el("p", {}, t("graph.gone", { n: gone.length }))]);
        moved = true;
      }
      await model.restoreGroups([...groups].filter((id) => !model.groups.has(id)));
    }
    model.pins = new Map(
      list(params.get("pin"))
        .map((each) => each.split(":"))
        .filter(([id, x, y]) => model.nodes.has(id) && isFinite(+x) && isFinite(+y))
        .map(([id, x, y]) => [id, { x: +x, y: +y }]),
    );
    moved = (await findPath(params.get("path"))) || moved;
    blank.hidden = model.nodes.size > 0;
    if (!model.nodes.size && !blank.childNodes.length) blank.append(...(await start()));
    const now = current().params;
    now.delete("edge");
    followed = now.toString();
    draw(moved);
  }

  async function start() {
    const forums = await api.list("forums", { limit: 6 });
    return [
      el("h2", {}, t("graph.empty")),
      el("p", {}, t("graph.emptyHint")),
      el(
        "ul.chips",
        {},
        ...forums.items.map((/** @type {any} */ each) =>
          el(
            "li",
            {},
            button(each.name, () => go(href("graph", "", { seed: each.id })), { className: "chip" }),
          ),
        ),
      ),
    ];
  }

  return {
    title: t("graph.title"),
    full: true,
    nodes: [el("h1.visually-hidden", {}, t("graph.title")), view],
    started: () => {
      /** @type {any} */ (view).canvas = () => canvas;
      void then(() => follow(current().params));
    },
    update: () => {
      const { params } = current();
      const edge = params.get("edge");
      params.delete("edge");
      // A sentence that opens or closes beside the graph changes nothing in it.
      if (params.toString() === followed) canvas?.choose(edge ?? params.get("sel") ?? "");
      else void then(() => follow(current().params));
    },
    /** What the search field does here: the entity joins the graph, or ends a path. */
    take: (/** @type {any} */ entity) => {
      const from = current().params.get("from_");
      if (from) set({ from_: null, path: `${from}~${entity.id}` });
      else if (!model.nodes.size) set({ seed: entity.id });
      else set({ n: [...model.nodes.keys(), entity.id].join(","), sel: entity.id });
      announce(t("graph.added", { name: entity.name }));
      return true;
    },
    dispose: () => canvas?.destroy(),
  };
}
