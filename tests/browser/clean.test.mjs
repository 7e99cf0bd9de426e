// Under the production policy, with and without JavaScript: no message of an error in the console, no request that
// fails, none to anybody else, and nothing that moves once it is drawn.

import assert from "node:assert/strict";
import { after, describe, test } from "node:test";
import { openBrowser } from "./lib/browser.mjs";
import { kinds } from "./lib/pages.mjs";
import { none } from "./lib/problems.mjs";
import { openSite, POLICY } from "./lib/site.mjs";

const site = await openSite();
const browser = await openBrowser();
after(async () => {
  await browser.close();
  await site.close();
});

/** A new page that notes what goes wrong in it. An address that is meant to be missing may be. */
async function watched(context) {
  const page = await context.newPage();
  const found = [];
  const meant = (url) => url.includes("/no/such/");
  page.on("console", (message) => {
    const { url } = message.location();
    if (["error", "warning"].includes(message.type()) && !meant(url)) {
      found.push(`console: ${message.text()} (${url})`);
    }
  });
  page.on("pageerror", (error) => found.push(`script: ${error.message}`));
  page.on("requestfailed", (request) => found.push(`failed: ${request.url()} ${request.failure()?.errorText}`));
  page.on("request", (request) => {
    if (!request.url().startsWith(site.base)) {
      found.push(`elsewhere: ${request.url()}`);
    }
  });
  page.on("response", (response) => {
    if (response.status() >= 400 && !meant(response.url())) {
      found.push(`${response.status()}: ${response.url()}`);
    }
  });
  return { page, found };
}

for (const javaScriptEnabled of [true, false]) {
  describe(`pages are clean ${javaScriptEnabled ? "with" : "without"} JavaScript`, async () => {
    const context = await browser.newContext({ javaScriptEnabled });
    for (const { kind, path } of kinds(site)) {
      test(`${kind}: /${path}`, async () => {
        const { page, found } = await watched(context);
        const response = await page.goto(site.base + path);
        assert.equal(response.status(), kind === "not found" ? 404 : 200);
        assert.equal(response.headers()["content-security-policy"], POLICY);
        const shift = javaScriptEnabled ? await page.evaluate(layoutShift) : 0;
        if (shift > 0.001) {
          found.push(`layout shift of ${shift}`);
        }
        await page.close();
        none(found, "complaint of the browser");
      });
    }
  });
}

/** In the page: the sum of what moved since it was opened, after the next frame. */
async function layoutShift() {
  let sum = 0;
  const observer = new PerformanceObserver((list) => {
    sum += list.getEntries().reduce((total, entry) => total + entry.value, 0);
  });
  observer.observe({ type: "layout-shift", buffered: true });
  await new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)));
  sum += observer.takeRecords().reduce((total, entry) => total + entry.value, 0);
  return sum;
}

for (const width of [1280, 800, 360]) {
  test(`the masthead stays where it is while more of it arrives, ${width} px wide`, async () => {
    const page = await browser.newPage({ viewport: { width, height: 800 } });
    await page.goto(`${site.base}factors/index.html`);
    const moved = await page.evaluate(() => {
      const parts = [...document.querySelector(".masthead .wrap").children];
      const places = () => parts.filter((part) => part.isConnected).map((part) => part.getBoundingClientRect().toJSON());
      const moved = [];
      let before = places();
      const lines = Map.groupBy(before, ({ bottom, height }) => Math.round((bottom - height / 2) / 20));
      for (const part of parts.slice(1).toReversed()) {
        part.remove();
        const now = places();
        now.forEach(({ x, y }, at) => (x !== before[at].x || y !== before[at].y) && moved.push(parts[at].className || parts[at].id));
        before = now;
      }
      const starts = [...lines.values()].map(([{ x }]) => Math.round(x));
      return { moved, parts: parts.length, starts: new Set(starts).size };
    });
    await page.close();
    // Each line begins where the first one does.
    assert.deepEqual(moved, { moved: [], parts: 3, starts: 1 });
  });
}

test("the two colour schemes differ", async () => {
  const page = await browser.newPage();
  await page.goto(site.base);
  const ground = () => page.evaluate(() => {
    const colours = [document.body, document.documentElement].map((element) => getComputedStyle(element).backgroundColor);
    return [...colours, getComputedStyle(document.body).color].join(" on ");
  });
  await page.emulateMedia({ colorScheme: "light" });
  const light = await ground();
  await page.emulateMedia({ colorScheme: "dark" });
  assert.notEqual(await ground(), light);
  await page.close();
});

test("the tests would see a breach of the policy", async () => {
  const { page, found } = await watched(await browser.newContext({ javaScriptEnabled: false }));
  const html = `<!doctype html><html lang="en"><title>x</title>
    <body style="color: red"><img src="https://elsewhere.invalid/x.png"><img src="missing.png">`;
  await page.route(`${site.base}breach/`, (route) =>
    route.fulfill({ body: html, contentType: "text/html", headers: { "Content-Security-Policy": POLICY } }),
  );
  await page.goto(`${site.base}breach/`);
  await page.close();
  for (const pattern of [/^console: .*style/, /elsewhere\.invalid/, /^404: .*missing\.png/]) {
    assert.ok(found.some((line) => pattern.test(line)), `${pattern} isn't in:\n${found.join("\n")}`);
  }
});
