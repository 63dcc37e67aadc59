// Articles from this computer: handed in by a form or dropped anywhere on the page, then followed until all are read.

import { Problem, api } from "./api.js";
import { announce, button, el, icon } from "./dom.js";
import { t } from "./i18n.js";
import { growing, section, tag } from "./parts.js";
import { go, href, route } from "./router.js";
import { empty } from "./states.js";

const FORMATS = ".txt,.md,.html,.htm,.jsonl,.pdf,.docx,.zip";

/** What was dropped on another view; the view that follows takes it. @type {File[]} */
let dropped = [];

/** Take files that are dropped anywhere, and show that they may be. */
export function takeDrops() {
  const holds = (/** @type {DragEvent} */ event) => event.dataTransfer?.types.includes("Files") ?? false;
  const show = (/** @type {boolean} */ over) => document.body.classList.toggle("dropping", over);
  addEventListener("dragover", (event) => {
    if (!holds(event)) return;
    event.preventDefault();
    show(true);
  });
  addEventListener("dragleave", (event) => {
    if (event.relatedTarget === null) show(false);
  });
  addEventListener("drop", (event) => {
    if (!holds(event)) return;
    event.preventDefault();
    show(false);
    dropped = [...(event.dataTransfer?.files ?? [])];
    if (route().view === "ingest" && !route().id) dispatchEvent(new Event("huitu:replaced"));
    else go(href("ingest"));
  });
}

/** A form for files, which leads to the job that reads them. */
export function handIn() {
  const field = el("input", {
    type: "file",
    multiple: true,
    accept: FORMATS,
    id: "files",
    "aria-describedby": "files-hint",
  });
  const day = el("input", { type: "date", id: "files-date" });
  const said = el("p", { role: "status" });
  const problem = el("p.error-text", { role: "alert" });
  async function send(/** @type {File[]} */ files) {
    if (!files.length) return;
    problem.textContent = "";
    said.textContent = t("ingest.sending", { n: files.length });
    field.disabled = true;
    try {
      go(href("ingest", (await api.upload(files, day.value)).id));
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      if (error.status !== 401) problem.textContent = error.status === 0 ? t("ingest.unsent") : error.message;
    } finally {
      said.textContent = "";
      field.disabled = false;
      field.value = "";
    }
  }
  field.addEventListener("change", () => send([...(field.files ?? [])]));
  const node = el(
    "form.hand-in",
    { onsubmit: (/** @type {Event} */ event) => event.preventDefault() },
    icon("upload"),
    el("label.strong", { for: "files" }, t("ingest.files")),
    field,
    el("p.soft", { id: "files-hint" }, t("ingest.hint")),
    el("p.actions", {}, el("label.soft", { for: "files-date" }, t("ingest.date")), day),
    said,
    problem,
  );
  const take = () => {
    const files = dropped;
    dropped = [];
    void send(files);
  };
  return { node, take };
}

/** @param {import("./main.js").Context} context */
export async function ingest(context) {
  return context.route.id ? job(context) : jobs();
}

async function jobs() {
  const { scopes } = await api.session();
  if (!scopes.includes("ingest")) {
    dropped = [];
    return {
      title: t("ingest.title"),
      nodes: [empty(t("ingest.forbidden"), el("p.soft", {}, t("ingest.forbiddenHint")))],
    };
  }
  const form = handIn();
  const list = await growing((cursor) => api.jobs({ limit: 20, cursor }), jobRow, { label: t("ingest.jobs") });
  const past = list.total ? section(t("ingest.jobs"), list.nodes, { count: list.total }) : null;
  return {
    title: t("ingest.title"),
    nodes: [el("div.page.narrow", {}, el("h1", {}, t("ingest.title")), form.node, ...(past ? [past] : []))],
    started: form.take,
    update: form.take,
  };
}

const jobRow = (/** @type {any} */ each) =>
  el(
    "li.hit",
    {},
    el("a", { href: href("ingest", each.id) }, moment(each.created)),
    tag(t(`ingest.state.${each.state}`)),
    el("span.soft.date", {}, figures(each)),
  );

