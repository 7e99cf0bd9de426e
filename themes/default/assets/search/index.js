// The files of the index: src/search/mod.rs says what each holds. Nothing is fetched before it is needed, nothing twice.

import { pairHash, readFacet, readPairs, readWords } from "./bytes.js";

const VERSION = 1;

async function get(url, options) {
  const answer = await fetch(url, options);
  if (!answer.ok) throw new Error(`${url} is not there`);
  return answer;
}

export async function openIndex(base) {
  const entry = await (await get(new URL("entry.json", base), { cache: "no-cache" })).json();
  if (entry.version !== VERSION) throw new Error("the index is of another version");
  const files = new Map();

  /** A file, read once; one that could not be read is asked for again the next time. */
  function load(name, read) {
    if (!files.has(name)) {
      const bytes = async (answer) => read(new Uint8Array(await answer.arrayBuffer()));
      const file = get(new URL(name, base)).then((answer) => (read ? bytes(answer) : answer.json()));
      file.catch(() => files.delete(name));
      files.set(name, file);
    }
    return files.get(name);
  }

  const nth = (series, number, read) =>
    load(`${series}-${number}-${entry[series].hashes.substr(number * 8, 8)}.${read ? "bin" : "json"}`, read);
  const ofRecord = async (series, record) => (await nth(series, Math.floor(record / entry.in_a_file)))[record % entry.in_a_file];

  /** The last file whose first word is not behind this one. */
  function fileOf(first, word) {
    let number = first.length - 1;
    while (number > 0 && first[number] > word) number--;
    return number;
  }

  return {
    entry,
    size: entry.records,
    kindOf: entry.runs.flatMap(([kind, length]) => Array(length).fill(kind)),
    card: (record) => ofRecord("cards", record),
    text: (record) => ofRecord("texts", record),
    terms: () => load(entry.terms),
    /** For each value of a facet, and each of its directions, the records that have it. */
    facet: ({ file, values, names }) => load(file, (bytes) => readFacet(bytes, values.length * names.length, entry.records)),

    /** From a stem, or each stem that begins with it, to its postings. */
    async words(stem, beginning) {
      const { first } = entry.words;
      const found = [];
      const number = fileOf(first, stem);
      // Words that begin alike may fill more files; two will do while somebody types.
      const last = beginning && (first[number + 1] || "").startsWith(stem) ? number + 1 : number;
      for (let file = number; file <= last; file++) {
        const words = await nth("words", file, readWords);
        found.push(...[...words].filter(([word]) => (beginning ? word.startsWith(stem) : word === stem)));
      }
      return found;
    },

    /** The records that have two stems side by side. */
    async pair(one, other) {
      const hash = pairHash(one, other);
      const range = 2 ** (32 - entry.pairs.bits);
      const number = Math.floor(hash / range);
      return (await nth("pairs", number, (bytes) => readPairs(bytes, number * range))).get(hash) || [];
    },

    /** Words as they are written, with how common they are: those with the first letter of a word, or all if they are few. */
    async spellings(word) {
      const first = [...entry.spelling.first];
      const read = async (number) => {
        const { words, commonness } = await nth("spelling", number);
        return words.split(" ").map((each, place) => [each, commonness[place]]);
      };
      const numbers = first.length > 8 ? [fileOf(first, word)] : [...first.keys()];
      return (await Promise.all(numbers.map(read))).flat();
    },
  };
}
