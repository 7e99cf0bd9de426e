// From what somebody typed to the records that have it, best first.

import { eachPosting } from "./bytes.js";
import { fold, key, stem, tokens } from "./words.js";

/** What a word counts that only begins with what was typed, and how many such words are looked for. */
const LONGER = 0.6;
const MOST_LONGER = 40;

/** The words of a text that say something: [word, joined form that may stand in its place]. */
function words({ stop }, text) {
  let joined = [];
  return tokens(text).flatMap(([word, span]) => {
    if (span > 1) joined = Array(span).fill(word);
    if (span !== 1) return [];
    const other = joined.pop();
    return stop.includes(word) ? [] : [{ word, others: other ? [other] : [] }];
  });
}

/** Phrases and unwanted words, and the rest in one piece, since words may stand beside each other in it. */
function split(entry, query) {
  const phrases = [];
  const rest = query.replace(/[“”„]/g, '"').replace(/(^|\s)(?:(-?)"([^"]*)"?|-(\S+))/g, (_, before, minus, phrase, word) => {
    const part = words(entry, word || phrase).map(({ word }) => stem(word));
    if (part.length) phrases.push({ without: Boolean(word || minus), part });
    return " , ";
  });
  const wanted = words(entry, rest);
  wanted.slice(1).forEach((next, place) => {
    for (const each of [wanted[place], next]) each.others.push(wanted[place].word + next.word);
  });
  return { phrases, rest, wanted };
}

/** How many letters were added, lost or exchanged, or changed places with their neighbours (optimal string alignment). */
export function distance(one, other) {
  let before;
  let last = Array.from({ length: other.length + 1 }, (_, place) => place);
  for (let i = 1; i <= one.length; i++) {
    const row = [i];
    for (let j = 1; j <= other.length; j++) {
      row[j] = Math.min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (one[i - 1] === other[j - 1] ? 0 : 1));
      if (before && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1]) row[j] = Math.min(row[j], before[j - 2] + 1);
    }
    [before, last] = [last, row];
  }
  return last[other.length];
}

/** What a word of a query stands for: stems with their postings and what each counts; and whether the library lacks the word. */
async function look(index, { word, others }, beginning) {
  const found = new Map();
  const add = async (stems, weight, longer) => {
    for (const each of stems) {
      const words = await index.words(each, longer);
      words.sort((a, b) => b[1].records - a[1].records);
      for (const [stem, postings] of words.slice(0, MOST_LONGER)) found.has(stem) || found.set(stem, { stem, postings, weight });
    }
    return found.size && { found: [...found.values()] };
  };
  await add([stem(word), ...others.map(stem)], 1);
  if (beginning && word.length > 1) await add([word], LONGER, true);
  if (found.size) return add([], 1);
  const all = await index.spellings(word);
  const longer = beginning ? all.filter(([other]) => other.startsWith(word)).map(([other]) => stem(other)) : [];
  if (longer.length) return add(longer, LONGER);
  const most = word.length > 7 ? 2 : word.length > 3 ? 1 : 0;
  const near = all
    .filter(([other]) => Math.abs(other.length - word.length) <= most)
    .map(([other, common]) => ({ other, common, edits: distance(word, other) }))
    .filter(({ edits }) => edits <= most)
    .sort((a, b) => a.edits - b.edits || b.common - a.common);
  const shown = near.length && near[0].other;
  return { found: [], ...(shown && (await add([stem(shown)], 1))), unknown: word, shown };
}

/**
 * Finds records, best first. `hasAll` tells of each whether it has every word; `unknown` are the words that the library lacks, with what is
 * shown in their place; `marks` are the stems to mark.
 */
export async function search(index, query) {
  const { phrases, rest, wanted } = split(index.entry, query);
  const last = wanted.length && wanted[wanted.length - 1];
  const typing = /[^\s"]$/.test(query) && fold(rest).endsWith(last.word);
  const looked = await Promise.all(wanted.map((each) => look(index, each, typing && each === last)));
  const quoted = phrases.filter(({ without }) => !without).flatMap(({ part }) => part);
  looked.push(...(await Promise.all(quoted.map((word) => look(index, { word, others: [] })))));
  const score = new Float32Array(index.size);
  const matched = new Uint8Array(index.size);
  for (const { found } of looked) {
    const best = new Float32Array(index.size);
    for (const { postings, weight } of found) {
      const rarity = Math.log(1 + (index.size - postings.records + 0.5) / (postings.records + 0.5));
      eachPosting(postings, (record, impact) => (best[record] = Math.max(best[record], rarity * impact * weight)));
    }
    best.forEach((value, record) => {
      score[record] += value * index.entry.weights[index.kindOf[record]];
      matched[record] += value ? 1 : 0;
    });
  }
  let records = [...matched.keys()].filter((record) => matched[record] >= looked.length / 2);
  for (const { part, without } of phrases) {
    const having = await recordsOf(index, part);
    records = records.filter((record) => having(record) !== without);
  }
  return {
    records: records.sort((a, b) => matched[b] - matched[a] || score[b] - score[a] || a - b),
    hasAll: (record) => matched[record] === looked.length,
    unknown: looked.filter(({ unknown }) => unknown),
    marks: new Set(looked.flatMap(({ found }) => found.map(({ stem }) => stem))),
  };
}

/** Whether a record has a word, or the words of a phrase side by side. */
async function recordsOf(index, phrase) {
  const lists = phrase.slice(1).map((other, place) => index.pair(phrase[place], other));
  const sets = (await Promise.all(lists)).map((list) => new Set(list));
  if (!lists.length) {
    sets.push(new Set());
    for (const [, postings] of await index.words(phrase[0])) eachPosting(postings, (record) => sets[0].add(record));
  }
  return (record) => sets.every((set) => set.has(record));
}

/** The terms that a query names: all of it, or some words in a row of it. */
export async function exactTerms(index, query) {
  const typed = query.split(/\s+/).filter(Boolean).slice(0, 9);
  const asked = typed.flatMap((_, from) => typed.map((_, to) => key(typed.slice(from, to + 1).join(" "))));
  const all = typed.length && key(query);
  const found = [];
  for (const [record, name, ...others] of typed.length ? await index.terms() : []) {
    const said = [name, ...others].find((each) => asked.includes(key(each)));
    if (said) found.push({ record, said: said !== name && said, whole: key(said) === all });
  }
  return found.sort((a, b) => b.whole - a.whole).filter(({ whole }) => whole || !found[0].whole).slice(0, 3);
}
