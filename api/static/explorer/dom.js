// Making elements. Whatever comes from the graph is put in as text, never as HTML.

const SVG = "http://www.w3.org/2000/svg";

/** @typedef {Node | string | number | null | undefined | false} Child */

/**
 * An element; `on*` properties are listeners, `data` its data attributes, names with a hyphen and `role` attributes.
 * @param {string} tag the name, with classes after points: `p.soft`
 * @param {Record<string, any>} [properties]
 * @param {...(Child | Child[])} children
 */
export function el(tag, properties = {}, ...children) {
  const [name, ...classes] = tag.split(".");
  const made = document.createElement(name);
  if (classes.length) made.className = classes.join(" ");
  for (const [key, value] of Object.entries(properties)) {
    if (value === null || value === undefined || value === false) continue;
    if (key.startsWith("on")) made.addEventListener(key.slice(2), value);
    else if (key === "data") Object.assign(made.dataset, value);
    else if (key.includes("-") || key === "role" || key === "for" || key === "list")
      made.setAttribute(key, String(value));
    else /** @type {any} */ (made)[key] = value;
  }
  made.append(
    ...children
      .flat()
      .filter((child) => child !== null && child !== undefined && child !== false && child !== "")
      .map((child) => (typeof child === "number" ? String(child) : child)),
  );
  return made;
}

/** A button that does something here. */
export function button(
  /** @type {Child | Child[]} */ content,
  /** @type {(event: Event) => void} */ onclick,
  properties = {},
) {
  return el("button", { type: "button", onclick, ...properties }, content);
}

/** An element of a drawing. */
export function svg(/** @type {string} */ tag, attributes = {}, /** @type {Node[]} */ ...children) {
  const made = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, String(value));
  made.append(...children);
  return made;
}

const ICONS = {
  search: "M11 4a7 7 0 1 0 0 14 7 7 0 0 0 0-14zM16.2 16.2 21 21",
  close: "M6 6l12 12M18 6 6 18",
  graph:
    "M6 9a3 3 0 1 0 0-6 3 3 0 0 0 0 6zM18 21a3 3 0 1 0 0-6 3 3 0 0 0 0 6zM18 8a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5zM8.2 8.2l7.6 7.6M9 5.7l6.5 0M18 8v7",
  print: "M7 8V3h10v5M7 17H4V8h16v9h-3M7 14h10v7H7z",
  link: "M10 14a4 4 0 0 0 6 .4l3-3a4 4 0 0 0-5.700-5.700L12 7M14 10a4 4 0 0 0-6-.4l-3 3a4 4 0 0 0 5.700 5.700L12 17",
  sun: "M12 8a4 4 0 1 0 0 8 4 4 0 0 0 0-8zM12 2v3M12 19v3M2 12h3M19 12h3M5 5l2 2M17 17l2 2M19 5l-2 2M7 17l-2 2",
  moon: "M20 14.500A8.500 8.500 0 1 1 9.500 4 7 7 0 0 0 20 14.500z",
  plus: "M12 5v14M5 12h14",
  minus: "M5 12h14",
  fit: "M4 9V4h5M15 4h5v5M20 15v5h-5M9 20H4v-5",
  pin: "M9 3h6l-1 6 4 4H6l4-4zM12 13v8",
  layout: "M12 4v4M12 16v4M4 12h4M16 12h4M12 9a3 3 0 1 0 0 6 3 3 0 0 0 0-6z",
  table: "M4 5h16v14H4zM4 10h16M4 15h16M10 5v14",
  down: "M12 4v11M7 11l5 5 5-5M5 20h14",
  path: "M5 19a2 2 0 1 0 0-4 2 2 0 0 0 0 4zM19 9a2 2 0 1 0 0-4 2 2 0 0 0 0 4zM7 17h6a3 3 0 0 0 0-6h-2a3 3 0 0 1 0-6h6",
  back: "M15 5l-7 7 7 7",
  quote: "M5 6h14M5 11h14M5 16h9",
  filter: "M4 6h16M7 12h10M10 18h4",
  upload: "M12 16V5M7 9l5-5 5 5M5 20h14",
};

/** A small drawing; it says nothing to screen readers. */
export function icon(/** @type {keyof typeof ICONS} */ name) {
  return svg("svg", { viewBox: "0 0 24 24", class: "icon", "aria-hidden": "true" }, svg("path", { d: ICONS[name] }));
}

/** Says something to those who hear the page. */
export function announce(/** @type {string} */ text) {
  const region = document.getElementById("announce");
  if (region) region.textContent = region.textContent === text ? `${text} ` : text;
}

let numbers = 0;

/** An id that no other element has. */
export const fresh = (/** @type {string} */ prefix) => `${prefix}-${++numbers}`;
