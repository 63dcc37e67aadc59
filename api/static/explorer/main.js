// Starts the page: theme, language, search field, and the view that the address names.

import { Problem } from "./api.js";
import { combobox } from "./combobox.js";
import { announce, icon } from "./dom.js";
import { document_, documents } from "./documents.js";
import { entity } from "./entity.js";
import { closeEvidence, showEvidence } from "./evidence.js";
import { home } from "./home.js";
import { applyLanguage, currentLanguage, kept, setLanguage, t } from "./i18n.js";
import { ingest, takeDrops } from "./ingest.js";
import { learnOntology } from "./ontology.js";
import { listing, results } from "./results.js";
import { review } from "./review.js";
import { route } from "./router.js";
import { series } from "./series.js";
import { showAccount, signIn } from "./session.js";
import { failure, loading, reconnect, unanswered } from "./states.js";
import { workspace } from "./workspace.js";

/** @typedef {{route: import("./router.js").Route, alive: () => boolean}} Context */
/**
 * @typedef {{title: string, nodes: Node[], entity?: any, full?: boolean, started?: () => void, update?: (route:
 *   import("./router.js").Route) => void, take?: (entity: any) => boolean, poll?: () => Promise<boolean>, dispose?:
 *   () => void}} View
 */

/** @type {Record<string, (context: Context) => Promise<View>>} */
const VIEWS = {
  home,
  search: results,
  list: listing,
  entity,
  series,
  documents,
  document: document_,
  graph: workspace,
  review,
  ingest,
};

const main = /** @type {HTMLElement} */ (document.getElementById("main"));
const field = /** @type {HTMLInputElement} */ (document.getElementById("q"));

/** @type {View | null} */
let view = null;
let turn = 0;
let at = "";

/** What makes a view another one; the rest of its parameters it follows by itself. */
function identity() {
  const { view: name, id, params } = route();
  const own = name === "graph" ? [] : ["q", "type"].map((each) => params.get(each) ?? "");
  return JSON.stringify([name, id, ...own]);
}

async function show({ again = false } = {}) {
  const here = route();
  const same = !again && view !== null && identity() === at;
  void showEvidence(here.params.get("edge"));
  mark(here.view);
  if (same) return view?.update?.(here);
  const mine = ++turn;
  const alive = () => mine === turn;
  const moved = at !== "" && identity() !== at;
  view?.dispose?.();
  view = null;
  at = identity();
  main.className = "";
  main.replaceChildren(loading());
  let made;
  try {
    await learnOntology();
    made = await (VIEWS[here.view] ?? home)({ route: here, alive });
  } catch (error) {
    if (!alive()) return;
    if (error instanceof Problem && error.status === 401) return; // the form stands there already
    if (error instanceof Problem && error.passing) {
      main.replaceChildren(unanswered(error));
      return void reconnect(error, () => show({ again: true }));
    }
    if (error instanceof Problem && error.kind === "no-graph") made = await home({ route: here, alive });
    else {
      document.title = `${t("error.title")} · ${t("app.title")}`;
      return main.replaceChildren(failure(error, () => show({ again: true })));
    }
  }
  if (!alive()) return made.dispose?.();
  view = made;
  main.className = made.full ? "full" : "";
  main.replaceChildren(...made.nodes);
  document.title = made.title === t("app.title") ? `${t("app.title")} Huitu` : `${made.title} · ${t("app.title")}`;
  if (moved) {
    scrollTo(0, 0);
    announce(made.title);
    if (here.view !== "graph" && document.activeElement !== field) main.focus({ preventScroll: true });
    if (here.view !== "search" && document.activeElement !== field) field.value = "";
  }
  made.started?.();
  if (made.poll) void poll(made.poll, alive);
}

/**
 * The service asks for a key: the form comes in the place of the view, and the view in its place once there is a
 *   session.
 */
function askForKey() {
  if (main.querySelector(".sign-in")) return;
  ++turn;
  view?.dispose?.();
  view = null;
  void showEvidence(null); // the address keeps it
  document.title = `${t("session.title")} · ${t("app.title")}`;
  main.className = "";
  main.replaceChildren(
    signIn(() => {
      void showAccount();
      void show({ again: true });
    }),
  );
  /** @type {HTMLElement | null} */ (main.querySelector("#key"))?.focus();
}

/** Ask now and then whether there is something to show. */
async function poll(/** @type {() => Promise<boolean>} */ ready, /** @type {() => boolean} */ alive) {
  for (;;) {
    await new Promise((done) => setTimeout(done, 3000));
    if (!alive()) return;
    try {
      if (await ready()) return void show({ again: true });
    } catch (error) {
      if (!(error instanceof Problem && error.passing)) throw error;
      return void reconnect(error, () => show({ again: true }));
    }
  }
}

/** Which entry of the navigation is the present one. */
function mark(/** @type {string} */ name) {
  for (const link of document.querySelectorAll("#nav a[data-view]")) {
    const of = /** @type {HTMLElement} */ (link).dataset.view;
    const mine = of === name || (of === "documents" && (name === "document" || name === "ingest"));
    if (mine) link.setAttribute("aria-current", "page");
    else link.removeAttribute("aria-current");
  }
}

function theme(/** @type {string | null} */ wanted) {
  if (wanted) document.documentElement.dataset.theme = wanted;
  const dark = isDark();
  const button = /** @type {HTMLElement} */ (document.getElementById("theme"));
  button.replaceChildren(icon(dark ? "sun" : "moon"));
  button.setAttribute("aria-label", t(dark ? "theme.light" : "theme.dark"));
  button.title = t(dark ? "theme.light" : "theme.dark");
  dispatchEvent(new Event("huitu:theme"));
}

const isDark = () =>
  (document.documentElement.dataset.theme ??
    (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light")) === "dark";

function speak() {
  applyLanguage();
  const other = /** @type {HTMLElement} */ (document.getElementById("language"));
  other.textContent = t("lang.other");
  other.lang = currentLanguage() === "zh" ? "en" : "zh-Hans";
  theme(null);
}

function start() {
  const box = combobox(
    field,
    /** @type {HTMLElement} */ (document.getElementById("options")),
    (entity) => view?.take?.(entity) ?? false,
  );
  document.getElementById("search")?.addEventListener("submit", (event) => {
    event.preventDefault();
    box.submit();
  });
  document.getElementById("skip")?.addEventListener("click", () => main.focus());
  document.getElementById("language")?.addEventListener("click", () => {
    setLanguage(currentLanguage() === "zh" ? "en" : "zh");
    speak();
    void show({ again: true });
  });
  document.getElementById("theme")?.addEventListener("click", () => {
    const wanted = isDark() ? "light" : "dark";
    kept.set("theme", wanted);
    theme(wanted);
  });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => theme(null));
  addEventListener("keydown", (event) => {
    if (event.key === "Escape" && route().params.has("edge")) closeEvidence();
    const typing = /^(INPUT|TEXTAREA|SELECT)$/.test(document.activeElement?.tagName ?? "");
    if (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey) {
      event.preventDefault();
      field.focus();
    }
  });
  addEventListener("hashchange", () => show());
  addEventListener("huitu:replaced", () => show());
  addEventListener("huitu:unauthorized", askForKey);
  takeDrops();
  theme(kept.get("theme"));
  speak();
  void showAccount();
  void show();
}

start();
