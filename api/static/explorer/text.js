// Offsets of the API count code points; strings here count UTF-16 units. 𠮷 is one of the former and two of the latter.

/** A text that is cut by code points. */
export class Text {
  constructor(/** @type {string} */ text) {
    this.text = text;
    this.points = /[\ud800-\udbff]/.test(text) ? Array.from(text) : null;
    this.length = this.points ? this.points.length : text.length;
  }

  slice(/** @type {number} */ start, /** @type {number} */ end) {
    return this.points ? this.points.slice(start, end).join("") : this.text.slice(start, end);
  }

  at(/** @type {number} */ place) {
    return this.points ? this.points[place] : this.text[place];
  }

  /**
   * The sentences that a span touches.
   * @returns {[number, number]}
   */
  sentence(/** @type {number} */ start, /** @type {number} */ end) {
    let from = Math.max(0, Math.min(start, this.length));
    let to = Math.max(from, Math.min(end, this.length));
    while (from > 0 && !ENDS.has(this.at(from - 1))) from--;
    if (to > 0 && !ENDS.has(this.at(to - 1))) {
      while (to < this.length && !ENDS.has(this.at(to))) to++;
      if (to < this.length && this.at(to) !== "\n") to++;
      while (to < this.length && CLOSING.has(this.at(to))) to++;
    }
    return [from, to];
  }

  /**
   * The sentences that a span touches, with one before and one after in the same paragraph.
   * @returns {[number, number]}
   */
  around(/** @type {number} */ start, /** @type {number} */ end) {
    const [from, to] = this.sentence(start, end);
    const before = from > 0 && this.at(from - 1) !== "\n" ? this.sentence(from - 1, from - 1)[0] : from;
    const after = to < this.length && this.at(to) !== "\n" ? this.sentence(to, to + 1)[1] : to;
    return [before, after];
  }
}

const ENDS = new Set(["。", "！", "？", "!", "?", "\n", "…"]);
const CLOSING = new Set(["”", "’", "」", "』", "）", ")", '"']);
