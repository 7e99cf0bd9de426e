// What readers ask (tests/search/queries.json), and how well an answer serves them.

import { readFile } from "node:fs/promises";
import { openModules } from "./search.mjs";

/** How many addresses of an answer are looked at. */
export const LOOKED_AT = 10;

/** Each as `{kind, q, top3, top10}`: one of `top3` is to stand among the first three, and all of `top10` among the first ten. */
export const queries = JSON.parse(await readFile(new URL("../../search/queries.json", import.meta.url), "utf8"));

/** The addresses that a reader sees for each query, in their order: the terms that it names, then results. */
export async function answers(site, browser) {
  const page = await openModules(site, browser, ["index", "query"]);
  const found = await page.evaluate(
    async ([all, most]) => {
      const { index, modules } = globalThis;
      const answer = async (query) => {
        const { terms, records } = await modules.query.find(index, query);
        const named = terms.map(({ record }) => record);
        const shown = [...named, ...records.filter((record) => !named.includes(record))].slice(0, most);
        return Promise.all(shown.map(async (record) => `/${(await index.card(record))[1].replace("index.html#", "#")}`));
      };
      return Promise.all(all.map(answer));
    },
    [queries.map(({ q }) => q), LOOKED_AT],
  );
  await page.close();
  return found;
}

/** Judges an answer: a list of addresses, the best first. */
export function judge(query, addresses) {
  const { top3 = [], top10 = [] } = query;
  const shown = addresses.slice(0, LOOKED_AT);
  const first = shown.findIndex((address) => top3.includes(address) || top10.includes(address));
  const satisfied =
    (top3.length === 0 || shown.slice(0, 3).some((address) => top3.includes(address))) &&
    top10.every((address) => shown.includes(address));
  return { query, shown, satisfied, reciprocalRank: first < 0 ? 0 : 1 / (first + 1) };
}

/** The share that is satisfied and the mean reciprocal rank, in all and for each kind of query. */
export function figures(judged) {
  const kinds = [...new Set(judged.map(({ query }) => query.kind))];
  const of = (name, some) => ({
    name,
    queries: some.length,
    satisfied: some.filter(({ satisfied }) => satisfied).length / some.length,
    reciprocalRank: some.reduce((sum, { reciprocalRank }) => sum + reciprocalRank, 0) / some.length,
  });
  return [of("all", judged), ...kinds.map((kind) => of(kind, judged.filter(({ query }) => query.kind === kind)))];
}

/** Two lines on a query that isn't satisfied: what it lacks, and what came instead. */
export function told({ query: { kind, q, top3 = [], top10 = [] }, shown }) {
  const lacks = [];
  if (top3.length > 0 && !shown.slice(0, 3).some((address) => top3.includes(address))) {
    lacks.push(`in the first three ${top3.join(" or ")}`);
  }
  const missed = top10.filter((address) => !shown.includes(address));
  if (missed.length > 0) {
    lacks.push(`in the first ten ${missed.join(" and ")}`);
  }
  return [`${q} (${kind}) lacks ${lacks.join("; ")}`, `  it shows ${shown.join(" ") || "nothing"}`];
}
