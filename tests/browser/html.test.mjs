// No error of HTML on a page of each kind, by the checker of the W3C (the Nu Html Checker; it needs Java).

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import { after, test } from "node:test";
import { kinds } from "./lib/pages.mjs";
import { none } from "./lib/problems.mjs";
import { openSite } from "./lib/site.mjs";

const JAR = createRequire(import.meta.url).resolve("vnu-jar/build/dist/vnu.jar");
const JAVA = process.env.JAVA ?? "java";
const ROOM = 64 * 1024 * 1024;

const site = await openSite();
after(() => site.close());

/** What the checker says about files, a line each: it exits with 1 when there is something. */
async function errors(files) {
  const output = await new Promise((told, failed) =>
    execFile(
      JAVA,
      ["-Xss1m", "-jar", JAR, "--stdout", "--format", "json", "--errors-only", "--exit-zero-always", "--skip-non-html", ...files],
      { maxBuffer: ROOM },
      (error, stdout, stderr) => (error ? failed(new Error(stderr || error.message)) : told(stdout)),
    ),
  );
  return JSON.parse(output).messages.map(
    ({ url, lastLine, message, extract }) => `${url}:${lastLine}: ${message} ${JSON.stringify(extract)}`,
  );
}

test("no page of any kind has an error of HTML", async () => {
  const names = kinds(site).map(({ path }) => (path === "no/such/page/" ? "404.html" : `${path}index.html`));
  none(await errors(names.map((name) => join(site.folder, name))), "error of HTML");
});

test("the test would see an error", async () => {
  const file = join(site.folder, "wrong.html");
  await writeFile(file, "<!doctype html><html lang=en><title>Wrong</title><p id=a><p id=a><ul><p>No item</p></ul>");
  const found = await errors([file]);
  assert.equal(found.length, 2, found.join("\n"));
});
