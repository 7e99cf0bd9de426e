// What a reader does: from a theme to a factor, to a study, to a place where the same factor worked the other way.

import assert from "node:assert/strict";
import { join } from "node:path";
import { after, test } from "node:test";
import { pathToFileURL } from "node:url";
import { openBrowser } from "./lib/browser.mjs";
import { read } from "./lib/html.mjs";
import { studies, vocabulary } from "./lib/pages.mjs";
import { openSite } from "./lib/site.mjs";

const OPPOSITE = { enablers: "barriers", barriers: "enablers" };

const site = await openSite();
const browser = await openBrowser();
after(async () => {
  await browser.close();
  await site.close();
});

const cites = (study, direction, factor) => (study[direction] ?? []).some((citation) => citation.factor === factor);

/** Paths, from the top of the site, that a page links to. */
function linked(path) {
  const here = site.base + path;
  return read(site.files.get(`${path}index.html`).toString("utf8"))
    .elements.filter((element) => element.name === "a" && element.attributes.has("href"))
    .map((element) => new URL(element.attributes.get("href"), here).href.split("#")[0])
    .filter((url) => url.startsWith(site.base))
    .map((url) => url.slice(site.base.length).replace(/index\.html$/, ""));
}

/** The first way through the library, in the order of its vocabulary, that ends at a counterpoint. */
function way() {
  const { themes, factors } = vocabulary(site);
  const all = studies(site);
  for (const theme of themes) {
    for (const factor of factors.filter((each) => each.theme === theme.id)) {
      for (const direction of ["barriers", "enablers"]) {
        for (const study of all.filter((each) => cites(each, direction, factor.id))) {
          const links = new Set(linked(`studies/${study.slug}/`));
          const counterpoint = all.find(
            (other) => cites(other, OPPOSITE[direction], factor.id) && links.has(`studies/${other.slug}/`),
          );
          if (counterpoint) {
            return { theme, factor, study, counterpoint };
          }
        }
      }
    }
  }
  assert.fail("no study links to a counterpoint");
}

/** Clicks a link, opening what it is folded into, and waits until the browser is where it leads. */
async function click(page, link) {
  const leads = await link.evaluate((element) => {
    for (let fold = element.closest("details"); fold; fold = fold.parentElement.closest("details")) {
      fold.open = true;
    }
    return element.href.split("#")[0];
  });
  await link.click();
  await page.waitForURL((url) => url.href.split("#")[0] === leads);
}

/** Clicks a link of the content by its words. */
async function follow(page, words) {
  await click(page, page.locator("main").getByRole("link", { name: words, exact: true, includeHidden: true }).first());
}

const heading = (page) => page.getByRole("heading", { level: 1 });

for (const javaScriptEnabled of [true, false]) {
  test(`from the first page to a counterpoint, ${javaScriptEnabled ? "with" : "without"} JavaScript`, async () => {
    const { theme, factor, study, counterpoint } = way();
    const page = await browser.newPage({ javaScriptEnabled });
    await page.goto(site.base);
    for (const { label, title, slug } of [theme, factor, study, counterpoint]) {
      await follow(page, label ?? title);
      const here = decodeURIComponent(new URL(page.url()).pathname);
      assert.ok(slug === undefined || here.includes(`/studies/${slug}/`), `${here} after ${title}`);
      assert.ok((await heading(page).textContent()).includes(label ?? title));
    }
    // And back to the factor that both share.
    await follow(page, factor.label);
    assert.ok(page.url().includes(`/factors/${factor.id}/`));
    await page.close();
  });
}

test("an old link leads back into the library", async () => {
  const page = await browser.newPage();
  const response = await page.goto(`${site.base}studies/there/never/was/one/`);
  assert.equal(response.status(), 404);
  await click(page, page.locator("main a").first());
  assert.ok(page.url().startsWith(site.base));
  assert.notEqual(await page.title(), "");
  assert.equal(await page.locator("main").count(), 1);
  await page.close();
});

test("the site opens from a disk", async () => {
  const page = await browser.newPage();
  const failed = [];
  page.on("requestfailed", (request) => failed.push(request.url()));
  const folder = pathToFileURL(join(site.folder, "/")).href;
  const styled = async () => {
    const { width, position } = await page.locator("a.skip, body > a").first().evaluate((element) => {
      const { position } = getComputedStyle(element);
      return { width: document.styleSheets.length, position };
    });
    assert.equal(width, 1, "one stylesheet");
    assert.notEqual(position, "static", `the stylesheet isn't applied at ${page.url()}`);
  };
  await page.goto(`${folder}index.html`);
  await styled();
  for (const section of ["themes", "studies"]) {
    const link = page.locator(`main a[href*="${section}/"]:not([href$="${section}/index.html"])`).first();
    const words = (await link.textContent()).trim();
    await click(page, link);
    assert.ok(page.url().startsWith(`${folder}${section}/`), page.url());
    assert.ok((await heading(page).textContent()).includes(words), `${page.url()} after “${words}”`);
    await styled();
  }
  await page.close();
  assert.deepEqual(failed, []);
});
