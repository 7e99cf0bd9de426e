// `caseloom serve` beside an editor: files change, and nobody touches the browser. Each test waits for what it needs to see.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { cp, mkdir, mkdtemp, readFile, rename, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { after, afterEach, beforeEach, test } from "node:test";
import { fileURLToPath } from "node:url";
import { violations } from "./lib/axe.mjs";
import { openBrowser } from "./lib/browser.mjs";
import { none } from "./lib/problems.mjs";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const BINARY = process.env.CASELOOM ?? join(ROOT, "target", "release", "caseloom");
const FIXTURE = join(ROOT, "tests", "fixtures", "library");
const SHORT = "content/studies/five-minute-study.md";
const ADDRESS = "studies/five-minute-study/";

const browser = await openBrowser();
after(() => browser.close());

let library;
let server;
let page;
let messages;

beforeEach(async () => {
  const folder = await mkdtemp(join(tmpdir(), "caseloom-serve-"));
  library = join(folder, "library");
  await cp(FIXTURE, library, { recursive: true });
  server = await start(library);
  messages = [];
  page = undefined;
  await renew();
});

/** Another page in the browser, of another kind. */
async function renew(kind) {
  await page?.close();
  page = await browser.newPage(kind);
  page.on("console", (message) => messages.push(message.text()));
  page.on("pageerror", (error) => messages.push(String(error)));
}

afterEach(async () => {
  await page.close();
  server.process.kill("SIGINT");
  await rm(join(library, ".."), { recursive: true, force: true });
  // Among them is what the content security policy has stopped.
  const complaints = messages.filter((message) => !message.includes("404") && !message.includes("503"));
  assert.deepEqual(complaints, [], "the browser complains");
});

/** Starts a server; `lines` are those of its terminal, as they come. */
async function start(root) {
  const process = spawn(BINARY, ["serve", "--root", root, "--port", "0"], { stdio: ["ignore", "pipe", "pipe"] });
  const lines = createInterface({ input: process.stderr })[Symbol.asyncIterator]();
  for await (const base of createInterface({ input: process.stdout })) {
    return { process, lines, base };
  }
  throw new Error("the server said no address");
}

/** Opens a page and waits until it follows its changes. */
async function open(address) {
  const following = page.waitForRequest((request) => request.url().includes("/_caseloom/events"));
  await page.goto(server.base + address);
  await following;
}

const heading = (text) => page.getByRole("heading", { level: 1, name: text }).waitFor();
const panel = () => page.locator("caseloom-problems details");

async function edit(path, from, to) {
  const text = await readFile(join(library, path), "utf8");
  assert.ok(text.includes(from), `${path} holds no ${from}`);
  await writeFile(join(library, path), text.replaceAll(from, to));
}

/** The next line of the terminal that holds a text. */
async function line(text) {
  for (;;) {
    const { value, done } = await server.lines.next();
    assert.ok(!done, `the server ended without saying ${text}`);
    if (value.includes(text)) {
      return value;
    }
  }
}

test("a saved study is on the page", async () => {
  let loaded = 0;
  page.on("framenavigated", () => (loaded += 1));
  await open(ADDRESS);
  await heading("Five minutes");
  await edit(SHORT, "Five minutes", "Six minutes");
  await heading("Six minutes");
  await edit(SHORT, "Six minutes", "Seven minutes");
  await heading("Seven minutes");
  // Events come in order: with this one here, there is none under way that would load the page once more.
  await edit(SHORT, "shared-office", "sharde-office");
  await panel().waitFor();
  assert.equal(loaded, 1, "no change loads the page again");
});

test("a changed page takes the place of the one before: the reader stays, and scripts find the new elements", async () => {
  await renew({ viewport: { width: 400, height: 300 } });
  await open(ADDRESS);
  await page.evaluate(() => scrollTo(0, 200));
  const extras = async () => ({
    beside: await page.locator("a.beside").count(),
    colours: await page.getByRole("button", { name: "Dark" }).count(),
    stylesheets: await page.locator('link[rel="stylesheet"]').count(),
    titles: await page.locator("title").count(),
    scripts: await page.locator("script[src]").count(),
  });
  const before = await extras();
  assert.equal(before.colours, 1);
  await edit(SHORT, "Five minutes", "Six minutes");
  await page.waitForFunction(() => document.title.startsWith("Six minutes"));
  await page.getByRole("button", { name: "Dark" }).waitFor();
  await page.waitForFunction((count) => document.querySelectorAll("a.beside").length === count, before.beside);
  assert.deepEqual(await extras(), before);
  assert.equal(await page.evaluate(() => scrollY), 200);
  await page.getByRole("button", { name: "Dark" }).click();
  assert.equal(await page.evaluate(() => document.documentElement.dataset.scheme), "dark");
});

