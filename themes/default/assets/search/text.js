// Text on the page. Whatever comes from content or from a query becomes text, never markup.

import { stem, tokens } from "./words.js";

export function element(name, properties, ...children) {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children);
  return made;
}

const hits = (text, marks) => new Set(tokens(text).map(([word]) => stem(word)).filter((each) => marks.has(each))).size;

/** A text with those words marked whose stems are in `marks`. */
export const marked = (text, marks) =>
  text.split(/([^\s/,;:.()“”"·]+)/).map((piece, place) => (place % 2 && hits(piece, marks) ? element("mark", {}, piece) : piece));

/** The sentence that has most of the words, cut where it is long; empty if none has any. */
export function excerpt(text, marks) {
  const sentences = (text.match(/[^.!?\n]+[.!?]*/g) || [""]).map((each) => [hits(each, marks), each.trim()]);
  const [most, best] = sentences.reduce((one, other) => (other[0] > one[0] ? other : one));
  return most ? best.replace(/^(.{260}).+/, "$1 …") : "";
}
