// The page /search/: what is asked for stands in its address, the answer in its list.

import { save } from "./csv.js";
import { narrow } from "./facets.js";
import { openIndex } from "./index.js";
import { find } from "./query.js";
import { element, excerpt, marked } from "./text.js";

const SHOWN = 10;
const WAYS = { enabler: ["▲", "helped"], barrier: ["▼", "hindered"], mixed: ["◆", "mixed"] };

const at = (id) => document.getElementById(id);
const finder = at("finder");
const box = at("q");
const { root } = finder.dataset;
let state, opened, index, facets, answer, shown, typing;
let turn = 0;

const address = (path) => root + path.replace(/\/$/, "/index.html");
const label = (key, value) => facets.find((facet) => facet.key === key).values[value][1];
const factors = (list = [], between) => list.map((factor) => label("enabler", factor)).join(between);
const sign = (mark) => element("span", { className: "mark" }, mark);

function remember(replace) {
  if (!state.get("q")) state.delete("q");
  if (`?${state}` !== (location.search || "?")) history[replace ? "replaceState" : "pushState"](null, "", `?${state}`);
}

/** The boxes of all facets: a line for each value, and in it one for each direction. */
function makeFacets() {
  const wide = matchMedia("(min-width: 64rem)").matches;
  at("filters").open = wide;
  at("facets").replaceChildren();
  facets.forEach((facet, place) => {
    const list = element("ul");
    // That of themes is heavy in a large library.
    facet.open = wide && place < (index.entry.records < 2000 ? 2 : 1);
    facet.choices = facet.values.flatMap(([id, label]) => {
      const line = element("li", {}, facet.names[1] ? element("span", {}, label) : "");
      list.append(line);
      return facet.names.map((name) => {
        const [mark, word] = WAYS[name] || [];
        const count = element("span", { className: "count" });
        const box = element("input", { type: "checkbox", name, value: id });
        const choice = { name, id, box, count, label: word ? `${label}: ${word}` : label };
        if (word) box.setAttribute("aria-label", choice.label);
        line.append(element("label", { className: word ? name : "" }, box, word ? sign(mark) : label, count));
        return choice;
      });
    });
    const ontoggle = ({ target }) => {
      facet.open = target.open;
      run();
    };
    at("facets").append(element("details", { open: facet.open, ontoggle }, element("summary", {}, facet.label), list));
  });
}

function drawFacets() {
  at("chosen").replaceChildren();
  for (const { label, choices } of facets) {
    for (const choice of choices) {
      choice.box.checked = choice.chosen;
      choice.count.textContent = choice.total;
      choice.box.parentElement.classList.toggle("zero", !choice.own);
      if (!choice.chosen) continue;
      const onclick = () => {
        choice.box.click();
        box.focus();
      };
      at("chosen").append(element("li", {}, element("button", { title: "Remove", onclick }, `${label}: ${choice.label} ✕`)));
    }
  }
}

async function result(record, marks, other) {
  const [title, path, summary, below, told, ...ways] = await index.card(record);
  const text = (className, words) => element("p", { className }, ...marked(words, marks));
  const made = element("li", {}, element("h3", {}, element("a", { href: address(path) }, ...marked(title, marks))), text("", summary));
  if (other) made.append(text("meta", `“${other}” is another word for it.`));
  const found = !made.querySelector("mark") && excerpt(told, marks);
  if (found) made.append(text("evidence", found));
  made.append(text("meta", [label("kind", index.kindOf[record]), below].filter(Boolean).join(" · ")));
  Object.entries(WAYS).forEach(([name, [mark, word]], way) => {
    const list = factors(ways[way], " · ");
    if (list) made.append(element("p", { className: `meta ${name}` }, sign(mark), ` ${word}: ${list}`));
  });
  return made;
}

function say({ records, hasAll, unknown, marks }) {
  const all = records.filter(hasAll).length;
  const some = records.length - all;
  const words = unknown.map(({ unknown, shown }) => `No “${unknown}” here${shown ? `, showing “${shown}”` : ""}. `);
  const order = marks.size || unknown.length || !all ? "" : ", newest first";
  const which = some ? ` with all your words, ${some} with most of them` : order;
  at("status").textContent = `${words.join("")}${all} result${all === 1 ? "" : "s"}${which}.`;
}

/** Answers another question than before. */
function ask() {
  shown = SHOWN;
  run();
}

async function run(again = true) {
  const mine = ++turn;
  try {
    index = await (opened = opened || openIndex(new URL(`${root}search/`, location)));
    facets = index.entry.facets;
    if (!facets[0].choices) makeFacets();
    const found = await find(index, box.value);
    const records = await narrow(index, facets, found.records, state);
    // What stands above the list isn't in it once more.
    const list = records.filter((record) => !found.terms.some((term) => term.record === record));
    const terms = await Promise.all(found.terms.map(({ record, other }) => result(record, new Set(), other)));
    const results = await Promise.all(list.slice(0, shown).map((record) => result(record, found.marks)));
    if (mine !== turn) return;
    answer = { ...found, records };
    at("terms").replaceChildren(...terms);
    at("results").replaceChildren(...results);
    at("more").hidden = list.length <= shown;
    drawFacets();
    say(answer);
    at("failed").hidden = true;
  } catch (error) {
    if (mine !== turn) return;
    // A new edition of the site has files of other names: once more with its own.
    opened = undefined;
    if (again) return run(false);
    at("failed").hidden = false;
    throw error;
  }
}

function read() {
  state = new URLSearchParams(location.search);
  box.value = state.get("q") || "";
  ask();
}

box.oninput = () => {
  state.set("q", box.value);
  ask();
  clearTimeout(typing);
  typing = setTimeout(remember, 400, true);
};
finder.onsubmit = (event) => {
  event.preventDefault();
  remember();
};
at("facets").onchange = () => {
  const boxes = [...at("facets").querySelectorAll(":checked")];
  state = new URLSearchParams([["q", box.value], ...boxes.map(({ name, value }) => [name, value])]);
  remember();
  ask();
};
at("more").onclick = async () => {
  const before = shown;
  shown += SHOWN;
  await run();
  at("results").children[before]?.querySelector("a").focus();
};
at("save").onclick = async () => {
  const rows = answer.records.map(async (record) => {
    const [title, path, summary, below, , ...ways] = await index.card(record);
    const lists = [0, 1, 2].map((way) => factors(ways[way], "; "));
    return [title, new URL(address(path), location).href, label("kind", index.kindOf[record]), summary, below, ...lists];
  });
  save([["title", "url", "kind", "summary", "where and when", "helped", "hindered", "mixed"], ...(await Promise.all(rows))]);
};
at("retry").onclick = run;
onpopstate = read;
finder.hidden = false;
read();
