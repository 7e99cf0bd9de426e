// The second skin of the repository, `themes/ledger`: overriding works, and what it builds on stays usable.

import assert from "node:assert/strict";
import { appendFile, readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { after, describe, test } from "node:test";
import { fileURLToPath } from "node:url";
import { violations } from "./lib/axe.mjs";
import { openBrowser } from "./lib/browser.mjs";
import { sideways } from "./lib/overflow.mjs";
import { kinds, pages } from "./lib/pages.mjs";
import { none } from "./lib/problems.mjs";
import { openSite } from "./lib/site.mjs";

const SKIN = "ledger";
const LINES = 150;
const KINDS = ["home", "studies", "study with everything", "factor", "theme", "systems", "matrix", "search"];

const site = await openSite({ change: (library) => appendFile(join(library, "site-config.toml"), `\n[build]\nskin = "${SKIN}"\n`) });
const browser = await openBrowser();
const context = await browser.newContext({ bypassCSP: true, reducedMotion: "reduce" });
after(async () => {
  await browser.close();
  await site.close();
});

test(`the skin has fewer than ${LINES} lines`, async () => {
  const folder = fileURLToPath(new URL(`../../themes/${SKIN}`, import.meta.url));
  let lines = 0;
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (entry.isFile()) {
      lines += (await readFile(`${entry.parentPath ?? entry.path}/${entry.name}`, "utf8")).split("\n").length;
    }
  }
  assert.ok(lines > 0 && lines < LINES, `${lines} lines`);
});

test("every page wears it", () => {
  none(
    pages(site).filter(({ html }) => !html.includes('class="spine"')).map(({ path }) => `/${path}`),
    "page in another skin",
  );
});

describe("pages of this skin are accessible and fit a phone", { concurrency: 2 }, () => {
  const chosen = kinds(site).filter(({ kind }) => kind.split(", ").some((name) => KINDS.includes(name)));
  for (const { kind, path } of chosen) {
    test(`${kind}: /${path}`, async () => {
      const page = await context.newPage();
      await page.goto(site.base + path);
      const found = [];
      for (const width of [1280, 320]) {
        await page.setViewportSize({ width, height: 800 });
        for (const colorScheme of ["light", "dark"]) {
          await page.emulateMedia({ colorScheme });
          found.push(...(await violations(page, { coloursOnly: colorScheme !== "light" && width > 320 })).map((problem) => `${problem} [${colorScheme} ${width}]`));
        }
        found.push(...(await sideways(page)));
      }
      await page.close();
      none(found, "problem");
    });
  }
});
