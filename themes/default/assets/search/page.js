// The page /search/: what is asked for stands in its address, the answer in its list.

import { save } from "./csv.js";
import { openIndex } from "./index.js";
import { exactTerms, search } from "./query.js";
import { element, excerpt, marked } from "./text.js";

const SHOWN = 10;
const WAYS = { enabler: ["▲", "helped"], barrier: ["▼", "hindered"], mixed: ["◆", "mixed"] };
const NOTHING = new Set();

const at = (id) => document.getElementById(id);
const finder = at("finder");
const box = at("q");
const { root } = finder.dataset;
let state;
let opened;
let facets;
let answer;
let turn = 0;
let typing;

const chosen = ({ name, id }) => state.getAll(name).includes(id);
const address = (path) => root + path.replace(/\/(#.*)?$/, "/index.html$1");
const count = (number, word) => `${number} ${word}${number === 1 ? "" : "s"}`;
const label = (key, value) => facets.find((facet) => facet.key === key).values[value][1];

function remember(replace) {
  if (!state.get("q")) state.delete("q");
  if (`?${state}` !== (location.search || "?")) history[replace ? "replaceState" : "pushState"](null, "", `?${state}`);
}

function toggle({ name, id }) {
  const values = state.getAll(name).filter((value) => value !== id).concat(chosen({ name, id }) ? [] : id);
  state.delete(name);
  values.forEach((value) => state.append(name, value));
  remember();
  run();
}

function makeFacets({ facets: all }) {
  const wide = matchMedia("(min-width: 64rem)").matches;
  at("filters").open = wide;
  facets = all.map((facet, place) => {
    const choices = facet.values.flatMap(([id, label]) => facet.names.map((name) => ({ name, id, label, way: WAYS[name] })));
    const list = element("ul");
    const view = element("details", { open: wide && place < 2 }, element("summary", {}, facet.label), list);
    view.addEventListener("toggle", () => view.open && run());
    at("facets").append(view);
    return { ...facet, choices, view, list };
  });
}

/** The boxes of a facet, made when it is first opened: a line for each value, and in it one for each direction. */
function makeBoxes({ choices, list, names }) {
  choices.forEach((choice, place) => {
    const { way, name, id, label } = choice;
    choice.box = element("input", { type: "checkbox", name, value: id });
    choice.box.addEventListener("change", () => toggle(choice));
    choice.count = element("span", { className: "count" });
    if (place % names.length === 0) list.append(element("li", {}, way ? element("span", {}, label) : ""));
    if (way) choice.box.setAttribute("aria-label", `${label}: ${way[1]}`);
    const text = way ? element("span", { className: "mark" }, way[0]) : label;
    list.lastChild.append(element("label", { className: way ? name : "" }, choice.box, text, choice.count));
  });
}

/** The records that all choices leave; and for each facet that is open what one more choice in it would leave. */
async function narrow(index, records) {
  const failed = new Map(records.map((record) => [record, []]));
  for (const facet of facets) {
    facet.active = facet.choices.some(chosen);
    facet.lists = (facet.active || facet.view.open) && (await index.facet(facet));
    const allowed = new Set(facet.active && facet.lists.flatMap((list, place) => (chosen(facet.choices[place]) ? [...list] : [])));
    if (facet.active) failed.forEach((facets, record) => allowed.has(record) || facets.push(facet));
  }
  const left = records.filter((record) => !failed.get(record).length);
  for (const facet of facets.filter(({ lists }) => lists)) {
    facet.lists.forEach((list, place) => {
      let [own, more] = [0, 0];
      for (const record of list) {
        const [first, second] = failed.get(record) || [0, 0];
        if (second || (first && first !== facet) || first === 0) continue;
        own++;
        if (first) more++;
      }
      // Choices in one facet add up: another one keeps what those before it gave.
      Object.assign(facet.choices[place], { own, total: facet.active ? left.length + more : own });
    });
  }
  return left;
}

function drawFacets() {
  at("chosen").replaceChildren();
  for (const facet of facets) {
    if (facet.lists && !facet.list.firstChild) makeBoxes(facet);
    for (const choice of facet.choices) {
      if (chosen(choice)) {
        const name = `${facet.label}: ${choice.label}${choice.way ? `, ${choice.way[1]}` : ""}`;
        const button = element("button", { type: "button", title: "Remove" }, name, " ✕");
        button.addEventListener("click", () => toggle(choice, box.focus()));
        at("chosen").append(element("li", {}, button));
      }
      if (!choice.box) continue;
      choice.box.checked = chosen(choice);
      choice.count.textContent = choice.total;
      choice.box.parentElement.classList.toggle("zero", !choice.own);
    }
  }
}

async function result(index, record, marks, said) {
  const [title, path, summary, below, ...ways] = await index.card(record);
  const text = (name, text, className) => element(name, { className }, ...marked(text, marks));
  const head = element("h3", {}, element("a", { href: address(path) }, ...marked(title, marks)));
  const made = element("li", {}, head, text("p", summary, ""));
  if (said) made.append(text("p", `“${said}” is another word for it.`, "meta"));
  if (marks.size && !made.querySelector("mark")) made.append(...excerpt(await index.text(record), marks));
  made.append(text("p", [label("kind", index.kindOf[record]), below].filter(Boolean).join(" · "), "meta"));
  Object.entries(WAYS).forEach(([name, [mark, word]], way) => {
    const factors = (ways[way] || []).map((factor) => label("enabler", factor)).join(" · ");
    if (factors) made.append(element("p", { className: `meta ${name}` }, element("span", { className: "mark" }, mark), ` ${word}: `, factors));
  });
  return made;
}

async function draw(index, from) {
  const mine = turn;
  const { records, marks } = answer;
  const items = await Promise.all(records.slice(from, from + SHOWN).map((record) => result(index, record, marks)));
  if (mine !== turn) return;
  if (!from) at("results").replaceChildren();
  at("results").append(...items);
  at("more").hidden = records.length <= from + SHOWN;
  if (from) items[0].querySelector("a").focus();
}

function say({ records, hasAll, unknown, marks }) {
  const all = records.filter(hasAll).length;
  const some = records.length - all;
  const words = unknown.map(({ unknown, shown }) => `No “${unknown}” here${shown ? `, showing “${shown}”` : ""}. `);
  const whole = some ? `${count(all, "result")} with all your words, ${some} with most of them.` : `${count(all, "result")}.`;
  at("status").textContent = words.join("") + (marks.size ? whole : `${count(all, "page")}, newest first.`);
}

async function run(again = true) {
  const mine = ++turn;
  const query = state.get("q") || "";
  try {
    opened = opened || openIndex(new URL(`${root}search/`, location));
    const index = await opened;
    if (!facets) makeFacets(index.entry);
    const [found, terms] = await Promise.all([search(index, query), exactTerms(index, query)]);
    const records = await narrow(index, found.records);
    const named = await Promise.all(terms.map(({ record, said }) => result(index, record, NOTHING, said)));
    if (mine !== turn) return;
    answer = { ...found, records };
    await draw(index, 0);
    if (mine !== turn) return;
    at("terms").replaceChildren(...named);
    drawFacets();
    say(answer);
    at("failed").hidden = true;
  } catch (error) {
    // A new edition of the site has files of other names: once more with its own.
    opened = undefined;
    if (mine !== turn) return;
    if (again) run(false);
    else at("failed").hidden = false;
  }
}

async function saveAll() {
  const index = await opened;
  const rows = [["title", "url", "kind", "summary", "where and when", ...Object.values(WAYS).map(([, word]) => word)]];
  for (const record of answer.records) {
    const [title, path, summary, below, ...ways] = await index.card(record);
    const factors = Object.keys(WAYS).map((_, way) => (ways[way] || []).map((factor) => label("enabler", factor)).join("; "));
    rows.push([title, new URL(address(path), location).href, label("kind", index.kindOf[record]), summary, below, ...factors]);
  }
  save(rows);
}

function read() {
  state = new URLSearchParams(location.search);
  box.value = state.get("q") || "";
  run();
}

box.addEventListener("input", () => {
  state.set("q", box.value);
  run();
  clearTimeout(typing);
  typing = setTimeout(remember, 400, true);
});
finder.addEventListener("submit", (event) => {
  event.preventDefault();
  clearTimeout(typing);
  remember();
});
at("more").addEventListener("click", async () => draw(await opened, at("results").childElementCount));
at("save").addEventListener("click", saveAll);
at("retry").addEventListener("click", () => run());
addEventListener("popstate", read);
finder.hidden = false;
read();
