// A result as a table for a spreadsheet.

import { element } from "./text.js";

/** A cell that a spreadsheet would take for a formula begins with an apostrophe. */
const cell = (text) => `"${text.replace(/^[=+\-@\t\r\n＝＋－＠]/, "'$&").replace(/"/g, '""')}"`;

export function save(rows) {
  const table = rows.map((row) => `${row.map(cell).join(",")}\r\n`).join("");
  const href = URL.createObjectURL(new Blob(["\ufeff", table], { type: "text/csv" }));
  element("a", { href, download: "search.csv" }).click();
  URL.revokeObjectURL(href);
}
