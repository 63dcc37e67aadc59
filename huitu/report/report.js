// Choosing a relation marks the pieces of the text that it rests on and draws its arc; choosing a name marks its
// mentions and leaves its relations in the tables.
"use strict";

const text = document.getElementById("text");
const bar = document.getElementById("bar");
const rows = [...document.querySelectorAll("tr[data-evidence]")];
const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
const marks = ["evidence", "head", "tail", "trigger"];
let chosen = null;
let entity = null;

// The pieces of each range: "3-5 8-9" are the pieces 3 and 4, and piece 8.
function pieces(ranges) {
  return (ranges ? ranges.split(" ") : []).map((range) => {
    const [first, end] = range.split("-").map(Number);
    return Array.from({ length: end - first }, (_, i) => document.getElementById(`s${first + i}`));
  });
}

const mentions = () => [...text.querySelectorAll(`[data-e~="${entity}"]`)];

function show() {
  for (const name of [...marks, "entity"]) {
    for (const piece of text.querySelectorAll(`.${name}`)) piece.classList.remove(name);
  }
  for (const row of rows) {
    row.hidden = entity !== null && !row.dataset.ends.split(" ").includes(entity);
    row.ariaCurrent = row === chosen ? "true" : null;
  }
  if (entity) for (const piece of mentions()) piece.classList.add("entity");
  if (chosen) {
    for (const name of marks) for (const piece of pieces(chosen.dataset[name]).flat()) piece.classList.add(name);
  }
  const said = chosen ?? document.querySelector(`tr[data-entity="${entity}"]`);
  document.getElementById("chosen").textContent = said ? [...said.cells].map((cell) => cell.textContent).join(" ") : "";
  bar.hidden = said === null;
  draw();
}

function choose(row) {
  chosen = row;
  show();
  row.scrollIntoView({ block: "nearest" });
  pieces(row.dataset.evidence)[0][0].scrollIntoView({ block: "center" });
}

function chooseEntity(id) {
  [chosen, entity] = [null, id];
  show();
}

function clear() {
  const row = chosen;
  chosen = entity = null;
  show();
  row?.scrollIntoView({ block: "nearest" });
}

function step(by) {
  const shown = rows.filter((row) => !row.hidden);
  const row = shown[shown.indexOf(chosen) + by];
  if (!row) return;
  choose(row);
  row.querySelector("a").focus({ preventScroll: true });
}

// From the mention of the head to that of the tail, the two that are nearest to each other.
function arc(row, left, top) {
  const [heads, tails] = [row.dataset.head, row.dataset.tail].map((ranges) =>
    pieces(ranges).map((range) => range[0].getClientRects()[0]));
  const far = ([a, b]) => Math.abs(a.top - b.top) * 100 + Math.abs(a.left - b.left);
  const ends = heads.flatMap((a) => tails.map((b) => [a, b]));
  const [a, b] = ends.reduce((best, next) => (far(next) < far(best) ? next : best));
  const [x1, y1, x2, y2] = [a.left + a.width / 2 - left, a.top - top, b.left + b.width / 2 - left, b.top - top];
  const lift = Math.min(y1, y2) - Math.min(10 + Math.abs(x2 - x1) / 20, 20);
  return { path: `M${x1},${y1} C${x1},${lift} ${x2},${lift} ${x2},${y2}`, x: (x1 + x2) / 2, y: lift + 9 };
}

function draw() {
  const box = text.getBoundingClientRect();
  svg.replaceChildren();
  svg.classList.toggle("busy", chosen !== null);
  for (const row of rows) {
    const far = "far" in row.dataset;
    if (row !== chosen && (row.hidden || far || !row.id.startsWith("facts"))) continue;
    const drawn = arc(row, box.left - text.scrollLeft, box.top - text.scrollTop);
    const path = document.createElementNS(svg.namespaceURI, "path");
    path.setAttribute("d", drawn.path);
    path.classList.toggle("chosen", row === chosen);
    path.classList.toggle("far", far);
    svg.append(path);
    if (row !== chosen) continue;
    const label = document.createElementNS(svg.namespaceURI, "text");
    label.setAttribute("x", drawn.x);
    label.setAttribute("y", drawn.y);
    label.textContent = row.querySelector("a").textContent;
    svg.append(label);
  }
}

text.append(svg);
text.addEventListener("click", (event) => {
  const piece = event.target.closest("[data-e]");
  if (piece) chooseEntity(piece.dataset.e.split(" ")[0]);
});
document.getElementById("tables").addEventListener("click", (event) => {
  const row = event.target.closest("tbody tr");
  if (!row) return;
  event.preventDefault();
  if (row.dataset.evidence) return choose(row);
  chooseEntity(row.dataset.entity);
  mentions()[0].scrollIntoView({ block: "center" });
});
document.getElementById("back").addEventListener("click", () => step(-1));
document.getElementById("on").addEventListener("click", () => step(1));
document.getElementById("clear").addEventListener("click", clear);
addEventListener("keydown", (event) => {
  if (event.key === "Escape") clear();
  if (chosen && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
    event.preventDefault();
    step(event.key === "ArrowDown" ? 1 : -1);
  }
});
addEventListener("resize", draw);
draw();
