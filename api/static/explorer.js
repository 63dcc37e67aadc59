// The explorer, first version: search, an entity with its relations and quotes, a document.
// Everything from the graph is put in as text, never as HTML.
"use strict";

const main = document.getElementById("main");
const form = document.getElementById("search");
const field = document.getElementById("q");
const select = document.getElementById("type");
const names = { entities: {}, relations: {} };
let view = 0;

function element(tag, properties = {}, ...children) {
  const made = Object.assign(document.createElement(tag), properties);
  made.append(...children.filter((child) => child !== null && child !== ""));
  return made;
}

async function get(path, parameters = {}) {
  const chosen = Object.entries(parameters).filter(([, value]) => value !== null && value !== "");
  const response = await fetch(`${path}?${new URLSearchParams(chosen)}`);
  const content = await response.json();
  if (!response.ok) throw new Error(content.detail);
  return content;
}

const link = (kind, id, text) => element("a", { href: `#${kind}/${encodeURIComponent(id)}`, textContent: text });
const tag = (text) => element("span", { className: "tag", textContent: text });
const soft = (text) => element("span", { className: "soft", textContent: text });
const typeName = (type) => names.entities[type] ?? type;
const relationName = (relation) => names.relations[relation] ?? relation;

function entityItem(entity) {
  return element("li", {},
    tag(typeName(entity.type)), link("entity", entity.id, entity.name), " ",
    soft([...entity.aliases, `${entity.documents} 篇`].join(" · ")));
}

function neighbourItem({ entity, direction, edge }) {
  const states = [`${edge.support} 篇`];
  if (edge.planned) states.push(`计划 ${edge.planned} 篇`);
  if (edge.denied) states.push(`否认 ${edge.denied} 篇`);
  return element("li", {},
    tag(`${direction === "out" ? "→" : "←"} ${relationName(edge.relation)}`),
    link("entity", entity.id, entity.name), " ",
    soft([typeName(entity.type), ...edge.roles, ...states].join(" · ")),
    element("blockquote", {}, edge.quote, " ", link("document", edge.document_id, "原文")));
}

function claimItem(claim) {
  const states = { held: "", planned: "（计划）", denied: "（否认）" };
  return element("li", {},
    link("entity", claim.subject.id, claim.subject.name), " ",
    tag(relationName(claim.relation) + states[claim.modality]),
    link("entity", claim.object.id, claim.object.name), " ",
    soft([claim.role, claim.date_from, `规则 ${claim.rule}`].filter(Boolean).join(" · ")),
    ...claim.evidence.map((evidence) => element("blockquote", { textContent: evidence.quote })),
    element("div", {}, link("document", claim.document.id, claim.document.title ?? claim.document.key), " ",
      soft(claim.document.date ?? "")));
}

// A list that grows by a page at a time.
async function list(title, path, parameters, item) {
  const rows = element("ul");
  const more = element("button", { type: "button", textContent: "更多" });
  const heading = element("h2");
  async function page(cursor) {
    const answer = await get(path, { ...parameters, cursor });
    heading.textContent = `${title}（${answer.total.count}）`;
    rows.append(...answer.items.map(item));
    more.hidden = answer.next === null;
    more.onclick = () => page(answer.next).catch((error) => rows.append(failure(error)));
  }
  await page(null);
  return [heading, rows, more];
}

const failure = (error) => element("p", { className: "error", textContent: error.message });

const pages = {
  async search(parameters) {
    field.value = parameters.get("q") ?? "";
    select.value = parameters.get("type") ?? "";
    return list("结果", "/v1/entities", { q: field.value, type: select.value }, entityItem);
  },
  async entity(id) {
    const path = `/v1/entities/${encodeURIComponent(id)}`;
    const entity = await get(path);
    return [
      element("h1", { textContent: entity.name }),
      element("p", {}, tag(typeName(entity.type)), soft([...entity.aliases, `${entity.documents} 篇文章`].join(" · "))),
      ...await list("关系", `${path}/neighbours`, {}, neighbourItem),
      ...await list("陈述", `${path}/claims`, {}, claimItem),
    ];
  },
  async document(id) {
    const found = await get(`/v1/documents/${encodeURIComponent(id)}`);
    const claims = found.claims.map(claimItem);
    return [
      element("h1", { textContent: found.title ?? found.key }),
      element("p", {}, soft([found.date, found.source, found.url].filter(Boolean).join(" · "))),
      element("h2", { textContent: `陈述（${claims.length}）` }), element("ul", {}, ...claims),
      element("h2", { textContent: "全文" }), element("div", { className: "text", textContent: found.text }),
    ];
  },
  async home() {
    const counts = await get("/v1/statistics");
    const figures = counts.entities_by_type.map(({ name, count }) => `${typeName(name)} ${count}`);
    return [
      element("p", {}, soft([`文章 ${counts.documents}`, ...figures, `关系 ${counts.edges}`].join(" · "))),
      ...await list("论坛", "/v1/forums", {}, entityItem),
    ];
  },
};

async function show() {
  const mine = ++view;
  const [kind, rest] = location.hash.slice(1).split(/\/(.*)/s);
  let content;
  try {
    if (kind === "search") content = await pages.search(new URLSearchParams(rest));
    else if (kind === "entity" || kind === "document") content = await pages[kind](decodeURIComponent(rest ?? ""));
    else content = await pages.home();
  } catch (error) {
    content = [failure(error)];
  }
  if (mine === view) main.replaceChildren(...content);
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  const words = field.value.trim();
  if (words) location.hash = `search/${new URLSearchParams({ q: words, type: select.value })}`;
});

async function start() {
  try {
    const ontology = await get("/v1/ontology");
    for (const { type, zh } of ontology.entities) {
      names.entities[type] = zh;
      select.append(element("option", { value: type, textContent: zh }));
    }
    for (const { type, zh } of ontology.relations) names.relations[type] = zh;
  } catch (error) {
    main.replaceChildren(failure(error));
    return;
  }
  addEventListener("hashchange", show);
  await show();
}

start();
