// Reflow (WCAG 1.4.10): at 320 CSS pixels no page scrolls sideways.

import { after, describe, test } from "node:test";
import { openBrowser } from "./lib/browser.mjs";
import { kinds, pages } from "./lib/pages.mjs";
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

/** In the page: its width, and the elements that stick out without scrolling by themselves. */
function sideways(width) {
  const scrolls = (element) => {
    for (let box = element.parentElement; box && box !== document.body; box = box.parentElement) {
      if (getComputedStyle(box).overflowX !== "visible") {
        return true;
      }
    }
    return false;
  };
  const name = (element) => {
    const own = element.id ? `#${element.id}` : element.getAttribute("class")?.trim().replace(/\s+|^/g, ".") ?? "";
    return element.localName + own;
  };
  const out = [...document.body.querySelectorAll("*")].filter(
    (element) => element.getBoundingClientRect().right > width + 0.5 && !scrolls(element),
  );
  return {
    width: document.documentElement.scrollWidth,
    culprits: out.slice(0, 5).map((element) => `${name(element.parentElement)} > ${name(element)}`),
  };
}

async function tooWide(path) {
  await page.goto(site.base + path);
  const found = await page.evaluate(sideways, WIDTH);
  return found.width > WIDTH ? [`/${path} is ${found.width} px wide: ${found.culprits.join(", ")}`] : [];
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
