// Who is signed in, where the service asks for keys: the form for a key, the name in the header, the way out.

import { Problem, api } from "./api.js";
import { button, el } from "./dom.js";
import { t } from "./i18n.js";

/** A form that takes a key once; the cookie that stands for it afterwards is hidden from this and every script. */
export function signIn(/** @type {() => void} */ then) {
  const field = el("input", {
    type: "password",
    id: "key",
    autocomplete: "current-password",
    required: true,
    maxLength: 200,
    spellcheck: false,
    "aria-describedby": "key-hint",
  });
  const problem = el("p.problem", { role: "alert" });
  const send = el("button.primary", { type: "submit" }, t("session.signIn"));
  async function submit(/** @type {Event} */ event) {
    event.preventDefault();
    send.disabled = true;
    try {
      await api.signIn(field.value.trim());
      then();
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      problem.textContent = error.status === 401 || error.status === 422 ? t("session.unknown") : error.message;
      field.select();
    } finally {
      send.disabled = false;
    }
  }
  return el(
    "form.notice.sign-in",
    { onsubmit: submit },
    el("h1", {}, t("session.title")),
    el("p", { id: "key-hint" }, t("session.hint")),
    el("label", { for: "key" }, t("session.key")),
    field,
    problem,
    el("p.actions", {}, send),
  );
}

/** Tell in the header who is signed in; where keys are not in use, nobody is. */
export async function showAccount() {
  const account = /** @type {HTMLElement} */ (document.getElementById("account"));
  let name = null;
  try {
    name = (await api.session()).name;
  } catch (error) {
    if (!(error instanceof Problem)) throw error; // not signed in, or nobody answers: the view says so
  }
  account.hidden = name === null;
  account.replaceChildren(
    ...(name === null
      ? []
      : [
          el("span.soft.wide-only", {}, name),
          button(t("session.signOut"), signOut, { className: "plain", title: name }),
        ]),
  );
}

/** End the session and forget what was shown. */
async function signOut() {
  await api.signOut();
  location.reload();
}
