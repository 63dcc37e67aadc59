// Everything that the page asks of the API, in one place.

/** A problem as RFC 9457 has it, or no answer at all (`status` 0). */
export class Problem extends Error {
  /** @param {number} status @param {any} body @param {string | null} request */
  constructor(status, body, request) {
    super(body?.detail ?? body?.title ?? `HTTP ${status}`);
    this.status = status;
    this.kind = typeof body?.type === "string" ? body.type.split("/").pop() : "";
    this.body = body;
    this.request = request;
  }

  /** Whether asking again later may help: nobody answers, or the database does not. */
  get passing() {
    return this.status === 0 || this.kind === "database-unavailable";
  }
}

/** @typedef {Record<string, string | number | boolean | string[] | null | undefined>} Query */

/** @param {Query} query */
function search(query) {
  const pairs = Object.entries(query).flatMap(([name, value]) => {
    const values = Array.isArray(value) ? value : [value];
    return values
      .filter((each) => each !== null && each !== undefined && each !== "")
      .map((each) => [name, String(each)]);
  });
  return pairs.length ? `?${new URLSearchParams(pairs)}` : "";
}

/**
 * @param {string} method
 * @param {string} path
 * @param {{query?: Query, body?: unknown, signal?: AbortSignal}} [options] a body is a form, or sent as JSON
 */
async function ask(method, path, { query = {}, body, signal } = {}) {
  let response;
  try {
    response = await fetch(path + search(query), {
      method,
      signal,
      headers: method === "GET" || body instanceof FormData ? {} : { "Content-Type": "application/json" },
      body: body === undefined || body instanceof FormData ? body : JSON.stringify(body),
    });
  } catch (error) {
    if (error instanceof DOMException && error.name === "AbortError") throw error;
    throw new Problem(0, null, null);
  }
  const text = await response.text();
  let content = null;
  try {
    content = text ? JSON.parse(text) : null;
  } catch {
    if (response.ok) throw new Problem(response.status, { detail: text.slice(0, 200) }, null);
  }
  const request = response.headers.get("x-request-id") ?? response.headers.get("huitu-request-id");
  if (response.status === 401) dispatchEvent(new Event("huitu:unauthorized"));
  if (!response.ok) throw new Problem(response.status, content, request);
  return content;
}

const id = encodeURIComponent;
const get = (/** @type {string} */ path, /** @type {Query} */ query = {}, /** @type {AbortSignal} */ signal) =>
  ask("GET", path, { query, signal });

export const api = {
  ready: () => get("/health/ready"),
  session: () => get("/v1/session"),
  signIn: (/** @type {string} */ key) => ask("POST", "/v1/session", { body: { key } }),
  signOut: () => ask("DELETE", "/v1/session"),
  ontology: () => get("/v1/ontology"),
  statistics: () => get("/v1/statistics"),
  search: (/** @type {Query} */ query, /** @type {AbortSignal=} */ signal) => get("/v1/entities", query, signal),
  entity: (/** @type {string} */ entity) => get(`/v1/entities/${id(entity)}`),
  members: (/** @type {string} */ entity) => get(`/v1/entities/${id(entity)}/members`),
  neighbours: (/** @type {string} */ entity, /** @type {Query} */ query) =>
    get(`/v1/entities/${id(entity)}/neighbours`, query),
  claims: (/** @type {string} */ entity, /** @type {Query} */ query) => get(`/v1/entities/${id(entity)}/claims`, query),
  list: (/** @type {string} */ kind, /** @type {Query} */ query) => get(`/v1/${kind}`, query),
  documents: (/** @type {Query} */ query) => get("/v1/documents", query),
  document: (/** @type {string} */ document) => get(`/v1/documents/${id(document)}`),
  among: (/** @type {string[]} */ entities) => get("/v1/edges", { entity: entities }),
  edgeClaims: (/** @type {string} */ head, /** @type {string} */ relation, /** @type {string} */ tail, limit = 20) =>
    get("/v1/edges/claims", { head, relation, tail, limit }),
  path: (/** @type {string} */ from, /** @type {string} */ to) => get("/v1/paths", { from, to }),
  around: (/** @type {string} */ seed, /** @type {Query} */ query) =>
    get("/v1/export", { format: "node-link", seed, ...query }),
  speakers: (/** @type {string} */ forum, /** @type {Query} */ query) => get(`/v1/forums/${id(forum)}/speakers`, query),
  upload: (/** @type {File[]} */ files, /** @type {string} */ date) =>
    ask("POST", "/v1/jobs/files", { body: form(files, date) }),
  jobs: (/** @type {Query} */ query) => get("/v1/jobs", query),
  job: (/** @type {string} */ job) => get(`/v1/jobs/${id(job)}`),
  jobDocuments: (/** @type {string} */ job, /** @type {Query} */ query) => get(`/v1/jobs/${id(job)}/documents`, query),
  jobEvents: (/** @type {string} */ job) => `/v1/jobs/${id(job)}/events`,
  cancelJob: (/** @type {string} */ job) => ask("POST", `/v1/jobs/${id(job)}/cancel`),
  retryJob: (/** @type {string} */ job) => ask("POST", `/v1/jobs/${id(job)}/retry`),
  signings: (/** @type {string} */ forum, /** @type {Query} */ query) => get(`/v1/forums/${id(forum)}/signings`, query),
  announcements: (/** @type {string} */ forum, /** @type {Query} */ query) =>
    get(`/v1/forums/${id(forum)}/announcements`, query),
  review: (/** @type {Query} */ query) => get("/v1/review", query),
  decide: (/** @type {object} */ decision) => ask("POST", "/v1/decisions", { body: decision }),
  undo: (/** @type {string} */ decision, /** @type {string} */ by) =>
    ask("DELETE", `/v1/decisions/${id(decision)}`, { query: { by } }),
};

/** Files as the form that the API takes; `date` is that of documents that state none. */
function form(/** @type {File[]} */ files, /** @type {string} */ date) {
  const made = new FormData();
  for (const file of files) made.append("files", file);
  if (date) made.append("date", date);
  return made;
}

/**
 * All items of a list, page by page, at most `most` of them.
 * @param {(query: Query) => Promise<any>} page
 * @param {Query} query
 */
export async function all(page, query, most = 500) {
  const items = [];
  let cursor = null;
  do {
    const answer = await page({ limit: 100, ...query, cursor });
    items.push(...answer.items);
    cursor = answer.next;
  } while (cursor !== null && items.length < most);
  return items;
}
