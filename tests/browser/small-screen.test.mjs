// Reflow (WCAG 1.4.10): at 320 CSS pixels no page scrolls sideways.

import { after, describe, test } from "node:test";
import { openBrowser } from "./lib/browser.mjs";
import { kinds, pages } from "./lib/pages.mjs";
import { sideways } from "./lib/overflow.mjs";
import { none } from "./lib/problems.mjs";
import { openSite } from "./lib/site.mjs";

const WIDTH = 320;
const SAMPLE = 30;

const site = await openSite();
const browser = await openBrowser();
const page = await browser.newPage({ viewport: { width: WIDTH, height: 800 } });
after(async () => {
  await browser.close();
  await site.close();
});

async function tooWide(path) {
  await page.goto(site.base + path);
  return (await sideways(page)).map((problem) => `/${path}: ${problem}`);
}

describe(`no page scrolls sideways at ${WIDTH} px`, () => {
  for (const { kind, path } of kinds(site)) {
    test(`${kind}: /${path}`, async () => none(await tooWide(path), "page too wide"));
  }

  test(`${SAMPLE} pages from all over the site`, async () => {
    const all = pages(site);
    const step = all.length / SAMPLE;
    const found = [];
    for (let index = 0; index < SAMPLE; index += 1) {
      found.push(...(await tooWide(all[Math.floor(index * step)].path)));
    }
    none(found, "page too wide");
  });
});
