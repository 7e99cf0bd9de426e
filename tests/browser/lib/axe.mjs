// axe-core, and what it finds in a page.

import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";

const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"];

const axe = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** What axe finds, a line for each element. */
export async function violations(page) {
  if (!(await page.evaluate(() => "axe" in globalThis))) {
    await page.evaluate(axe);
  }
  const results = await page.evaluate(
    (values) =>
      globalThis.axe.run({
        runOnly: { type: "tag", values },
        // Off by default in axe, although WCAG 2.2 asks for it.
        rules: { "target-size": { enabled: true } },
        resultTypes: ["violations"],
      }),
    TAGS,
  );
  return results.violations.flatMap(({ id, impact, nodes }) =>
    nodes.map(({ target, any, all, none: never }) => {
      const why = [...any, ...all, ...never].map((check) => check.message).join("; ");
      return `${id} (${impact}) at ${target.flat().join(" ")}: ${why}`;
    }),
  );
}
