// A result as a table for a spreadsheet.

/** A cell that a spreadsheet would take for a formula begins with an apostrophe. */
const cell = (text) => `"${text.replace(/^[=+\-@\t\r\n＝＋－＠]/, "'$&").replace(/"/g, '""')}"`;

export function save(rows) {
  const table = rows.map((row) => `${row.map(cell).join(",")}\r\n`).join("");
  const href = URL.createObjectURL(new Blob(["\ufeff", table], { type: "text/csv" }));
  Object.assign(document.createElement("a"), { href, download: "search.csv" }).click();
  URL.revokeObjectURL(href);
}
