// The address holds the whole state of the view: `#view/id?name=value`. Back, forward and shared links work.

/** @typedef {{view: string, id: string, params: URLSearchParams}} Route */

/** @returns {Route} */
export function route() {
  const [path, query] = location.hash.slice(1).split(/\?(.*)/s);
  const [view, id] = path.split(/\/(.*)/s);
  let name = "";
  try {
    name = decodeURIComponent(id ?? "");
  } catch {
    name = id; // a link that was cut within an escape: taken as it stands, and not found
  }
  return { view: view || "home", id: name, params: new URLSearchParams(query ?? "") };
}

/**
 * The address of a view.
 * @param {string} view
 * @param {string} [id]
 * @param {Record<string, string | null | undefined> | URLSearchParams} [params]
 */
export function href(view, id = "", params = {}) {
  const pairs = params instanceof URLSearchParams ? [...params] : Object.entries(params);
  const kept = pairs.filter(([, value]) => value !== null && value !== undefined && value !== "");
  const query = new URLSearchParams(/** @type {string[][]} */ (kept))
    .toString()
    .replaceAll("%2C", ",")
    .replaceAll("%3A", ":")
    .replaceAll("%7E", "~");
  return `#${view === "home" ? "" : view}${id ? `/${encodeURIComponent(id)}` : ""}${query ? `?${query}` : ""}`;
}

/** Go somewhere; the place before stays behind the button Back. */
export function go(/** @type {string} */ address) {
  location.hash = address;
}

/** Change parameters of this view: a new place, or, with `replace`, the same place in another state. */
export function set(/** @type {Record<string, string | null>} */ changes, { replace = false } = {}) {
  const { view, id, params } = route();
  for (const [name, value] of Object.entries(changes)) {
    if (value === null || value === "") params.delete(name);
    else params.set(name, value);
  }
  const address = href(view, id, params);
  if (address === location.hash || (address === "#" && location.hash === "")) return;
  if (!replace) location.hash = address;
  else {
    history.replaceState(history.state, "", address);
    dispatchEvent(new Event("huitu:replaced"));
  }
}

/** @param {{head: string, relation: string, tail: string}} edge */
export const edgeKey = ({ head, relation, tail }) => `${head}~${relation}~${tail}`;
