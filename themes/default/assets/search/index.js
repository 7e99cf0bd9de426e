// The files of the index: src/search/mod.rs says what each holds. Nothing is fetched before it is needed, nothing twice.

import { pairHash, readFacet, readPairs, readWords } from "./bytes.js";

export async function openIndex(base) {
  const files = new Map();

  /** A file, read once; one that could not be read is asked for again the next time. */
  function load(name, read, options) {
    if (!files.has(name)) {
      const file = fetch(base + name, options).then(async (answer) => {
        if (!answer.ok) throw new Error(`no ${name}`);
        return read ? read(new Uint8Array(await answer.arrayBuffer())) : answer.json();
      });
      file.catch(() => files.delete(name));
      files.set(name, file);
    }
    return files.get(name);
  }

  const entry = await load("entry.json", undefined, { cache: "no-cache" });
  // The version that src/search/mod.rs writes.
  if (entry.version !== 1) throw new Error("another version");

  const nth = (series, number, read) =>
    load(`${series}-${number}-${entry[series].hashes.substr(number * 8, 8)}.${read ? "bin" : "json"}`, read);

  /** The last file whose first word is not behind this one. */
  const fileOf = (first, word) => Math.max(first.filter((each) => each <= word).length - 1, 0);

  return {
    entry,
    kindOf: entry.runs.flatMap(([kind, length]) => Array(length).fill(kind)),
    card: async (record, size = entry.cards.in_a_file) => (await nth("cards", Math.floor(record / size)))[record % size],
    terms: () => load(entry.terms),
    /** For each value of a facet, and each of its directions, the records that have it. */
    facet: ({ file }) => load(file, (bytes) => readFacet(bytes, entry.records)),

    /** From a stem, or each stem that begins with it, to its postings. */
    async words(stem, prefix) {
      const { first } = entry.words;
      const number = fileOf(first, stem);
      // Words that begin alike may fill more files; two will do while somebody types.
      const numbers = [number];
      if (prefix && first[number + 1]?.startsWith(stem)) numbers.push(number + 1);
      const found = await Promise.all(numbers.map((each) => nth("words", each, readWords)));
      return found.flat().filter(([word]) => (prefix ? word.startsWith(stem) : word === stem));
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
