// What a view shows when it has nothing to show: loading, failure, nothing loaded yet, nobody answers.

import { Problem, api } from "./api.js";
import { announce, button, el, icon } from "./dom.js";
import { t } from "./i18n.js";
import { command } from "./parts.js";
import { href } from "./router.js";

/** Lines that stand where the content will be; they show after a moment only, so that quick answers do not flicker. */
export function loading() {
  return el(
    "div.loading",
    { role: "status" },
    el("span.visually-hidden", {}, t("loading")),
    ...[70, 95, 85, 60].map((n) => el(`span.bone.w${n}`, { "aria-hidden": "true" })),
  );
}

/** An error in words. */
export function failure(/** @type {unknown} */ error, /** @type {(() => void) | undefined} */ retry) {
  if (!(error instanceof Problem)) console.error(error);
  const missing = error instanceof Problem && error.kind === "not-found";
  const request = error instanceof Problem ? error.request : null;
  return el(
    "div.notice.error",
    { role: "alert" },
    el("h2", {}, t(missing ? "error.missing" : "error.title")),
    el("p", {}, missing ? t("error.missingHint") : error instanceof Error ? error.message : String(error)),
    request ? el("p.soft", {}, t("error.request", { id: request })) : null,
    el(
      "p.actions",
      {},
      retry ? button(t("error.retry"), retry) : null,
      el("a", { href: href("home") }, t("error.home")),
    ),
  );
}

export const empty = (/** @type {string} */ title, /** @type {any[]} */ ...rest) =>
  el("div.notice", {}, icon("search"), el("h2", {}, title), ...rest);

/** A database in which nothing was loaded explains itself. */
export function fresh() {
  return el(
    "div.notice.fresh",
    {},
    el("h1", {}, t("fresh.title")),
    el("p", {}, t("fresh.body")),
    command(".venv/bin/huitu ingest samples"),
    el("p", {}, t("fresh.own")),
    el("a.button", { href: href("ingest") }, icon("upload"), el("span", {}, t("ingest.title"))),
    command(".venv/bin/huitu ingest PATH"),
    el("p.soft", {}, t("fresh.then")),
  );
}

/** In the place of a view that cannot be had while nobody answers. */
export const unanswered = (/** @type {Problem} */ problem) =>
  el(
    "div.notice",
    {},
    el("h2", {}, t("down.title")),
    el("p", {}, t(problem.status === 0 ? "down.start" : "down.check")),
    command(problem.status === 0 ? ".venv/bin/huitu serve" : ".venv/bin/huitu neo4j status"),
  );

let waiting = false;

/** Say that nobody answers, ask until somebody does, then go on. */
export async function reconnect(/** @type {Problem} */ problem, /** @type {() => void} */ then) {
  if (waiting) return;
  waiting = true;
  const banner = /** @type {HTMLElement} */ (document.getElementById("banner"));
  const say = (/** @type {string} */ key) =>
    banner.replaceChildren(
      el("span.dot", { "aria-hidden": "true" }),
      el("strong", {}, t(key)),
      el("span", {}, t("down.hint")),
    );
  say(problem.status === 0 ? "down.server" : "down.database");
  banner.hidden = false;
  for (let pause = 1000; ; pause = Math.min(pause * 1.5, 8000)) {
    await new Promise((done) => setTimeout(done, pause));
    try {
      await api.ready();
      break;
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      say(error.status === 0 ? "down.server" : "down.database");
    }
  }
  waiting = false;
  banner.hidden = true;
  announce(t("down.back"));
  then();
}
