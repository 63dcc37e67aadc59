// What the API says of types: asked for once.

import { api } from "./api.js";
import { learn } from "./i18n.js";

/** @type {Record<string, {heads: string[], tails: string[]}>} */
let known = {};

export async function learnOntology() {
  if (Object.keys(known).length) return;
  const ontology = await api.ontology();
  learn(ontology);
  known = Object.fromEntries(ontology.relations.map((/** @type {any} */ each) => [each.type, each]));
}

/** Which types each relation connects. */
export const ends = () => known;
