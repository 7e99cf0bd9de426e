// Search in the built library: what people call things, narrowing, the address, no script.

import assert from "node:assert/strict";
import { after, test } from "node:test";
import { openBrowser } from "./lib/browser.mjs";
import { studies, vocabulary } from "./lib/pages.mjs";
import { openSite } from "./lib/site.mjs";

const site = await openSite();
const browser = await openBrowser();
after(async () => {
  await browser.close();
  await site.close();
});

/** Opens the search page, and waits for its results. */
async function search(query, options) {
  const page = await browser.newPage(options);
  await page.goto(`${site.base}search/${query}`);
  await page.locator("#status", { hasText: /\d|Nothing|No / }).waitFor();
  return page;
}

const number = async (page) => Number((await page.locator("#status").innerText()).match(/(\d[\d,]*) (result|page)/)[1].replace(",", ""));

test("an empty box browses everything", async () => {
  const page = await search("");
  assert.ok((await number(page)) >= studies(site).length);
  assert.ok((await page.locator("#results > li").count()) > 5);
  assert.ok(!(await page.locator("#nothing").isVisible()));
  await page.close();
});

test("another word for a term leads to it, and says why", async () => {
  const { factors } = vocabulary(site);
  const factor = factors.find(({ aliases }) => aliases?.length > 0);
  const page = await search(`?q=${encodeURIComponent(factor.aliases[0])}`);
  const term = page.locator("#terms li", { hasText: factor.label }).first();
  await term.waitFor();
  assert.match(await term.innerText(), /another word/);
  await page.close();
});

test("a misspelling is corrected, and said so", async () => {
  const page = await search("?q=leadreship");
  assert.match(await page.locator("#status").innerText(), /leadreship.*leadership/);
  assert.ok((await number(page)) > 0);
  await page.close();
});

test("what is chosen stands in the address, and the address brings it back", async () => {
  const page = await search("?q=trust");
  const all = await number(page);
  const box = page.getByRole("checkbox", { name: /^Case study/ });
  await box.check();
  await page.waitForFunction((before) => !document.querySelector("#status").textContent.includes(`${before} result`), all);
  const narrowed = await number(page);
  assert.ok(narrowed < all, `${narrowed} of ${all}`);
  const address = page.url();
  assert.match(address, /q=trust/);
  await page.close();
  const again = await search(address.slice(`${site.base}search/`.length));
  assert.equal(await number(again), narrowed);
  await again.close();
});

test("the count beside a value is what a click on it gives, and what is chosen can be taken away", async () => {
  const page = await search("?q=trust");
  const before = await number(page);
  const choice = page.locator("#facets label", { hasText: "Thematic review" });
  const count = Number(await choice.locator(".count").innerText());
  await choice.getByRole("checkbox").check();
  await page.locator("#chosen button").waitFor();
  assert.ok(count > 0 && count < before);
  assert.equal(await number(page), count);
  await page.locator("#chosen button").click();
  await page.locator("#chosen button").waitFor({ state: "detached" });
  assert.equal(await number(page), before);
  await page.close();
});

test("more results follow those that are there, and the first of them has the focus", async () => {
  const page = await search("?q=care");
  const links = page.locator("#results h3 a");
  const before = await links.allInnerTexts();
  await page.getByRole("button", { name: "Show more" }).click();
  await links.nth(before.length).waitFor();
  const after = await links.allInnerTexts();
  assert.deepEqual(after.slice(0, before.length), before);
  assert.ok(after.length > before.length);
  await page.waitForFunction((text) => document.activeElement.textContent === text, after[before.length]);
  await page.close();
});

test("a term that is named stands above the results, and not among them", async () => {
  const page = await search("?q=goverance+structures");
  assert.equal(await page.locator("#terms h3", { hasText: "Governance structures" }).count(), 1);
  const titles = await page.locator("#results h3").allInnerTexts();
  assert.ok(titles.length > 0 && !titles.includes("Governance structures"));
  await page.close();
});

test("a word that is nowhere finds nothing, and nothing is called the newest", async () => {
  const page = await search("?q=xyzzyxyzzy");
  assert.equal(await page.locator("#status").innerText(), "No “xyzzyxyzzy” here. 0 results.");
  const nothing = page.locator("#nothing");
  assert.ok(await nothing.isVisible());
  assert.ok((await nothing.locator("a").count()) >= 4, "it is no dead end");
  await page.close();
});

test("markup in a query is text", async () => {
  const page = await search(`?q=${encodeURIComponent("<img src=x onerror=alert(1)>")}`);
  assert.equal(await page.locator("main img").count(), 0);
  assert.equal(await page.locator("#q").inputValue(), "<img src=x onerror=alert(1)>");
  await page.close();
});

test("the box of every page leads to the results", async () => {
  const page = await browser.newPage();
  await page.goto(`${site.base}themes/index.html`);
  await page.getByRole("searchbox").fill("co-location");
  await page.keyboard.press("Enter");
  await page.waitForURL("**/search/**q=co-location**");
  await page.locator("#results > li").first().waitFor();
  await page.close();
});

test("an index that can't be read is told, with a way to try again", async () => {
  const page = await browser.newPage();
  await page.route(/\/search\/.*\.(json|bin)$/, (route) => route.abort());
  await page.goto(`${site.base}search/`);
  await page.locator("#failed").waitFor();
  await page.unroute(/\/search\/.*\.(json|bin)$/);
  await page.getByRole("button", { name: "Try again" }).click();
  await page.locator("#results > li").first().waitFor();
  await page.close();
});

test("without scripts the page says so and leads on", async () => {
  const page = await browser.newPage({ javaScriptEnabled: false });
  await page.goto(`${site.base}search/?q=trust`);
  assert.match(await page.locator("main").innerText(), /needs JavaScript/);
  assert.ok((await page.locator("main a").count()) > 3);
  await page.close();
});
