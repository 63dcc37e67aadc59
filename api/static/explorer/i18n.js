// The language of the interface: words, numbers, names of types and relations.

import { TEXTS } from "./texts.js";

const LANGUAGES = ["zh", "en"];

/** What this browser kept, where it keeps anything: with cookies blocked, reading the store is an error. */
export const kept = {
  get(/** @type {string} */ name) {
    try {
      return localStorage.getItem(`huitu.${name}`);
    } catch {
      return null;
    }
  },
  set(/** @type {string} */ name, /** @type {string} */ value) {
    try {
      localStorage.setItem(`huitu.${name}`, value);
    } catch {
      // Not kept: the choice holds until the page is left.
    }
  },
};

const chosen = kept.get("language");
let language = LANGUAGES.includes(chosen ?? "")
  ? /** @type {string} */ (chosen)
  : navigator.language.startsWith("zh")
    ? "zh"
    : "en";

export const currentLanguage = () => language;

export function setLanguage(/** @type {string} */ wanted) {
  language = wanted;
  kept.set("language", wanted);
  applyLanguage();
}

/** Tell the document its language, and say the fixed words in it. */
export function applyLanguage() {
  document.documentElement.lang = language === "zh" ? "zh-Hans" : "en";
  for (const each of document.querySelectorAll("[data-t]"))
    each.textContent = t(/** @type {HTMLElement} */ (each).dataset.t ?? "");
  for (const each of document.querySelectorAll("[data-t-label]"))
    each.setAttribute("aria-label", t(/** @type {HTMLElement} */ (each).dataset.tLabel ?? ""));
  for (const each of document.querySelectorAll("[data-t-placeholder]"))
    each.setAttribute("placeholder", t(/** @type {HTMLElement} */ (each).dataset.tPlaceholder ?? ""));
}

/** The words under a key, with what stands in braces filled in; numbers are grouped. */
export function t(/** @type {string} */ key, /** @type {Record<string, string | number>} */ values = {}) {
  const words = TEXTS[language][key] ?? key;
  return words
    .replace(/\{([^{}|]*)\|([^{}|]*)\}/g, (_, one, many) => (values.n === 1 ? one : many))
    .replace(/\{(\w+)\}/g, (_, name) =>
      typeof values[name] === "number" ? values[name].toLocaleString(language) : String(values[name] ?? ""),
    );
}

/** Whether there are words under a key. */
export const says = (/** @type {string} */ key) => key in TEXTS[language];

/** @type {Record<string, {zh: string, en: string}>} */
const relations = {};

export function learn(/** @type {{relations: {type: string, zh: string, en: string}[]}} */ ontology) {
  for (const each of ontology.relations) relations[each.type] = each;
}

export const relationTypes = () => Object.keys(relations);

/** A relation between its two ends: 主办. */
export const relationName = (/** @type {string} */ type) => relations[type]?.[language] ?? type;

/** A relation as a heading, seen from one of its ends: 主办方, or what somebody hosted. */
export function groupName(/** @type {string} */ type, /** @type {string} */ direction) {
  const key = `${direction}.${type}`;
  return key in TEXTS[language] ? t(key) : relationName(type);
}

export const typeName = (/** @type {string} */ type) => t(`type.${type}`);

/** A span of days: one when both are the same. */
export function period(/** @type {string | null} */ from, /** @type {string | null} */ to) {
  if (!from && !to) return "";
  if (!from || !to || from === to) return from ?? to ?? "";
  return t("date.range", { from, to });
}
