// What search costs: caseloom's index beside Pagefind's over the same pages (see README.md).
//
//   node benches/search.mjs [LIBRARY...]     folders of libraries; the one around this file unless told
//
//   ROUNDS=3         builds of each kind; the best one counts
//   PAGEFIND=1.4.0   version of Pagefind; the newest unless told. "no" leaves it out
//   CASELOOM=FILE    the binary to measure; target/release/caseloom unless told
//
// Needs Linux, python3, Chromium, and the packages of tests/browser (`npm ci` there). Pagefind is installed by npm into a folder
// that is removed at the end.

import { execFile } from "node:child_process";
import { mkdtemp, readFile, readdir, rm, stat, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { basename, extname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { gzipSync } from "node:zlib";
import { openBrowser } from "../tests/browser/lib/browser.mjs";

const run = promisify(execFile);
const ROOT = fileURLToPath(new URL("..", import.meta.url));
const BINARY = resolve(process.env.CASELOOM ?? join(ROOT, "target", "release", "caseloom"));
const ROUNDS = Number(process.env.ROUNDS ?? 3);
const PAGEFIND = process.env.PAGEFIND ?? "latest";

// The first one comes to an empty cache, each of the others to what the first has left; from all of them the times are taken.
const QUERIES = [
  "integrated care",
  "trust between organisations",
  "co-location",
  "neighbourhood team",
  "leadership",
  "information sharing",
  "care homes",
  "pooled budget",
  "resident involvement",
  "workforce shortage",
  '"pooled budget"',
];
const SHOWN = 10;

const TYPES = { ".html": "text/html; charset=utf-8", ".js": "text/javascript", ".css": "text/css", ".json": "application/json" };

/** A page that asks Pagefind as its own interface does: the library, and the first results with their excerpts. */
const PAGEFIND_PAGE = `<!doctype html><title>Pagefind</title><script type="module">
const pagefind = await import("/pagefind/pagefind.js");
globalThis.ask = async (query) => {
  const start = performance.now();
  const { results } = await pagefind.search(query);
  await Promise.all(results.slice(0, ${SHOWN}).map((result) => result.data()));
  return performance.now() - start;
};
</script>`;

const at = (times, part) => times.sort((a, b) => a - b)[Math.min(times.length - 1, Math.floor(times.length * part))].toFixed(1);

const folder = await mkdtemp(join(tmpdir(), "caseloom-search-"));
const browser = await openBrowser();
try {
  const pagefind = PAGEFIND === "no" ? undefined : await installPagefind();
  const libraries = process.argv.slice(2);
  for (const library of libraries.length > 0 ? libraries : [ROOT]) {
    await compare(resolve(library), pagefind);
  }
} finally {
  await browser.close();
  await rm(folder, { recursive: true, force: true });
}

async function installPagefind() {
  const prefix = join(folder, "npm");
  await run("npm", ["install", "--prefix", prefix, "--ignore-scripts", "--no-audit", "--no-fund", `pagefind@${PAGEFIND}`]);
  const { version } = JSON.parse(await readFile(join(prefix, "node_modules", "pagefind", "package.json"), "utf8"));
  return { program: join(prefix, "node_modules", ".bin", "pagefind"), version };
}

async function compare(library, pagefind) {
  const site = join(folder, "site");
  const build = (...options) => best(() => usage(BINARY, ["build", "--root", library, "--out", site, "--quiet", ...options]), site);
  const plain = await build("--no-search");
  const whole = await build();
  const rows = [];
  const ours = await files(join(site, "search"), (path) => path !== "index.html");
  rows.push({
    name: "caseloom",
    cost: { wall: whole.wall - plain.wall, cpu: whole.cpu - plain.cpu, peak: whole.peak - plain.peak },
    ...ours,
    ...(await ask(site, "/search/", askOurs)),
  });
  if (pagefind) {
    await rm(join(site, "search"), { recursive: true });
    const index = join(site, "pagefind");
    const cost = await best(() => usage(pagefind.program, ["--site", site]), index);
    await writeFile(join(site, "pagefind.html"), PAGEFIND_PAGE);
    rows.push({ name: `Pagefind ${pagefind.version}`, cost, ...(await files(index)), ...(await ask(site, "/pagefind.html", askPagefind)) });
  }
  await rm(site, { recursive: true });
  const studies = (await files(join(library, "content", "studies"), (path) => path.endsWith(".md"))).count;
  console.log(`\n${basename(library)}: ${studies} studies, best of ${ROUNDS} rounds`);
  const head = ["", "wall s", "CPU s", "peak MB", "MB", "files", "first kB", "requests", "next kB", "at most", "requests", "median ms", "p95 ms"];
  const line = (cells) => console.log(cells.map((cell, at) => (at ? String(cell).padStart(10) : String(cell).padEnd(16))).join(""));
  line(head);
  for (const { name, cost, bytes, count, first, next, times } of rows) {
    const [wall, cpu] = [cost.wall, cost.cpu].map((seconds) => seconds.toFixed(2));
    const kilobytes = ({ bytes }) => (bytes / 1000).toFixed(1);
    next.sort((a, b) => a.bytes - b.bytes);
    const [middle, largest] = [next[next.length >> 1], next.at(-1)];
    const wire = [kilobytes(first), first.requests, kilobytes(middle), kilobytes(largest), largest.requests];
    line([name, wall, cpu, (cost.peak / 1e6).toFixed(0), (bytes / 1e6).toFixed(2), count, ...wire, at(times, 0.5), at(times, 0.95)]);
  }
}

/** The least time and processor time, and the highest peak, of some rounds, each of which makes a folder anew. */
async function best(round, made) {
  const all = [];
  for (let number = 0; number < ROUNDS; number += 1) {
    await rm(made, { recursive: true, force: true });
    all.push(await round());
  }
  const of = (pick, key) => pick(...all.map((each) => each[key]));
  return { wall: of(Math.min, "wall"), cpu: of(Math.min, "cpu"), peak: of(Math.max, "peak") };
}

/** Seconds, seconds of processors, and peak memory in bytes of a program. */
async function usage(program, options) {
  const script = `
import os, sys, time
start = time.monotonic()
nothing = os.open(os.devnull, os.O_WRONLY)
actions = [(os.POSIX_SPAWN_DUP2, nothing, 1)]
pid = os.posix_spawnp(sys.argv[1], sys.argv[1:], os.environ, file_actions=actions)
_, status, usage = os.wait4(pid, 0)
print(time.monotonic() - start, usage.ru_utime + usage.ru_stime, usage.ru_maxrss * 1024)
sys.exit(os.waitstatus_to_exitcode(status) != 0)`;
  const { stdout } = await run("python3", ["-c", script, program, ...options]);
  const [wall, cpu, peak] = stdout.split(" ").map(Number);
  return { wall, cpu, peak };
}

/** How many files there are in a folder, and their bytes. */
async function files(root, wanted = () => true) {
  const entries = (await readdir(root, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile());
  const paths = entries.map((entry) => join(entry.parentPath ?? entry.path, entry.name)).filter((path) => wanted(path.slice(root.length + 1)));
  const sizes = await Promise.all(paths.map(async (path) => (await stat(path)).size));
  return { count: paths.length, bytes: sizes.reduce((sum, size) => sum + size, 0) };
}

/** What comes over the wire for a first query and for each next one, compressed as hosts do, and how long answers take once all files are there. */
async function ask(site, path, asking) {
  let wire = { bytes: 0, requests: 0 };
  const server = createServer(async (request, response) => {
    const { pathname } = new URL(request.url, "http://localhost");
    const file = join(site, pathname.endsWith("/") ? `${pathname}index.html` : pathname);
    try {
      const body = gzipSync(await readFile(file));
      wire.bytes += body.length;
      wire.requests += 1;
      response.writeHead(200, { "Content-Type": TYPES[extname(file)] ?? "application/octet-stream", "Content-Encoding": "gzip" });
      response.end(body);
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise((listening) => server.listen(0, "127.0.0.1", listening));
  const taken = () => {
    const before = wire;
    wire = { bytes: 0, requests: 0 };
    return before;
  };
  const open = async () => {
    const page = await browser.newPage();
    return [page, await asking(page, `http://127.0.0.1:${server.address().port}${path}`, QUERIES[0])];
  };
  let first;
  const next = [];
  for (const each of QUERIES.slice(1)) {
    const [page, query] = await open();
    first = taken();
    await query(each);
    next.push(taken());
    await page.close();
  }
  const [page, query] = await open();
  for (const each of QUERIES) {
    await query(each);
  }
  const times = [];
  for (let round = 0; round < 5; round += 1) {
    for (const each of QUERIES) {
      times.push(await query(each));
    }
  }
  await page.close();
  server.closeAllConnections();
  server.close();
  return { first, next, times };
}

/** Opens the search page with a query; what it returns types another one, and says how long the results took to stand there. */
async function askOurs(page, address, query) {
  await page.goto(`${address}?q=${encodeURIComponent(query)}`);
  await page.locator("#status", { hasText: /\d/ }).waitFor();
  return (next) =>
    page.evaluate(
      (typed) =>
        new Promise((resolve) => {
          const box = document.getElementById("q");
          const status = document.getElementById("status");
          const start = performance.now();
          const drawn = new MutationObserver(() => {
            drawn.disconnect();
            resolve(performance.now() - start);
          });
          drawn.observe(status, { childList: true });
          box.value = typed;
          box.dispatchEvent(new Event("input", { bubbles: true }));
        }),
      next,
    );
}

async function askPagefind(page, address, query) {
  await page.goto(address);
  await page.waitForFunction(() => globalThis.ask);
  const ask = (next) => page.evaluate((typed) => globalThis.ask(typed), next);
  await ask(query);
  return ask;
}
