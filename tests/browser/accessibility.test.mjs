// WCAG 2.2 AA and axe's best practice, on a page of each kind, with and without scripts, in both colour schemes, wide and
// narrow.

import assert from "node:assert/strict";
import { after, describe, test } from "node:test";
import { violations } from "./lib/axe.mjs";
import { openBrowser } from "./lib/browser.mjs";
import { kinds } from "./lib/pages.mjs";
import { none } from "./lib/problems.mjs";
import { openSite } from "./lib/site.mjs";

const WIDTHS = [1280, 360];
const SCHEMES = ["light", "dark"];

const site = await openSite();
const browser = await openBrowser();
// The policy would refuse axe itself. Other tests hold the pages to it.
const context = await browser.newContext({ bypassCSP: true, reducedMotion: "reduce" });
// axe is a script as well: without scripts means without those of the site.
const bare = await browser.newContext({ bypassCSP: true, reducedMotion: "reduce" });
await bare.route(/\.js$/, (route) => route.abort());
after(async () => {
  await browser.close();
  await site.close();
});

for (const [which, dressed] of [["with", context], ["without", bare]]) {
  describe(`axe finds nothing ${which} scripts`, { concurrency: 2 }, () => {
    for (const { kind, path } of kinds(site)) {
      test(`${kind}: /${path}`, async () => {
        const page = await dressed.newPage();
        await page.goto(site.base + path);
        const found = new Map();
        for (const width of WIDTHS) {
          await page.setViewportSize({ width, height: 800 });
          for (const colorScheme of SCHEMES) {
            await page.emulateMedia({ colorScheme });
            // All rules at both widths and in both schemes, colours in each of the four ways; without scripts, of which none gives
            // colours to a width, in these two.
            const coloursOnly = WIDTHS.indexOf(width) !== SCHEMES.indexOf(colorScheme);
            if (coloursOnly && dressed === bare) {
              continue;
            }
            for (const problem of await violations(page, { coloursOnly })) {
              found.set(problem, [...(found.get(problem) ?? []), `${colorScheme} ${width}`]);
            }
          }
        }
        await page.close();
        none([...found].map(([problem, where]) => `${problem} [${where.join(", ")}]`), "axe violation");
      });
    }
  });
}

test("the tests would see a pale word that is pale in one colour scheme only", async () => {
  const page = await context.newPage();
  await page.goto(site.base);
  await page.setContent("<style>p { color: #000; background: #fff } @media (prefers-color-scheme: dark) { p { color: #888 } }</style><p>Pale</p>");
  const seen = [];
  for (const colorScheme of SCHEMES) {
    await page.emulateMedia({ colorScheme });
    seen.push((await violations(page, { coloursOnly: true })).length);
  }
  await page.close();
  assert.deepEqual(seen, [0, 1]);
});

test("the tests would see a violation", async () => {
  const page = await context.newPage();
  await page.goto(site.base);
  await page.setContent('<p style="color: #999; background: #fff">Pale</p><img src="x.png"><a href="#">a</a><a href="#">b</a>');
  const rules = new Set((await violations(page)).map((line) => line.split(" ")[0]));
  await page.close();
  for (const rule of ["color-contrast", "image-alt", "target-size", "html-has-lang", "page-has-heading-one"]) {
    assert.ok(rules.has(rule), `axe doesn't see ${rule}`);
  }
});