/** A time of the service (UTC) as the reader's clock has it. */
const moment = (/** @type {string} */ time) => new Date(time).toLocaleString(document.documentElement.lang);

const hasEnded = (/** @type {any} */ { state }) => state === "finished" || state === "cancelled";

const figures = (/** @type {any} */ state) =>
  [
    t("ingest.done", { n: state.done, m: state.documents }),
    state.failed ? t("ingest.failed", { n: state.failed }) : "",
    t("count.claims", { n: state.claims }),
  ]
    .filter(Boolean)
    .join(" · ");

/**
 * One job: how far it is as it goes on, then what became of each document.
 * @param {import("./main.js").Context} context
 */
async function job({ route: { id }, alive }) {
  const bar = el("progress", { "aria-label": t("ingest.progress") });
  const state = el("p", { role: "status" });
  const problem = el("p.error-text", { role: "alert" });
  const stop = button(t("ingest.cancel"), () => change(api.cancelJob));
  const actions = el("p.actions", {}, stop);
  const results = el("div", {});
  /** @type {EventSource | null} */
  let events = null;

  async function show(/** @type {any} */ now, /** @type {boolean} */ live) {
    const ended = hasEnded(now);
    bar.max = Math.max(1, now.documents);
    bar.value = ended ? bar.max : now.documents - now.waiting;
    state.textContent = `${t(`ingest.state.${now.state}`)} · ${figures(now)}`;
    // What stands stays, so that a button is not replaced under the finger that presses it.
    if (!ended) return stop.isConnected ? undefined : actions.replaceChildren(stop);
    actions.replaceChildren(
      ...(now.failed ? [button(t("ingest.retry"), () => change(api.retryJob))] : []),
      el("a.button", { href: href("ingest") }, t("ingest.more")),
      el("a.button", { href: href("home") }, t("ingest.home")),
    );
    if (live) announce(state.textContent);
    const lists = await Promise.all(["failed", "done"].map((wanted) => outcome(id, wanted)));
    if (alive()) results.replaceChildren(...lists.filter((each) => each !== null));
  }

  async function follow(/** @type {any} */ now) {
    await show(now, false);
    if (hasEnded(now) || !alive()) return;
    results.replaceChildren();
    events = new EventSource(api.jobEvents(id));
    const told = (/** @type {MessageEvent} */ event) => show(JSON.parse(event.data), true);
    events.addEventListener("progress", told);
    events.addEventListener("end", (event) => {
      events?.close();
      void told(event);
    });
    // The browser comes back by itself where the line broke; where it was refused, asking once says why.
    events.addEventListener("error", async () => {
      if (events?.readyState === EventSource.CLOSED && alive()) await follow(await api.job(id));
    });
  }

  /** Ask for a change of the job and go on with what it is then. */
  async function change(/** @type {(id: string) => Promise<any>} */ wanted) {
    problem.textContent = "";
    try {
      const now = await wanted(id);
      events?.close();
      await follow(now);
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      problem.textContent = error.status === 0 ? t("down.server") : error.message;
    }
  }

  const first = await api.job(id);
  return {
    title: t("ingest.jobTitle"),
    nodes: [
      el(
        "div.page.narrow.job",
        {},
        el("h1", {}, t("ingest.jobTitle")),
        el("p.soft", {}, moment(first.created)),
        bar,
        state,
        actions,
        problem,
        results,
      ),
    ],
    started: () => void follow(first),
    dispose: () => events?.close(),
  };
}

/** The documents of a job that came to the same end, or null. */
async function outcome(/** @type {string} */ id, /** @type {string} */ state) {
  const list = await growing(
    (cursor) => api.jobDocuments(id, { state, limit: 20, cursor }),
    (each) =>
      el(
        "li.hit",
        {},
        each.document ? el("a", { href: href("document", each.document) }, each.name) : el("span", {}, each.name),
        each.problem
          ? el("span.error-text", {}, each.problem.detail ?? each.problem.title)
          : el("span.soft.date", {}, t("count.claims", { n: each.claims })),
      ),
    { label: t(`ingest.list.${state}`) },
  );
  return list.total ? section(t(`ingest.list.${state}`), list.nodes, { count: list.total }) : null;
}
