// Search in a library whose content means harm: whatever stands in it is text, and nothing of it runs.

import assert from "node:assert/strict";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { after, test } from "node:test";
import { openBrowser } from "./lib/browser.mjs";
import { FIXTURE, openSite } from "./lib/site.mjs";

/** Markup of every kind, entities, quotes, marks that turn the direction of text, and what templates would take for theirs. */
const hostile = (name) =>
  `${name}<script>evil()</script><img src=x onerror=evil()>"'><b id=evil>&lt;&amp;\u202e rtl\u2066 {{ 7 * 7 }} </script><!--`;

const TITLE = hostile("Zebra");
const LABEL = hostile("Giraffe");
const ALIAS = hostile("okapi");
const THEME = hostile("Gazelle");

async function change(library) {
  const edit = async (path, ...replacements) => {
    let text = await readFile(join(library, path), "utf8");
    for (const [from, to] of replacements) {
      assert.ok(text.includes(from), `${path} has no ${from}`);
      text = text.replace(from, () => to);
    }
    await writeFile(join(library, path), text);
  };
  const quoted = JSON.stringify;
  await edit(
    "site-config.toml",
    ["[rules]", '[rules]\ntemplate-text = "off"\nbidirectional-control = "off"'],
    ["summary_characters = 300", "summary_characters = 1000"],
  );
  await edit(
    "content/studies/five-minute-study.md",
    ["title: Five minutes", `title: ${quoted(TITLE)}`],
    ["summary: Written between two meetings.", `summary: ${quoted(hostile("Lemur"))}`],
    [
      "enablers: [shared-office]",
      `place: ${quoted(hostile("Tapir"))}\nenablers: [{factor: shared-office, evidence: ${quoted(hostile("Ocelot"))}}]`,
    ],
  );
  await edit(
    "content/vocabulary/factors.yaml",
    ["label: Shared office", `label: ${quoted(LABEL)}`],
    ["aliases: [co-location]", `aliases: [${quoted(ALIAS)}, quagga]`],
  );
  await edit("content/vocabulary/themes.yaml", ["label: Trust and relationships", `label: ${quoted(THEME)}`]);
}

const site = await openSite({ library: FIXTURE, change });
const browser = await openBrowser();
after(async () => {
  await browser.close();
  await site.close();
});

/** Opens the search page with a query, without the protection of the policy: the pages must not need it. */
async function search(query) {
  const page = await browser.newPage({ bypassCSP: true, acceptDownloads: true });
  await page.addInitScript(() => {
    globalThis.evil = () => (globalThis.harmed = true);
  });
  await page.goto(`${site.base}search/?q=${encodeURIComponent(query)}`);
  await page.locator("#status", { hasText: /\d|Nothing|No / }).waitFor();
  return page;
}

async function unharmed(page) {
  assert.equal(await page.evaluate(() => globalThis.harmed), undefined, "a script of the content has run");
  assert.equal(await page.locator("main img, main script:not([src]), #evil").count(), 0, "the content has become markup");
}

for (const word of ["zebra", "lemur", "ocelot", "tapir"]) {
  test(`a study is found by “${word}”, and shows as text`, async () => {
    const page = await search(word);
    const link = page.locator("#results h3 a").first();
    await link.waitFor();
    assert.equal(await link.evaluate((element) => element.textContent), TITLE);
    await unharmed(page);
    await link.click();
    await page.waitForURL("**/studies/five-minute-study/**");
    await unharmed(page);
    await page.close();
  });
}

test("a term with such a name, found by another such name, shows as text", async () => {
  for (const query of ["quagga", ALIAS]) {
    const page = await search(query);
    const term = page.locator("#terms h3", { hasText: "Giraffe" });
    await term.waitFor();
    assert.ok((await term.evaluate((element) => element.textContent)).includes(LABEL));
    await unharmed(page);
    await page.close();
  }
});

test("facets name such values, and what is chosen from them is shown, as text", async () => {
  const page = await search("");
  const groups = page.locator("#facets details");
  for (let group = 0; group < (await groups.count()); group += 1) {
    await groups.nth(group).evaluate((element) => (element.open = true));
  }
  const choice = page.locator("#facets label", { hasText: "Gazelle" }).first();
  await choice.waitFor();
  assert.ok((await choice.evaluate((element) => element.textContent)).includes(THEME));
  await choice.getByRole("checkbox").check();
  await page.locator("#chosen button", { hasText: "Gazelle" }).waitFor();
  await unharmed(page);
  await page.close();
});

test("such a query is shown as it was typed, and so is what is wrong with it", async () => {
  for (const query of [TITLE, hostile("xyzzyxyzzy"), `"${hostile("zebra")}" -<b>`]) {
    const page = await search(query);
    assert.equal(await page.locator("#q").inputValue(), query);
    await unharmed(page);
    await page.close();
  }
});

test("the file of the results has such titles in one cell each", async () => {
  const page = await search("zebra");
  await page.locator("#results h3 a").first().waitFor();
  const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: /CSV|spreadsheet/i }).click()]);
  const text = await readFile(await download.path(), "utf8");
  assert.ok(text.includes(`"${TITLE.replaceAll('"', '""')}"`), text);
  await page.close();
});
