// Narrowing gives what a computation over data/studies.json gives: the studies, and the count beside each value.

import assert from "node:assert/strict";
import { after, test } from "node:test";
import { openBrowser } from "./lib/browser.mjs";
import { studies } from "./lib/pages.mjs";
import { openModules } from "./lib/search.mjs";
import { openSite } from "./lib/site.mjs";

const COMBINATIONS = 200;
const SEED = 20_261_125;
const QUERIES = ["", "", "trust", "care", "social prescribing", "\"primary care\" -london", "leadership hospital"];

const site = await openSite();
const browser = await openBrowser();
after(async () => {
  await browser.close();
  await site.close();
});

const all = studies(site);
const { facets } = JSON.parse(site.files.get("search/entry.json"));

/** The values of a study in a facet, as the address of a search names them. */
const VALUES = {
  kind: () => ["kind=study"],
  theme: ({ themes }) => themes.map((theme) => `theme=${theme}`),
  enabler: (study) =>
    [["enabler", study.enablers], ["barrier", study.barriers], ["mixed", study.mixed]].flatMap(([name, cited]) =>
      cited.map(({ factor }) => `${name}=${factor}`),
    ),
  system: ({ ics }) => [ics].flat().map((system) => `system=${system}`),
  level: ({ level }) => [level].flat().map((each) => `level=${each}`),
  year: ({ period }) => {
    const [start, end] = [period?.start ?? period?.end, period?.end ?? period?.start].map((date) => Number.parseInt(date, 10));
    return period ? Array.from({ length: end - start + 1 }, (_, place) => `year=${start + place}`) : [];
  },
  design: ({ evidence }) => [evidence.design ?? []].flat().map((design) => `design=${design}`),
};

const values = new Map(
  all.map((study) => [study.slug, facets.map(({ key }) => new Set(VALUES[key](study)))]),
);

/** Tells of a study whether it has one of the chosen values in each facet that has such. */
function passing(chosen) {
  const byFacet = facets.map(({ names }) => chosen.filter((choice) => names.includes(choice.split("=")[0])));
  return (slug) => {
    const has = values.get(slug);
    return byFacet.every((mine, place) => mine.length === 0 || mine.some((choice) => has[place].has(choice)));
  };
}

/** Numbers from 0 to below 1, the same ones each time (mulberry32). */
function generator(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Random queries with random choices: in some facets one to three values, most of them of one study, so that something is left. */
function combinations() {
  const random = generator(SEED);
  const pick = (list) => list[Math.floor(random() * list.length)];
  return Array.from({ length: COMBINATIONS }, () => {
    const study = values.get(pick(all).slug);
    const chosen = facets.slice(1).flatMap((facet, place) => {
      const own = [...study[place + 1]];
      const some = random() < 0.35 ? Array.from({ length: 1 + Math.floor(random() * 3) }) : [];
      return some.map(() =>
        own.length > 0 && random() < 0.6 ? pick(own) : `${pick(facet.names)}=${pick(facet.values)[0]}`,
      );
    });
    return { query: pick(QUERIES), chosen: ["kind=study", ...new Set(chosen)] };
  });
}

/** For each combination what the query finds without choices, what they leave, and the count of each value. */
async function narrowed(asked) {
  const page = await openModules(site, browser, ["index", "query", "facets"]);
  const given = await page.evaluate(async (wanted) => {
    const { index, modules } = globalThis;
    const slugOf = async (record) => (await index.card(record))[1].replace(/^studies\/|\/$/g, "");
    const given = [];
    for (const { query, chosen } of wanted) {
      const facets = index.entry.facets.map((facet) => ({
        ...facet,
        open: true,
        choices: facet.values.flatMap(([id]) => facet.names.map((name) => ({ name, id }))),
      }));
      const state = new URLSearchParams(chosen.join("&"));
      const { records } = await modules.query.find(index, query);
      const left = await modules.facets.narrow(index, facets, records, state);
      const isStudy = (record) => index.kindOf[record] === 0;
      given.push({
        found: await Promise.all(records.filter(isStudy).map(slugOf)),
        left: await Promise.all(left.map(slugOf)),
        totals: facets.map(({ choices }) => choices.map(({ name, id, total }) => [`${name}=${id}`, total])),
      });
    }
    return given;
  }, asked);
  await page.close();
  return given;
}

test(`${COMBINATIONS} combinations of choices leave the studies that have them, and each value says what it would leave`, async (context) => {
  const asked = combinations();
  const given = await narrowed(asked);
  let compared = 0;
  let nonEmpty = 0;
  asked.forEach(({ query, chosen }, number) => {
    const { found, left, totals } = given[number];
    const what = `${query} with ${chosen.join(" ")}`;
    const expected = found.filter(passing(chosen));
    assert.deepEqual(left, expected, what);
    nonEmpty += left.length > 0 ? 1 : 0;
    totals.forEach((choices, place) => {
      for (const [choice, total] of choices) {
        // Of pages of other kinds data/studies.json says nothing.
        if (facets[place].key !== "kind" || choice === "kind=study") {
          const after = found.filter(passing([...chosen, choice]));
          assert.equal(total, after.length, `${choice} beside ${what}`);
          compared += 1;
        }
      }
    });
  });
  context.diagnostic(`${compared} counts compared; ${nonEmpty} combinations leave something`);
  assert.ok(nonEmpty > COMBINATIONS / 4, `only ${nonEmpty} combinations leave something`);
});

test("without a query and without choices all studies are there", async () => {
  const [{ found }] = await narrowed([{ query: "", chosen: ["kind=study"] }]);
  assert.deepEqual(found.toSorted(), all.map(({ slug }) => slug).toSorted());
});
