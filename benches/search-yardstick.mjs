// How well search answers what readers ask (tests/search/queries.json), beside Pagefind on the same pages (see docs/search.md).
//
//   node benches/search-yardstick.mjs
//
//   CASELOOM=FILE    the binary that builds the site; target/release/caseloom unless told
//
// Pagefind is installed into target/pagefind/ and indexes a copy of the site; its own script ranks, in the same browser. It has its
// default settings, and reads only the main part of a page: once of all pages, and once of those alone that caseloom's search knows too,
// without lists of studies. It can't lead to an entry of the glossary; the page of the glossary counts instead. Needs Chromium, and the
// packages of tests/browser (`npm ci` there).

import { execFile } from "node:child_process";
import { mkdir, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { dirname, join, relative, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { openBrowser } from "../tests/browser/lib/browser.mjs";
import { LOOKED_AT, answers, figures, judge, queries } from "../tests/browser/lib/relevance.mjs";
import { openSite } from "../tests/browser/lib/site.mjs";

const VERSION = "1.6.0";
const FOLDER = fileURLToPath(new URL("../target/pagefind/", import.meta.url));

const run = promisify(execFile);
// Pagefind needs WebAssembly, which the policy of a library rules out.
const site = await openSite({ policy: "default-src 'self' 'wasm-unsafe-eval'" });
const browser = await openBrowser();
try {
  await mkdir(FOLDER, { recursive: true });
  await run("npm", ["install", "--prefix", FOLDER, "--ignore-scripts", "--no-audit", "--no-fund", `pagefind@${VERSION}`]);
  const found = await answers(site, browser);
  const known = new Set(everyAddress().map(page));
  print({
    caseloom: queries.map((query, place) => judge(query, found[place])),
    "Pagefind, the same pages": await pagefind("same", (address) => known.has(address)),
    "Pagefind, all pages": await pagefind("all", () => true),
  });
} finally {
  await browser.close();
  await site.close();
}

/** The page of an address. */
function page(address) {
  return address.replace(/#.*/, "");
}

/** The addresses of all records of the index. */
function everyAddress() {
  const cards = [...site.files].filter(([path]) => /^search\/cards-/.test(path));
  return cards.flatMap(([, bytes]) => JSON.parse(bytes).map(([, path]) => `/${path.replace("index.html#", "#")}`));
}

/** Indexes the pages that are wanted, asks all queries and judges what comes. */
async function pagefind(name, wanted) {
  const copy = join(FOLDER, `site-${name}`);
  await rm(copy, { recursive: true, force: true });
  for (const [path, bytes] of site.files) {
    if (path.endsWith("index.html") && wanted(`/${path.slice(0, -"index.html".length)}`)) {
      await mkdir(dirname(join(copy, path)), { recursive: true });
      await writeFile(join(copy, path), bytes);
    }
  }
  const bundle = `pagefind-${name}`;
  const options = ["--site", copy, "--output-subdir", bundle, "--root-selector", "main"];
  await run(join(FOLDER, "node_modules", ".bin", "pagefind"), options);
  for (const entry of await readdir(join(copy, bundle), { recursive: true, withFileTypes: true })) {
    if (entry.isFile()) {
      const path = join(entry.parentPath ?? entry.path, entry.name);
      site.files.set(relative(copy, path).split(sep).join("/"), await readFile(path));
    }
  }
  const tab = await browser.newPage();
  await tab.goto(`${site.base}404.html`);
  const found = await tab.evaluate(
    async ([url, asked, most]) => {
      const engine = await import(url);
      const given = [];
      for (const query of asked) {
        const { results } = await engine.search(query);
        const shown = await Promise.all(results.slice(0, most).map((result) => result.data()));
        given.push(shown.map(({ raw_url, url }) => raw_url ?? url));
      }
      return given;
    },
    [`${site.base}${bundle}/pagefind.js`, queries.map(({ q }) => q), LOOKED_AT],
  );
  await tab.close();
  return queries.map((query, place) => {
    const { top3 = [], top10 = [] } = query;
    return judge({ ...query, top3: top3.map(page), top10: top10.map(page) }, found[place].map(page));
  });
}

/** A table in Markdown: for each kind of query the share that is satisfied and the mean reciprocal rank. */
function print(columns) {
  const names = Object.keys(columns);
  const all = names.map((name) => figures(columns[name]));
  console.log(`| queries | | ${names.join(" | ")} |`);
  console.log(`|---|---:|${names.map(() => "---:|").join("")}`);
  all[0].forEach(({ name, queries: asked }, row) => {
    const cells = all.map((rows) => `${(100 * rows[row].satisfied).toFixed(1)}% · ${rows[row].reciprocalRank.toFixed(3)}`);
    console.log(`| ${name} | ${asked} | ${cells.join(" | ")} |`);
  });
}
