// axe-core, and what it finds in a page.

import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";

// The only rules that look at colours.
const COLOURS = ["color-contrast", "link-in-text-block"];
const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"];

const axe = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** What axe finds, a line for each element; on a page that was looked at in other colours, only what is wrong with these. */
export async function violations(page, { coloursOnly = false } = {}) {
  if (!(await page.evaluate(() => "axe" in globalThis))) {
    await page.evaluate(axe);
  }
  const results = await page.evaluate(
    (options) => globalThis.axe.run({ ...options, resultTypes: ["violations"] }),
    coloursOnly
      ? { runOnly: { type: "rule", values: COLOURS } }
      : {
          runOnly: { type: "tag", values: TAGS },
          // Off by default in axe, although WCAG 2.2 asks for it.
          rules: { "target-size": { enabled: true } },
        },
  );
  return results.violations.flatMap(({ id, impact, nodes }) =>
    nodes.map(({ target, any, all, none: never }) => {
      const why = [...any, ...all, ...never].map((check) => check.message).join("; ");
      return `${id} (${impact}) at ${target.flat().join(" ")}: ${why}`;
    }),
  );
}
