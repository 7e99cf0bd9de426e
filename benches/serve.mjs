// How long an edit takes under `caseloom serve`, from the write to the new page in a real browser, and how much memory the
// server needs after many (see README.md).
//
//   node benches/serve.mjs [LIBRARY...]      folders of libraries; the one around this file unless told
//
//   EDITS=100        edits in each library
//   CASELOOM=FILE    the binary to measure; target/release/caseloom unless told
//
// Works on copies. Needs Linux, Chromium, and the packages of tests/browser (`npm ci` there).

import { spawn } from "node:child_process";
import { cp, mkdtemp, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join, resolve } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { openBrowser } from "../tests/browser/lib/browser.mjs";

const ROOT = fileURLToPath(new URL("..", import.meta.url));
const BINARY = resolve(process.env.CASELOOM ?? join(ROOT, "target", "release", "caseloom"));
const EDITS = Number(process.env.EDITS ?? 100);
const RELOADS = 30;
// Edits before memory is first read, and times are kept: the server warms up.
const WARM = 10;

const libraries = process.argv.slice(2);
const browser = await openBrowser();
const folder = await mkdtemp(join(tmpdir(), "caseloom-serve-"));
try {
  for (const library of libraries.length > 0 ? libraries : [ROOT]) {
    await measure(resolve(library));
  }
} finally {
  await browser.close();
  await rm(folder, { recursive: true, force: true });
}

/** The time in milliseconds, by the clock that pages have too. */
function now() {
  return performance.timeOrigin + performance.now();
}

async function measure(library) {
  const copy = join(folder, basename(library));
  for (const part of ["content", "themes", "site-config.toml"]) {
    await cp(join(library, part), join(copy, part), { recursive: true }).catch((error) => {
      if (part !== "themes") {
        throw error;
      }
    });
  }
  const started = performance.now();
  const server = spawn(BINARY, ["serve", "--root", copy, "--port", "0"], { stdio: ["ignore", "pipe", "ignore"] });
  try {
    const base = await Promise.race([
      firstLine(server.stdout),
      new Promise((_, reject) => server.once("exit", () => reject(new Error("the server has ended")))),
    ]);
    const files = (await readdir(join(copy, "content", "studies"), { recursive: true })).filter((path) => path.endsWith(".md"));
    const study = join(copy, "content", "studies", files.sort()[Math.floor(files.length / 2)]);
    const address = `${base}studies/${basename(study, ".md")}/`;
    const page = await browser.newPage();
    let seen = () => {};
    // The page itself says when it was there: to tell this script takes milliseconds that no reader waits for. A page that is
    // loaded is there when its scripts have run; so is one that changes in its place, at the next picture that is drawn.
    await page.exposeFunction("caseloomSeen", (heading, at) => seen(heading, at));
    await page.addInitScript(() => {
      const tell = () => globalThis.caseloomSeen(document.querySelector("h1").textContent, performance.timeOrigin + performance.now());
      addEventListener("DOMContentLoaded", () => {
        tell();
        const replaced = ({ addedNodes }) => [...addedNodes].includes(document.body);
        const loaded = (script) => new Promise((resolve) => script.addEventListener("load", resolve));
        const changes = new MutationObserver(async (changes) => {
          if (changes.some(replaced)) {
            await Promise.all([...document.querySelectorAll("script[data-again]")].map(loaded));
            requestAnimationFrame(tell);
          }
        });
        changes.observe(document.documentElement, { childList: true });
      });
    });
    const follows = () => page.waitForRequest((request) => request.url().includes("/_caseloom/events"));
    const following = follows();
    await page.goto(address);
    const first = performance.now() - started;
    await following;

    const text = await readFile(study, "utf8");
    const times = [];
    let before = 0;
    for (let edit = 1; edit <= WARM + EDITS; edit += 1) {
      const title = `Edit number ${edit}`;
      const shown = new Promise((resolve) => {
        seen = (heading, at) => heading.includes(title) && resolve(at);
      });
      const connected = follows();
      const start = now();
      await writeFile(study, text.replace(/^title: .*$/m, `title: ${title}`));
      const took = (await shown) - start;
      await connected;
      if (edit === WARM) {
        before = await memory(server.pid);
      } else if (edit > WARM) {
        times.push(took);
      }
    }
    // What the browser alone needs for such a page: it is told to load it again, and nothing has changed.
    const reloads = [];
    for (let reload = 0; reload < RELOADS; reload += 1) {
      const shown = new Promise((resolve) => {
        seen = (_, at) => resolve(at);
      });
      const connected = follows();
      const start = await page.evaluate(() => {
        location.reload();
        return performance.timeOrigin + performance.now();
      });
      reloads.push((await shown) - start);
      await connected;
    }
    await page.close();
    const at = (times, part) => times.sort((a, b) => a - b)[Math.min(times.length - 1, Math.floor(times.length * part))].toFixed(0);
    const after = await memory(server.pid);
    console.log(
      `${files.length} studies, ${EDITS} edits: median ${at(times, 0.5)} ms, 95th percentile ${at(times, 0.95)} ms ` +
        `(loading a page again that has not changed: median ${at(reloads, 0.5)} ms); start to first page ${first.toFixed(0)} ms; memory ${before} MB before, ${after} MB after`,
    );
  } finally {
    server.kill("SIGINT");
  }
}

async function firstLine(stream) {
  for await (const line of createInterface({ input: stream })) {
    return line;
  }
  throw new Error("the server said no address");
}

/** Resident memory of a process, in MB. */
async function memory(pid) {
  const status = await readFile(`/proc/${pid}/status`, "utf8");
  return Math.round(Number(status.match(/VmRSS:\s+(\d+) kB/)[1]) / 1000);
}
