// What scripts add: sorting, copying, the choice of colours, and two pages side by side. And that nothing is lost
// without them.

import assert from "node:assert/strict";
import { join } from "node:path";
import { after, test } from "node:test";
import { pathToFileURL } from "node:url";
import { openBrowser } from "./lib/browser.mjs";
import { pages, studies, vocabulary } from "./lib/pages.mjs";
import { openSite } from "./lib/site.mjs";

const site = await openSite();
const browser = await openBrowser();
after(async () => {
  await browser.close();
  await site.close();
});

/** Opens a page in a context of its own; `check` gets it. An error of a script fails the test. */
async function open(path, check, { base = site.base, ...options } = {}) {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  const errors = [];
  page.on("pageerror", (error) => errors.push(error.message));
  await page.goto(base + path);
  await check(page, context);
  await context.close();
  assert.deepEqual(errors, []);
}

const DISK = pathToFileURL(join(site.folder, "/")).href;

/** The cells of a column of the first table, from the top. */
const column = (page, at) =>
  page.locator("table[data-sort]").first().locator(`tbody tr > :nth-child(${at})`).allInnerTexts();

test("a table is sorted by the column whose heading is pressed", async () => {
  await open("factors/index.html", async (page) => {
    const table = page.locator("table[data-sort]").first();
    const heading = (name) => table.getByRole("columnheader", { name });
    const at = 1 + (await table.locator("thead th").allInnerTexts()).findIndex((text) => text.includes("Hindered"));
    const before = await column(page, 1);

    await heading("Hindered").getByRole("button").click();
    assert.equal(await heading("Hindered").getAttribute("aria-sort"), "descending");
    const numbers = (await column(page, at)).map(Number);
    assert.deepEqual(numbers, numbers.toSorted((one, other) => other - one));

    await heading("Hindered").getByRole("button").press("Enter");
    assert.equal(await heading("Hindered").getAttribute("aria-sort"), "ascending");
    assert.deepEqual((await column(page, at)).map(Number), numbers.toReversed().toSorted((one, other) => one - other));

    await heading("Factor").getByRole("button").click();
    assert.equal(await heading("Hindered").getAttribute("aria-sort"), null);
    const names = await column(page, 1);
    assert.deepEqual(names, before.toSorted((one, other) => one.localeCompare(other, "en-GB")));
  });
});

test("numbers are sorted as numbers, and rows that are alike keep their order", async () => {
  await open("factors/index.html", async (page) => {
    const rows = [["ten", "10"], ["nine", "9"], ["first", "2"], ["second", "2"], ["third", "2"], ["many", "1,200"]];
    await page.locator("table[data-sort]").first().evaluate((table, rows) => {
      const width = table.tHead.rows[0].cells.length;
      const [body] = table.tBodies;
      body.replaceChildren(...rows.map(([name, number]) => {
        const row = document.createElement("tr");
        for (let at = 0; at < width; at += 1) {
          row.insertCell().textContent = at === 0 ? name : number;
        }
        return row;
      }));
    }, rows);
    const button = page.locator("table[data-sort]").first().locator("thead button").last();
    await button.click();
    assert.deepEqual(await column(page, 1), ["many", "ten", "nine", "first", "second", "third"]);
    await button.click();
    assert.deepEqual(await column(page, 1), ["first", "second", "third", "nine", "ten", "many"]);
  });
});

test("a citation is copied, and that is told", async () => {
  const { path } = pages(site).find(({ path, html }) => /^studies\/[^/]+\/$/.test(path) && html.includes("data-copy="));
  const permissions = ["clipboard-read", "clipboard-write"];
  await open(path, async (page) => {
    const button = page.locator("[data-copy]").first();
    const copied = page.locator(`#${await button.getAttribute("data-copy")}`);
    await button.click();
    await page.getByRole("status").filter({ hasText: "Copied" }).waitFor();
    assert.equal(await page.evaluate(() => navigator.clipboard.readText()), (await copied.innerText()).trim());
  }, { permissions });
});

test("the colours that a reader chooses hold on every page, from its first drawing", async () => {
  await open("index.html", async (page, context) => {
    const ground = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    const choice = (name) => page.getByRole("group", { name: "Colours" }).getByRole("button", { name });
    const light = await ground();
    await choice("Dark").click();
    const dark = await ground();
    assert.notEqual(dark, light);
    assert.equal(await choice("Dark").getAttribute("aria-pressed"), "true");

    // Before any script that waits for the page has run.
    await page.route(/switch-.*\.js$/, (route) => route.abort());
    await page.goto(`${site.base}themes/index.html`);
    assert.equal(await ground(), dark);
    await page.unroute(/switch-.*\.js$/);

    // A page that is open beside the one where it is chosen follows.
    await page.reload();
    const beside = await context.newPage();
    await beside.goto(`${site.base}index.html`);
    await beside.getByRole("button", { name: "As on this device" }).click();
    await page.waitForFunction((light) => getComputedStyle(document.body).backgroundColor === light, light, { polling: 50 });
    assert.equal(await choice("As on this device").getAttribute("aria-pressed"), "true");
  }, { colorScheme: "light" });
});

/** Two studies that cite a factor in opposite directions, and the label of that factor. */
function opposites() {
  const all = studies(site);
  const cites = (study, key, factor) => (study[key] ?? []).some((citation) => citation.factor === factor);
  for (const factor of vocabulary(site).factors) {
    const one = all.find((study) => cites(study, "enablers", factor.id) && !cites(study, "barriers", factor.id));
    const other = all.find((study) => cites(study, "barriers", factor.id) && !cites(study, "enablers", factor.id));
    if (one && other) {
      return { factor, one, other };
    }
  }
  assert.fail("no factor went both ways");
}

