// What readers ask is answered: all queries of tests/search/queries.json through the site's own modules.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { after, test } from "node:test";
import { openBrowser } from "./lib/browser.mjs";
import { answers, figures, judge, queries, told } from "./lib/relevance.mjs";
import { openSite } from "./lib/site.mjs";

const LEAST = 0.95;

const recorded = JSON.parse(await readFile(new URL("../search/recorded.json", import.meta.url), "utf8"));
const site = await openSite();
const browser = await openBrowser();
after(async () => {
  await browser.close();
  await site.close();
});

test("what readers ask is answered", async (context) => {
  const found = await answers(site, browser);
  const judged = queries.map((query, place) => judge(query, found[place]));
  const [all, ...kinds] = figures(judged);
  for (const { name, queries: asked, satisfied, reciprocalRank } of [all, ...kinds]) {
    context.diagnostic(`${name}: ${(100 * satisfied).toFixed(1)}% of ${asked} satisfied, mean reciprocal rank ${reciprocalRank.toFixed(3)}`);
  }
  const failed = judged.filter(({ satisfied }) => !satisfied).map(told);
  failed.flat().forEach((line) => context.diagnostic(line));
  assert.ok(all.satisfied >= LEAST, `${failed.length} of ${all.queries} are not satisfied`);
  assert.ok(all.satisfied >= recorded.satisfied, `satisfied: ${all.satisfied}, recorded ${recorded.satisfied}`);
  assert.ok(all.reciprocalRank >= recorded.reciprocalRank, `reciprocal rank: ${all.reciprocalRank}, recorded ${recorded.reciprocalRank}`);
});
