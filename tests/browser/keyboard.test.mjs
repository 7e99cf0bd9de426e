// Without a mouse: the skip link, and a focus that is seen wherever it goes.

import assert from "node:assert/strict";
import { after, describe, test } from "node:test";
import { openBrowser } from "./lib/browser.mjs";
import { kinds } from "./lib/pages.mjs";
import { none } from "./lib/problems.mjs";
import { openSite } from "./lib/site.mjs";

const STOPS = 25;
// Pages whose parts differ from one another.
const LAYOUTS = new Set(["home", "study", "factor", "systems", "search", "matrix", "not found"]);

const site = await openSite();
const browser = await openBrowser();
after(async () => {
  await browser.close();
  await site.close();
});

/** In the page: what has the focus, whether it is marked, and whether it can be seen. */
function focused() {
  const element = document.activeElement;
  const style = getComputedStyle(element);
  const outlined = style.outlineStyle !== "none" && Number.parseFloat(style.outlineWidth) > 0;
  const boxes = [...element.getClientRects()].filter((box) => box.width > 0 && box.height > 0);
  const seen = boxes.some((box) => {
    const top = document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2);
    return top !== null && (element.contains(top) || top.contains(element));
  });
  return {
    what: `${element.localName} “${element.textContent.trim().slice(0, 40)}”`,
    inMain: element.closest("main") !== null,
    isMain: element.localName === "main",
    isBody: element === document.body,
    href: element.getAttribute("href"),
    marked: outlined || style.boxShadow !== "none",
    seen,
  };
}

for (const colorScheme of ["light", "dark"]) {
  describe(`by keyboard, ${colorScheme}`, () => {
    for (const { kind, path } of kinds(site).filter(({ kind }) => LAYOUTS.has(kind.split(", ")[0]))) {
      test(`${kind}: the first stop skips to the content`, async () => {
        const page = await browser.newPage({ colorScheme, reducedMotion: "reduce" });
        await page.goto(site.base + path);
        const main = await page.locator("main").getAttribute("id");
        await page.keyboard.press("Tab");
        const skip = await page.evaluate(focused);
        assert.equal(skip.href, `#${main}`, `the first stop is ${skip.what}`);
        assert.ok(skip.seen, "the skip link can't be seen");
        assert.ok(skip.marked, "the skip link doesn't show that it has the focus");
        await page.keyboard.press("Enter");
        await page.waitForURL(`**#${main}`, { timeout: 5_000 });
        assert.ok((await page.evaluate(focused)).isMain, "the focus didn't move to main");
        await page.keyboard.press("Tab");
        const next = await page.evaluate(focused);
        assert.ok(next.inMain && !next.isMain, `the next stop is ${next.what}, outside main`);
        await page.close();
      });

      test(`${kind}: the focus is seen at the first ${STOPS} stops`, async () => {
        const page = await browser.newPage({ colorScheme, reducedMotion: "reduce" });
        await page.goto(site.base + path);
        const problems = [];
        for (let stop = 1; stop <= STOPS; stop += 1) {
          await page.keyboard.press("Tab");
          const { what, marked, seen, isBody } = await page.evaluate(focused);
          if (isBody) {
            break;
          }
          if (!marked) {
            problems.push(`stop ${stop}, ${what}: no outline, no shadow`);
          }
          if (!seen) {
            problems.push(`stop ${stop}, ${what}: can't be seen`);
          }
        }
        await page.close();
        none(problems, "stop without a visible focus");
      });
    }
  });
}
