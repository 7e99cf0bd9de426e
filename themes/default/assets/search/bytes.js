// Numbers and lists as the binary files of the index hold them: src/search/bytes.rs, words.rs, pairs.rs and facets.rs.

/** A reader of numbers of seven bits a byte, from `at` on. */
const reader = (bytes, at = 0) => ({
  done: () => at >= bytes.length,
  take: (length) => bytes.subarray(at, (at += length)),
  number() {
    let number = 0;
    for (let unit = 1, byte = 128; byte > 127; unit *= 128) {
      byte = bytes[at++];
      number += (byte & 127) * unit;
    }
    return number;
  },
  /** Numbers that are written as the gaps between them. */
  list(length) {
    let last = -1;
    return Uint32Array.from({ length }, () => (last += this.number() + 1));
  },
});

/** Each word of a file with its postings. */
export function readWords(bytes) {
  const from = reader(bytes);
  const decoder = new TextDecoder();
  let letters = [];
  const heads = [];
  for (let left = from.number(); left > 0; left--) {
    letters = [...letters.slice(0, from.number()), ...from.take(from.number())];
    heads.push([decoder.decode(Uint8Array.from(letters)), from.number(), from.number()]);
  }
  return heads.map(([word, records, size]) => [word, { records, bytes: from.take(size) }]);
}

/** Calls `visit` with each record of a word, and how much it is about the word. */
export function eachPosting({ records, bytes }, visit) {
  const from = reader(bytes);
  for (let next = 0; records > 0; records--, next++) {
    const number = from.number();
    visit((next += number >>> 4), (number & 15) + 0.5);
  }
}

/** From the hash of each pair of a file to the records that have it. */
export function readPairs(bytes, hash) {
  const from = reader(bytes);
  const pairs = new Map();
  while (!from.done()) pairs.set((hash += from.number()), from.list(from.number()));
  return pairs;
}

const hash = (word) => new TextEncoder().encode(word).reduce((hash, byte) => Math.imul(hash ^ byte, 0x01000193), 0x811c9dc5);

export function pairHash(one, other) {
  const both = Math.imul(Math.imul(hash(one), 0x2c1b3c6d) ^ hash(other), 0x297a2d39);
  return (both ^ (both >>> 15)) >>> 0;
}

/** The records of each value of a facet in a library of so many. */
export function readFacet(bytes, size) {
  const from = reader(bytes);
  const lists = [];
  while (!from.done()) {
    const count = from.number();
    const bits = count % 2 ? from.take(Math.ceil(size / 8)) : [];
    lists.push(count % 2 ? [...Array(size).keys()].filter((record) => bits[record >> 3] & (1 << (record & 7))) : from.list(count / 2));
  }
  return lists;
}
