// Entity types as people see them: a colour (of Okabe and Ito, safe for the colour-blind) and a shape as second cue.

import { svg } from "./dom.js";

/** In the order of legends. */
export const TYPES = ["Forum", "Organization", "Person", "Initiative", "Place"];

/** Shapes in a field of 24 by 24; the canvas has the same under the names of Cytoscape. */
const SHAPES = {
  Person: ["ellipse", "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18z"],
  Organization: ["round-rectangle", "M6 4h12a2 2 0 0 1 2 2v12a2 2 0 0 1-2 2H6a2 2 0 0 1-2-2V6a2 2 0 0 1 2-2z"],
  Forum: ["hexagon", "M7 3h10l5.500 9L17 21H7L1.500 12z"],
  Initiative: ["diamond", "M12 1.500 22.500 12 12 22.500 1.500 12z"],
  Place: ["round-triangle", "M12 2.500 22.500 21h-21z"],
};

export const shapeOf = (/** @type {string} */ type) => SHAPES[type]?.[0] ?? "ellipse";

/** The mark of a type beside a name. */
export function mark(/** @type {string} */ type) {
  return svg(
    "svg",
    { viewBox: "0 0 24 24", class: `mark ${type}`, "aria-hidden": "true" },
    svg("path", { d: SHAPES[type]?.[1] ?? SHAPES.Person[1] }),
  );
}

/** Relations in the order in which a reader wants them: who made it, who was there, what came of it. */
export const RELATION_ORDER = [
  "HOSTED_BY",
  "CO_HOSTED_BY",
  "ORGANIZED_BY",
  "SUPPORTED_BY",
  "SPEAKER_AT",
  "ATTENDED",
  "AFFILIATED_WITH",
  "SIGNED_WITH",
  "ANNOUNCED_AT",
  "LAUNCHED",
  "MEMBER_OF",
  "PART_OF",
  "HELD_IN",
];

/** Which lists of the API hold which type. */
export const LISTS = {
  Forum: "forums",
  Organization: "institutions",
  Person: "people",
  Initiative: "initiatives",
  Place: "places",
};

/** @param {{relation: string}} a @param {{relation: string}} b */
export const byRelation = (a, b) => RELATION_ORDER.indexOf(a.relation) - RELATION_ORDER.indexOf(b.relation);
