// From what somebody typed to the records that have it, best first.

import { eachPosting } from "./bytes.js";
import { key, stem, tokens } from "./words.js";

/** What a word counts that only begins with what was typed, and how many such words are looked for. */
const LONGER = 0.6;
const MOST_LONGER = 40;
/** How much of a query is read, and how many terms it may name. */
const MOST_WORDS = 32;
const MOST_TERMS = 3;

/** The words of a text, each with the joined form that may stand in its place. */
function words(text) {
  let joined = [];
  return tokens(text).flatMap(([word, span]) => {
    if (span > 1) joined = Array(span).fill(word);
    return span === 1 ? { word, others: joined.splice(0, 1) } : [];
  });
}

/** What a query asks for in one text, its phrases, and its unwanted words and phrases. */
function split(query) {
  const phrases = [];
  const text = query.replace(/[“”„]/g, '"').replace(/(^|\s)(?:(-?)"([^"]*)"?|-(\S+))/g, (_, before, minus, phrase, word) => {
    const without = !!(minus || word);
    phrases.push({ without, part: words(word || phrase) });
    return without ? " , " : ` ${phrase} `;
  });
  return { phrases, text };
}

/** How many letters were added, lost or exchanged, or changed places with their neighbours; past `most` it doesn't count on. */
function distance(one, other, most) {
  let same = 0;
  while (same < one.length && one[same] === other[same]) same++;
  const [left, right] = [one.slice(same), other.slice(same)];
  if (!left && !right) return 0;
  if (!most || Math.abs(left.length - right.length) > most) return most + 1;
  const steps = [[1, 0], [0, 1], [1, 1]];
  if (left[0] === right[1] && left[1] === right[0]) steps.push([2, 2]);
  return 1 + Math.min(...steps.map(([mine, its]) => distance(left.slice(mine), right.slice(its), most - 1)));
}

/** What a word of a query stands for: stems with their postings and what each counts; and the word if the library lacks it. */
async function look(index, { word, others }, prefix) {
  const found = new Map();
  const add = async (stems, weight, longer) => {
    for (const each of stems) {
      const words = (await index.words(each, longer)).sort((a, b) => b[1].records - a[1].records);
      for (const [stem, postings] of words.slice(0, MOST_LONGER)) found.has(stem) || found.set(stem, { ...postings, weight });
    }
  };
  await add([word, ...others].map(stem), 1);
  if (prefix && word.length > 1) await add([word], LONGER, true);
  const all = found.size ? [] : await index.spellings(word);
  if (prefix) await add(all.filter(([other]) => other.startsWith(word)).map(([other]) => stem(other)), LONGER);
  if (found.size) return { found };
  const most = Math.min(word.length >> 2, 2);
  const near = all
    .map(([other, common]) => ({ other, common, edits: distance(word, other, most) }))
    .filter(({ edits }) => edits <= most)
    .sort((a, b) => a.edits - b.edits || b.common - a.common);
  const shown = near[0]?.other;
  if (shown) await add([stem(shown)], 1);
  return { found, unknown: word, shown };
}

/** Sets of records: what is in all of them has a word, or the words of a phrase side by side. */
async function setsOf(index, phrase) {
  const lists = await Promise.all(phrase.slice(1).map((other, place) => index.pair(phrase[place], other)));
  if (lists.length) return lists.map((list) => new Set(list));
  const having = new Set();
  for (const [, postings] of await index.words(phrase[0])) eachPosting(postings, (record) => having.add(record));
  return [having];
}

/** The terms that somebody named; by their own names first, and with the other word that it was. */
function namedTerms(terms, said) {
  return terms
    .flatMap((term) => {
      const [record, names, keys] = term;
      // Made once: there are many of them.
      term.known = term.known || [...names, ...keys].map(key);
      const place = term.known.findIndex((each) => said.includes(each));
      return place < 0 ? [] : { record, other: place > 0 && names[place] };
    })
    .sort((a, b) => !!a.other - !!b.other)
    .slice(0, MOST_TERMS);
}

/**
 * Finds records, best first, and the terms that are named. `hasAll` tells of each record whether it has every word; `unknown` are the
 * words that the library lacks, with what is shown in their place; `marks` are the stems to mark.
 */
export async function find(index, query) {
  const { stop, weights, records: size } = index.entry;
  const terms = query.trim() ? index.terms() : [];
  const { phrases, text } = split(query);
  const telling = (words) => words.filter(({ word }) => !stop.includes(word));
  const said = words(text).slice(0, MOST_WORDS);
  const wanted = telling(said);
  // Two words may be one in the library.
  wanted.slice(1).forEach((next, place) => {
    for (const each of [wanted[place], next]) each.others.push(wanted[place].word + next.word);
  });
  const typing = /[\p{L}\p{N}]$/u.test(text) && said[said.length - 1];
  const looked = await Promise.all(wanted.map((each) => look(index, each, each === typing)));
  const score = new Float32Array(size);
  const matched = new Uint8Array(size);
  for (const { found } of looked) {
    const best = new Map();
    for (const word of found.values()) {
      const worth = word.weight * Math.log((size + 1) / (word.records + 0.5));
      eachPosting(word, (record, impact) => best.set(record, Math.max(best.get(record) || 0, worth * impact)));
    }
    best.forEach((value, record) => {
      score[record] += value * weights[index.kindOf[record]];
      matched[record]++;
    });
  }
  let records = [...matched.keys()].filter((record) => matched[record] >= looked.length / 2);
  for (const { part, without } of phrases) {
    const stems = telling(part).map(({ word }) => stem(word));
    const sets = stems.length && (await setsOf(index, stems));
    if (sets) records = records.filter((record) => sets.every((set) => set.has(record)) !== without);
  }
  // A misspelt name of a term is one too, and so is one among words that say nothing.
  looked.forEach(({ shown }, place) => shown && (wanted[place].word = shown));
  const keys = [said, wanted].map((words) => stem(words.map(({ word }) => word).join("")));
  return {
    terms: namedTerms(await terms, keys),
    records: records.sort((a, b) => matched[b] - matched[a] || score[b] - score[a]),
    hasAll: (record) => matched[record] === looked.length,
    unknown: looked.filter(({ unknown }) => unknown),
    marks: new Set(looked.flatMap(({ found }) => [...found.keys()])),
  };
}