const BASE = "themes/default/templates/base.html";
for (const [what, from, to] of [
  ["a script that can't begin anew", " data-again", ""],
  ["a module, which runs once", "<script defer data-again", '<script type="module" data-again'],
]) {
  test(`a page with ${what} is loaded again`, async () => {
    await mkdir(join(library, "themes", "default", "templates"), { recursive: true });
    const base = await readFile(join(ROOT, BASE), "utf8");
    assert.ok(base.includes(from));
    await writeFile(join(library, BASE), base.replaceAll(from, to));
    await line("changed");
    await open(ADDRESS);
    const loaded = page.waitForEvent("framenavigated");
    await edit(SHORT, "Five minutes", "Six minutes");
    await loaded;
    await heading("Six minutes");
  });
}

test("a page with another frame is loaded again", async () => {
  await mkdir(join(library, "themes", "default", "templates"), { recursive: true });
  const base = await readFile(join(ROOT, BASE), "utf8");
  await writeFile(join(library, BASE), base);
  await line("changed");
  await open(ADDRESS);
  const loaded = page.waitForEvent("framenavigated");
  await edit(BASE, "<html ", '<html data-status="draft" ');
  await loaded;
  await page.locator('html[data-status="draft"]').waitFor();
});

test("a mistake stands over the page until it is mended, and nothing else moves", async () => {
  await open(ADDRESS);
  await page.evaluate(() => (globalThis.untouched = true));
  await edit(SHORT, "shared-office", "sharde-<b>office");
  await panel().waitFor();
  const text = await panel().innerText();
  assert.match(text, /1 error\. This is the page as it was before/);
  assert.match(text, /there is no factor `sharde-<b>office`/);
  assert.match(text, /did you mean `shared-office`\?/);
  const link = panel().getByRole("link", { name: /five-minute-study\.md:7:12/ });
  assert.match(await link.getAttribute("href"), /^vscode:\/\/file\/.*five-minute-study\.md:7:12$/);
  await heading("Five minutes");
  await edit(SHORT, "sharde-<b>office", "shared-office");
  await panel().waitFor({ state: "detached" });
  assert.ok(await page.evaluate(() => globalThis.untouched), "the page was loaded again");
});

test("the panel is folded up by keyboard and holds no focus", async () => {
  await open(ADDRESS);
  await edit(SHORT, "shared-office", "sharde-office");
  await panel().waitFor();
  assert.equal(await page.evaluate(() => document.activeElement.localName), "body", "the panel took the focus");
  const focused = () => page.evaluate(() => document.querySelector("caseloom-problems").shadowRoot.activeElement?.localName);
  // From the end of the page backwards: the problem's line, its link, and the summary.
  const stops = [];
  for (let stop = 0; stop < 8 && stops.at(-1) !== "summary"; stop += 1) {
    await page.keyboard.press("Shift+Tab");
    stops.push(await focused());
  }
  assert.ok(stops.includes("a") && stops.at(-1) === "summary", `the stops are ${stops.join(", ")}`);
  await page.keyboard.press("Enter");
  assert.equal(await panel().getAttribute("open"), null);
  await page.keyboard.press("Shift+Tab");
  assert.equal(await focused(), undefined, "the focus can't leave the panel");
});

for (const colorScheme of ["light", "dark"]) {
  for (const width of [320, 1280]) {
    test(`the panel is accessible, ${colorScheme}, ${width} px wide`, async () => {
      await renew({ colorScheme, viewport: { width, height: 700 }, bypassCSP: true });
      await open(ADDRESS);
      await edit(SHORT, "shared-office", "sharde-office");
      await panel().waitFor();
      none(await violations(page), "violation");
      assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), "it scrolls sideways");
    });
  }
}

