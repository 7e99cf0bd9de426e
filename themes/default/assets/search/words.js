// Words as src/search/tokens.rs cuts and folds them, and stems as src/search/stem.rs makes them.

const LONGEST = 40;
const PREFIXES = "co inter multi non pre re semi sub".split(" ");
const SPELT = { ß: "ss", æ: "ae", œ: "oe", ø: "o", đ: "d", ð: "d", þ: "th", ł: "l", ı: "i", ς: "σ" };
const COMPOUND = /[\p{Alphabetic}\p{N}]+(?:['&-][\p{Alphabetic}\p{N}]+)*/gu;

const fold = (text) =>
  text
    .replace(/[^\0-\x7f]/gu, (c) => c.normalize("NFKD").toLowerCase())
    .toLowerCase()
    .replace(/[\u0300-\u036f\u00ad]/g, "")
    .replace(/[^\0-\x7f]/g, (c) => SPELT[c] || c)
    .replace(/[\u2018\u2019\u02bc]/g, "'")
    .replace(/\u2010/g, "-");

/** The tokens of a text as [word, span]; tokens.rs says what a span is. */
export function tokens(text) {
  const found = [];
  const give = (word, span) => [...word].length <= LONGEST && found.push([word, span]);
  const folded = fold(text);
  let open = [];
  let end = 0;
  const close = () => {
    const tail = open.length > 1 && PREFIXES.includes(open[0]) && open[1];
    const parts = tail ? [open[0] + tail, ...open.slice(2)] : open;
    if (parts.length > 1) give(parts.join(""), parts.length);
    parts.forEach((part, place) => {
      give(part, 1);
      if (tail && !place) give(tail, 0);
    });
    open = [];
  };
  for (const { 0: match, index } of folded.matchAll(COMPOUND)) {
    // A prefix waits for its word behind blanks.
    if (open.length > 1 || !PREFIXES.includes(open[0]) || !/^[ \t\n\r]+$/.test(folded.slice(end, index))) close();
    open.push(...match.replace(/['&]/g, "").split("-"));
    end = index + match.length;
  }
  close();
  return found;
}

/** Names that differ only in hyphens, blanks, accents, case or number have the same key. */
export const key = (text) => stem(tokens(text).map(([word, span]) => (span === 1 ? word : "")).join(""));

const dropDouble = (word) => (/([^aeiouysz])\1$/.test(word) && (word.length > 5 || !/l$/.test(word)) ? word.slice(0, -1) : word);

export function stem(word) {
  if (!/^[a-z]{3,}$/.test(word)) return word;
  word = word.replace(/(..i)es$/, "$1").replace(/([^aeiouys])ss$|([^ius])s$/, "$1$2");
  if (/eed$/.test(word)) word = word.replace(/(..re)ed$/, "$1e");
  else {
    const rest = word.replace(/(ed|ing)$/, "");
    if (rest !== word && rest.length > 2 && /[aeiouy]/.test(rest)) {
      if (/(.)\1$/.test(rest)) word = dropDouble(rest);
      else word = rest.replace(/^[^aeiouy][aeiouy][^aeiouywx]$/, "$&e");
    }
  }
  word = word.replace(/(.{6})(ation|ate|at)$|(.{4}[ts])ion$/, "$1$3");
  word = word.replace(/(.{6})ment$|(.{5})ness$/, "$1$2");
  word = word.replace(/(..[^aeiouy])y$/, "$1i").replace(/(.{4})e$/, "$1");
  return word.length > 4 ? dropDouble(word) : word;
}
