// Tables marked with data-sort are sorted by the column whose heading is pressed. A cell counts as its data-value, or
// as its text; a column of numbers is sorted as numbers, the largest first.
"use strict";
{
  const collator = new Intl.Collator(document.documentElement.lang, { numeric: true });
  const NUMBER = /^-?\d[\d,]*(\.\d+)?$/;

  const text = (row, column) => row.cells[column].dataset.value ?? row.cells[column].textContent.trim();
  const number = (row, column) => Number(text(row, column).replaceAll(",", ""));

  function sort(body, column, headings) {
    const rows = [...body.rows];
    const numbers = rows.every((row) => NUMBER.test(text(row, column)));
    const before = headings[column].getAttribute("aria-sort");
    const descends = before === null ? numbers : before === "ascending";
    const sign = descends ? -1 : 1;
    // Rows that are alike keep their order, whichever way.
    rows.sort((one, other) => {
      const order = numbers
        ? number(one, column) - number(other, column)
        : collator.compare(text(one, column), text(other, column));
      return sign * order;
    });
    body.append(...rows);
    for (const heading of headings) {
      heading.removeAttribute("aria-sort");
    }
    headings[column].setAttribute("aria-sort", descends ? "descending" : "ascending");
  }

  for (const table of document.querySelectorAll("table[data-sort]")) {
    const headings = [...(table.tHead?.rows[0]?.cells ?? [])];
    const [body] = table.tBodies;
    const even = body?.rows.length > 1 && [...body.rows].every((row) => row.cells.length === headings.length);
    for (const [column, heading] of even ? headings.entries() : []) {
      if (heading.textContent.trim() !== "") {
        const button = document.createElement("button");
        button.type = "button";
        button.append(...heading.childNodes);
        button.addEventListener("click", () => sort(body, column, headings));
        heading.append(button);
      }
    }
  }
}
