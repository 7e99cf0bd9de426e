// What a first visit to a page costs.

import assert from "node:assert/strict";
import { after, test } from "node:test";
import { read } from "./lib/html.mjs";
import { pages } from "./lib/pages.mjs";
import { none } from "./lib/problems.mjs";
import { moduleBytes } from "./lib/search.mjs";
import { openSite } from "./lib/site.mjs";

const HTML = 60_000;
const CSS = 40_000;
const JS = 15_000;
// A script that sets the reader's colours must run before anything is drawn.
const BLOCKING_JS = 400;
const MATRIX = 150_000;
const MAP = 12_000;
const SEARCH = 20_000;

const site = await openSite();
after(() => site.close());

/** The bytes of a file of the site, as a page names it. */
function bytesOf(url, path) {
  return site.files.get(new URL(url, site.base + path).href.slice(site.base.length)).length;
}

/** Bytes of the files that a page loads by itself, by their ending. */
function loads({ path, html }) {
  const bytes = { css: 0, js: 0 };
  for (const { name, attributes } of read(html).elements) {
    const link = name === "link" && attributes.get("rel") === "stylesheet" ? attributes.get("href") : undefined;
    const url = link ?? (name === "script" ? attributes.get("src") : undefined);
    if (url) {
      bytes[name === "script" ? "js" : "css"] += bytesOf(url, path);
    }
  }
  return bytes;
}

test("a study is light", (context) => {
  const studies = pages(site)
    .filter(({ path }) => /^studies\/[^/]+\/$/.test(path))
    .map((page) => ({ path: page.path, html: Buffer.byteLength(page.html), ...loads(page) }));
  const over = [];
  for (const [what, limit] of [["html", HTML], ["css", CSS], ["js", JS]]) {
    const [largest] = studies.toSorted((one, other) => other[what] - one[what]);
    context.diagnostic(`largest ${what}: ${largest[what]} of ${limit} bytes, at /${largest.path}`);
    over.push(
      ...studies.filter((study) => study[what] > limit).map((study) => `/${study.path}: ${study[what]} bytes of ${what}, over ${limit}`),
    );
  }
  none(over, "study over its budget");
});

test("a matrix is light, whatever its columns and its rows", (context) => {
  const matrices = pages(site)
    .filter(({ path }) => path.startsWith("matrix/"))
    .map(({ path, html }) => ({ path, bytes: Buffer.byteLength(html) }))
    .toSorted((one, other) => other.bytes - one.bytes);
  context.diagnostic(`largest: ${matrices[0].bytes} of ${MATRIX} bytes, at /${matrices[0].path}`);
  const over = matrices.filter(({ bytes }) => bytes > MATRIX);
  none(over.map(({ path, bytes }) => `/${path}: ${bytes} bytes, over ${MATRIX}`), "matrix over its budget");
});

test("the first page is light, and so is its map", (context) => {
  const page = pages(site).find(({ path }) => path === "");
  const html = Buffer.byteLength(page.html);
  const [map] = page.html.match(/<svg class="map"[^]*?<\/svg>/);
  const bytes = Buffer.byteLength(map);
  context.diagnostic(`the first page: ${html} of ${HTML} bytes; its map: ${bytes} of ${MAP}`);
  assert.ok(html <= HTML, `${html} bytes of HTML`);
  assert.ok(bytes <= MAP, `${bytes} bytes of map`);
});

test("the modules of search are light", (context) => {
  const bytes = moduleBytes(site);
  context.diagnostic(`${bytes} of ${SEARCH} bytes`);
  assert.ok(bytes > 0 && bytes <= SEARCH, `${bytes} bytes of modules`);
});

test("nothing but one stylesheet and a few bytes of script hold up the drawing", () => {
  const problems = [];
  for (const { path, html } of pages(site)) {
    const { elements } = read(html);
    const sheets = elements.filter(({ name, attributes }) => name === "link" && attributes.get("rel") === "stylesheet");
    const blocking = elements.filter(
      ({ name, attributes }) => name === "script" && attributes.get("type") !== "module" && !attributes.has("defer"),
    );
    const bytes = blocking.reduce((sum, { attributes }) => sum + bytesOf(attributes.get("src"), path), 0);
    if (sheets.length !== 1 || bytes > BLOCKING_JS) {
      problems.push(`/${path}: ${sheets.length} stylesheets, ${bytes} bytes of scripts that block`);
    }
  }
  none(problems, "page held up");
});