test("a counterpoint leads to both studies side by side", async () => {
  const { factor, one } = opposites();
  await open(`studies/${one.slug}/`, async (page) => {
    const beside = page.locator("[data-beside] a", { hasText: "Side by side" }).first();
    const name = await beside.getAttribute("aria-label");
    const url = await beside.evaluate((link) => {
      link.closest("details").open = true;
      return link.href;
    });
    await beside.click();
    await page.waitForURL(url);
    const heading = page.getByRole("heading", { level: 1, name: /beside/ });
    await heading.waitFor();
    assert.equal(await heading.innerText().then((text) => text.replace(/\s+/g, " ")), `${one.title} beside ${name.replace("Side by side with ", "")}`);
    assert.ok((await page.title()).startsWith(one.title));
    assert.ok(await page.getByRole("rowheader").filter({ hasText: "Different ways" }).count() > 0, factor.label);
  });
});

test("two studies are set side by side by what both say, and what only one does", async () => {
  const { factor, one, other } = opposites();
  await open(`compare/?a=studies/${one.slug}&b=studies/${other.slug}`, async (page) => {
    const row = page.getByRole("row").filter({ has: page.getByRole("link", { name: factor.label, exact: true }) });
    await row.waitFor();
    const cells = await row.getByRole("cell").allInnerTexts();
    assert.ok(cells[0].includes("Helped") && cells[1].includes("Hindered"), cells.join(" | "));
    for (const text of cells.map((cell) => cell.split("\n").at(-1))) {
      assert.ok(JSON.stringify([one, other]).includes(JSON.stringify(text).slice(1, -1)), text);
    }
    // What was taken from the pages leads where it led.
    const links = await page.locator("main a").evaluateAll((links) => links.map((link) => link.href.split("#")[0]));
    for (const link of links) {
      const file = decodeURI(link.slice(site.base.length)).replace(/(^|\/)$/, "$1index.html");
      assert.ok(!link.startsWith(site.base) || site.files.has(file), `${link} leads nowhere`);
    }
    const ids = await page.locator("[id]").evaluateAll((elements) => elements.map((element) => element.id));
    assert.equal(new Set(ids).size, ids.length, `ids twice: ${ids}`);
  });
});

test("two factors are set side by side by the studies that name both", async () => {
  const all = studies(site);
  const named = (study) => ["enablers", "barriers"].flatMap((key) => (study[key] ?? []).map(({ factor }) => factor));
  const study = all.find((study) => new Set(named(study)).size > 1);
  const [one, other] = new Set(named(study));
  await open(`compare/?a=factors/${one}&b=factors/${other}`, async (page) => {
    const shared = page.locator("section", { has: page.getByRole("heading", { name: "Studies that name both" }) });
    await shared.getByRole("link", { name: study.title, exact: true }).waitFor();
  });
});

for (const [query, says] of [
  ["?a=studies/../../evil&b=studies/x", "doesn’t name two"],
  ["?a=https://elsewhere.invalid/&b=studies/x", "doesn’t name two"],
  ["?a=%3Cimg src=x onerror=alert(1)%3E&b=studies/x", "doesn’t name two"],
  ["?a=studies/only-one", "doesn’t name two"],
  ["?a=studies/x&b=studies/x", "same page twice"],
  ["?a=studies/x&b=factors/x", "two of a kind"],
  ["?a=studies/no-such-study&b=studies/nor-this-one", "could not be opened"],
]) {
  test(`compare/${query} says what is wrong, and asks for nothing elsewhere`, async () => {
    const context = await browser.newContext();
    const page = await context.newPage();
    const asked = [];
    page.on("request", (request) => asked.push(request.url()));
    await page.goto(`${site.base}compare/${query}`);
    await page.getByRole("status").filter({ hasText: says }).waitFor();
    assert.deepEqual(asked.filter((url) => !url.startsWith(site.base)), []);
    assert.equal(await page.locator("main img").count(), 0);
    assert.ok(await page.getByRole("heading", { name: "Set side by side by authors" }).isVisible());
    await context.close();
  });
}

test("from a disk, where no page may ask for another, both are linked", async () => {
  const { one, other } = opposites();
  await open(`compare/index.html?a=studies/${one.slug}&b=studies/${other.slug}`, async (page) => {
    const status = page.getByRole("status").filter({ hasText: "could not be opened" });
    await status.waitFor();
    await status.getByRole("link").last().click();
    await page.waitForURL(`**/studies/${other.slug}/index.html`);
  }, { base: DISK });
});

test("from a disk, tables are sorted and colours chosen too", async () => {
  await open("factors/index.html", async (page) => {
    await page.locator("table[data-sort]").first().getByRole("button", { name: "Helped" }).click();
    assert.equal(await page.locator("[aria-sort]").count(), 1);
    await page.getByRole("button", { name: "Dark" }).click();
    assert.equal(await page.locator("html").getAttribute("data-scheme"), "dark");
  }, { base: DISK });
});

test("without scripts no button is shown that does nothing, and every pair can be read", async () => {
  await open("compare/index.html", async (page) => {
    const link = page.locator("section", { has: page.locator("#pairs") }).getByRole("link").first();
    const words = await link.innerText();
    await link.click();
    assert.equal(await page.getByRole("heading", { level: 1 }).innerText(), words);
  }, { javaScriptEnabled: false });
  const { one } = opposites();
  for (const path of [`studies/${one.slug}/`, "factors/index.html", "compare/index.html"]) {
    await open(path, async (page) => {
      // That of a form sends it, without any script.
      assert.equal(await page.locator("main button:visible, button:visible:not(form *)").count(), 0, path);
      assert.ok(!(await page.getByText("Colours", { exact: true }).isVisible()), path);
    }, { javaScriptEnabled: false });
  }
});
