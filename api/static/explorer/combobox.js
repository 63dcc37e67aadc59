// Search as you type: a combobox as the ARIA practices have it. Arrows choose, Enter opens, Escape closes.

import { Problem, api } from "./api.js";
import { announce, el } from "./dom.js";
import { t, typeName } from "./i18n.js";
import { go, href } from "./router.js";
import { mark } from "./types.js";

const PAUSE_MS = 120;
const SHOWN = 8;

/**
 * @param {HTMLInputElement} field
 * @param {HTMLElement} list
 * @param {(entity: any) => boolean} take what happens to an entity that was chosen; false: its page is opened
 */
export function combobox(field, list, take) {
  let active = -1;
  /** @type {AbortController | null} */
  let asking = null;
  let timer = 0;
  let composing = false;

  const options = () => /** @type {HTMLElement[]} */ ([...list.querySelectorAll("[role=option]")]);

  function close() {
    list.hidden = true;
    active = -1;
    field.setAttribute("aria-expanded", "false");
    field.removeAttribute("aria-activedescendant");
  }

  function activate(/** @type {number} */ place) {
    const all = options();
    active = all.length ? (place + all.length) % all.length : -1;
    all.forEach((each, n) => each.setAttribute("aria-selected", String(n === active)));
    if (active < 0) return field.removeAttribute("aria-activedescendant");
    field.setAttribute("aria-activedescendant", all[active].id);
    all[active].scrollIntoView({ block: "nearest" });
  }

  function option(/** @type {number} */ place, /** @type {any[]} */ content, /** @type {() => void} */ choose) {
    return el(
      "li",
      {
        role: "option",
        id: `option-${place}`,
        "aria-selected": "false",
        onpointerdown: (/** @type {Event} */ event) => event.preventDefault(),
        onclick: () => {
          close();
          choose();
        },
      },
      ...content,
    );
  }

  function show(/** @type {string} */ words, /** @type {any} */ found) {
    const made = found.items.map((/** @type {any} */ entity, /** @type {number} */ place) => {
      // The name by which it was found says more than others.
      const other =
        entity.aliases.find(
          (/** @type {string} */ alias) =>
            alias.toLowerCase().includes(words.toLowerCase()) &&
            !entity.name.toLowerCase().includes(words.toLowerCase()),
        ) ?? entity.aliases[0];
      return option(
        place,
        [
          mark(entity.type),
          el("span.name", {}, entity.name),
          other ? el("span.soft.alias", {}, other) : null,
          el("span.soft.kind", {}, typeName(entity.type)),
        ],
        () => {
          field.value = "";
          if (!take(entity)) go(href("entity", entity.id));
        },
      );
    });
    const { count } = found.total;
    const words_ = count > found.items.length ? t("search.all", { n: count }) : null;
    if (words_)
      made.push(option(made.length, [el("span.all", {}, words_)], () => go(href("search", "", { q: words }))));
    if (!count)
      made.push(
        option(
          0,
          [
            el("span.all", {}, t("search.none", { q: words })),
            el("span.soft", {}, t("search.inDocuments", { q: words })),
          ],
          () => go(href("documents", "", { q: words })),
        ),
      );
    list.replaceChildren(...made);
    list.hidden = false;
    field.setAttribute("aria-expanded", "true");
    active = -1;
    field.removeAttribute("aria-activedescendant");
    announce(count ? t("search.some", { n: count }) : t("search.none", { q: words }));
  }

  async function ask() {
    const words = field.value.trim();
    asking?.abort();
    if (!words) return close();
    const mine = (asking = new AbortController());
    try {
      const found = await api.search({ q: words, limit: SHOWN }, mine.signal);
      if (!mine.signal.aborted && document.activeElement === field) show(words, found);
    } catch (error) {
      if (mine.signal.aborted) return;
      if (!(error instanceof Problem)) throw error;
      close(); // Enter leads to the page of results, which tells what is wrong
    }
  }

  function submit() {
    const words = field.value.trim();
    clearTimeout(timer);
    asking?.abort();
    close();
    if (words) go(href("search", "", { q: words }));
  }

  // While an input method composes, the letters are not yet words.
  field.addEventListener("compositionstart", () => {
    composing = true;
  });
  field.addEventListener("compositionend", () => {
    composing = false;
    void ask();
  });
  field.addEventListener("input", () => {
    clearTimeout(timer);
    if (!composing) timer = window.setTimeout(ask, PAUSE_MS);
  });
  field.addEventListener("focus", () => {
    if (field.value.trim()) void ask();
  });
  field.addEventListener("blur", close);
  field.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (list.hidden) void ask();
      else activate(event.key === "ArrowDown" ? active + 1 : active < 0 ? -1 : active - 1);
    } else if (event.key === "Enter") {
      event.preventDefault();
      if (active >= 0 && !list.hidden) options()[active].click();
      else submit();
    } else if (event.key === "Escape") {
      event.stopPropagation();
      if (!list.hidden) close();
      else if (field.value) field.value = "";
      else field.blur();
    }
  });
  return { submit };
}
