// A study on paper: two or three sheets that hold everything, and say where they come from and of when they are.

import assert from "node:assert/strict";
import { after, describe, test } from "node:test";
import { openBrowser } from "./lib/browser.mjs";
import { read } from "./lib/html.mjs";
import { kinds, pages } from "./lib/pages.mjs";
import { none } from "./lib/problems.mjs";
import { openSite } from "./lib/site.mjs";

const SHEETS = 3;
const SAMPLE = 8;
/** A4 less the margins of the stylesheet, in CSS pixels. */
const PAPER = Math.floor(((210 - 2 * 14) / 25.4) * 96);

const site = await openSite();
const browser = await openBrowser();
const page = await browser.newPage({ viewport: { width: PAPER, height: 1000 } });
await page.emulateMedia({ media: "print" });
after(async () => {
  await browser.close();
  await site.close();
});

const studies = pages(site)
  .filter(({ path }) => /^studies\/[^/]+\/$/.test(path))
  .toSorted((one, other) => one.html.length - other.html.length);
const special = kinds(site).filter(({ kind }) => /\bstudy\b/.test(kind));

/** How many sheets of A4 the page that is open takes. */
async function sheets() {
  const pdf = await page.pdf({ format: "A4", preferCSSPageSize: true });
  return pdf.toString("latin1").match(/\/Type\s*\/Page\b(?!s)/g).length;
}

/** In the page: what sticks out of the paper, or is cut off by a box that would scroll on a screen. */
function clipped(width) {
  const wrong = (element) => {
    const style = getComputedStyle(element);
    const hides = style.overflowX !== "visible" && element.scrollWidth > element.clientWidth + 1;
    return element.getClientRects().length > 0 && (hides || element.getBoundingClientRect().right > width + 1);
  };
  return [...document.body.querySelectorAll("*")].filter(wrong).map((element) => element.outerHTML.slice(0, 80));
}

/** In the page: the headings, sentences and cells of a study that aren't shown. */
function unseen() {
  const parts = document.querySelectorAll("#factors h3, #factors .evidence, .outcome > *, .chain dd, .scale li, .sure p, #body > *");
  return [...parts].filter((part) => part.getClientRects().length === 0).map((part) => part.textContent.slice(0, 80));
}

describe("a study is a handout", () => {
  for (const { kind, path } of special) {
    test(`${kind}: /${path}`, async (context) => {
      await page.goto(site.base + path);
      const words = await page.locator("body").innerText();
      const { html } = studies.find((study) => study.path === path);
      const [canonical] = read(html).elements.filter(({ attributes }) => attributes.get("rel") === "canonical");
      assert.ok(words.includes(canonical.attributes.get("href")), "its address is on the paper");
      assert.match(words, /Cite this page[^]*\d{1,2} [A-Z][a-z]+ \d{4}/, "and the day of its last change");
      none(await page.evaluate(clipped, PAPER), "part that is cut off");
      none(await page.evaluate(unseen), "part that isn't printed");
      const navigation = page.locator("nav, .skip, button").filter({ visible: true });
      assert.equal(await navigation.count(), 0, "nothing to click is on the paper");
      const count = await sheets();
      context.diagnostic(`${count} sheets`);
      assert.ok(count <= SHEETS, `${count} sheets`);
    });
  }
});

test(`${SAMPLE} studies from the shortest to the longest print on at most ${SHEETS} sheets`, async () => {
  const step = (studies.length - 1) / (SAMPLE - 1);
  const over = [];
  for (let index = 0; index < SAMPLE; index += 1) {
    const { path } = studies[Math.round(index * step)];
    await page.goto(site.base + path);
    const count = await sheets();
    if (count > SHEETS) {
      over.push(`/${path}: ${count} sheets`);
    }
  }
  none(over, "study that is too long on paper");
});

test("a wide table and a long line of code are not cut off", async () => {
  await page.goto(site.base + special[0].path);
  await page.evaluate(() => {
    const cells = "<td>Emergency admissions a year</td>".repeat(9);
    const table = `<div class="table-scroll"><table><tr>${cells}</tr></table></div>`;
    const code = `<pre><code>${"a long line of code ".repeat(20)}</code></pre>`;
    document.querySelector("#body").innerHTML += table + code;
  });
  none(await page.evaluate(clipped, PAPER), "part that is cut off");
});

test("an abbreviation is written out on paper", async () => {
  const { path } = studies.find(({ html }) => html.includes('class="abbr"'));
  await page.goto(site.base + path);
  const shown = await page.locator(".abbr abbr").first().evaluate((abbr) => [
    getComputedStyle(abbr, "::after").content,
    abbr.title,
  ]);
  assert.ok(shown[0].includes(`(`) && shown[1].length > 3, shown.join(" / "));
});