test("a new stylesheet is taken without loading the page again", async () => {
  await cp(join(ROOT, "themes", "default", "assets"), join(library, "themes", "default", "assets"), { recursive: true });
  await line("changed");
  await open(ADDRESS);
  await page.evaluate(() => (globalThis.untouched = true));
  const style = join(library, "themes", "default", "assets", "style.css");
  await writeFile(style, `${await readFile(style, "utf8")}\nh1 { color: rgb(1, 2, 3) !important }\n`);
  await page.waitForFunction(() => getComputedStyle(document.querySelector("h1")).color === "rgb(1, 2, 3)");
  assert.ok(await page.evaluate(() => globalThis.untouched), "the page was loaded again");
  assert.equal(await page.locator('link[rel="stylesheet"]').count(), 1);
});

test("ten files at once are one rebuild", async () => {
  await open("studies/");
  const study = await readFile(join(library, SHORT), "utf8");
  // A folder is there at once; written one by one, files may take longer than the quiet that the server waits for.
  await mkdir(join(library, "aside"));
  for (const number of Array(10).keys()) await writeFile(join(library, `aside/new-${number}.md`), study);
  await rename(join(library, "aside"), join(library, "content/studies/new"));
  await page.locator('a[href$="studies/new-9/index.html"]').first().waitFor({ state: "attached" });
  assert.match(await line("changed"), /^10 files changed/);
  await edit(SHORT, "Five minutes", "Six minutes");
  assert.match(await line("changed"), /five-minute-study\.md changed/);
});

test("a deleted study leaves a page that suggests others", async () => {
  const study = await readFile(join(library, SHORT), "utf8");
  await writeFile(join(library, "content/studies/five-minutes-study.md"), study.replace("Five minutes", "A copy"));
  await line("changed");
  await open("studies/five-minutes-study/");
  await heading("A copy");
  await rm(join(library, "content/studies/five-minutes-study.md"));
  await heading("There is no page at this address");
  await page.getByRole("link", { name: "Five minutes" }).click();
  await heading("Five minutes");
});

test("the old address of a renamed study offers the new one, and comes back with it", async () => {
  const study = await readFile(join(library, SHORT), "utf8");
  await writeFile(join(library, "content/studies/first-name.md"), study.replace("Five minutes", "It moves"));
  await line("changed");
  await open("studies/first-name/");
  await rename(join(library, "content/studies/first-name.md"), join(library, "content/studies/other.md"));
  await heading("There is no page at this address");
  const link = page.getByRole("link", { name: "It moves" });
  assert.equal(await link.getAttribute("href"), "/library/studies/other/");
  await rename(join(library, "content/studies/other.md"), join(library, "content/studies/first-name.md"));
  await heading("It moves");
});

/** Puts the page into the background, and waits until it has let go of its events. */
async function hide() {
  const closed = page.waitForEvent("requestfailed", (request) => request.url().includes("/_caseloom/events"));
  await page.evaluate(() => {
    Object.defineProperty(document, "hidden", { configurable: true, get: () => true });
    document.dispatchEvent(new Event("visibilitychange"));
  });
  await closed;
}

function show() {
  return page.evaluate(() => {
    delete document.hidden;
    document.dispatchEvent(new Event("visibilitychange"));
  });
}

test("a page that was in the background is as new as the files when it is seen again", async () => {
  await open(ADDRESS);
  await hide();
  await edit(SHORT, "Five minutes", "Six minutes");
  await line("changed");
  await heading("Five minutes");
  await show();
  await heading("Six minutes");
});

test("what was mended in the background no longer stands over the page", async () => {
  await open(ADDRESS);
  await edit(SHORT, "shared-office", "sharde-office");
  await panel().waitFor();
  await line("changed");
  await hide();
  await edit(SHORT, "sharde-office", "shared-office");
  await line("changed");
  await show();
  await panel().waitFor({ state: "detached" });
});

test("while there is no site its problems are the page, which becomes the site", async () => {
  server.process.kill("SIGINT");
  await edit(SHORT, "shared-office", "sharde-office");
  server = await start(library);
  await renew({ bypassCSP: true });
  await open(ADDRESS.replace("studies", "library/studies"));
  await heading("This page can't be shown yet");
  await page.getByText("there is no factor `sharde-office`").waitFor();
  await edit(SHORT, "sharde-office", "shared-offise");
  await page.getByText("there is no factor `shared-offise`").waitFor();
  assert.equal(await page.locator("details").count(), 1);
  none(await violations(page), "violation");
  await edit(SHORT, "shared-offise", "shared-office");
  await heading("Five minutes");
});
