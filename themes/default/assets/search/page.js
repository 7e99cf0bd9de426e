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

/** The boxes of all facets: a line for each value, and in it one for each direction. */
function makeFacets(all) {
  const wide = matchMedia("(min-width: 64rem)").matches;
  at("filters").open = wide;
  facets = all.map((facet, place) => {
    const view = element("details", { open: wide && place < 2 }, element("summary", {}, facet.label), element("ul"));
    const choices = facet.values.flatMap(([id, label]) => {
      const line = element("li");
      view.lastChild.append(line);
      return facet.names.map((name, way) => {
        const [mark, word] = WAYS[name] || [];
        const choice = { name, id, label: word ? `${label}: ${word}` : label, count: element("span", { className: "count" }) };
        choice.box = element("input", { type: "checkbox", name, value: id, onchange: () => toggle(choice) });
        if (word) choice.box.setAttribute("aria-label", choice.label);
        if (word && !way) line.append(element("span", {}, label));
        const shown = word ? element("span", { className: "mark" }, mark) : label;
        line.append(element("label", { className: word ? name : "" }, choice.box, shown, choice.count));
        return choice;
      });
    });
    view.ontoggle = () => view.open && run();
    at("facets").append(view);
    return { ...facet, choices, view };
  });
}

/** The records that all choices leave; and for each facet that is open what one more choice in it would leave. */
async function narrow(index, records) {
  const failed = new Map(records.map((record) => [record, []]));
  for (const facet of facets) {
    facet.active = facet.choices.filter(chosen).length;
    facet.lists = facet.active || facet.view.open ? await index.facet(facet) : [];
    if (!facet.active) continue;
    const allowed = new Set(facet.lists.flatMap((list, place) => (chosen(facet.choices[place]) ? [...list] : [])));
    failed.forEach((at, record) => allowed.has(record) || at.push(facet));
  }
  const left = records.filter((record) => !failed.get(record).length);
  for (const { active, choices, lists } of facets) {
    lists.forEach((list, place) => {
      const mine = [...list].map((record) => failed.get(record)).filter((at) => at && at.every((other) => other.choices === choices));
      // Choices in one facet add up: another one keeps what those before it gave.
      const more = mine.filter((at) => at.length).length;
      Object.assign(choices[place], { own: mine.length, total: active ? left.length + more : mine.length });
    });
  }
  return left;
}

function drawFacets() {
  at("chosen").replaceChildren();
  for (const { label, choices } of facets) {
    for (const choice of choices) {
      choice.box.checked = chosen(choice);
      choice.count.textContent = choice.total;
      choice.box.parentElement.classList.toggle("zero", choice.own === 0);
      if (!chosen(choice)) continue;
      const onclick = () => toggle(choice, box.focus());
      at("chosen").append(element("li", {}, element("button", { type: "button", title: "Remove", onclick }, `${label}: ${choice.label} ✕`)));
    }
  }
}

const kind = (index, record) => label("kind", index.kindOf[record]);
const factors = (list = []) => list.map((factor) => label("enabler", factor));

async function result(index, record, marks, said) {
  const [title, path, summary, below, ...ways] = await index.card(record);
  const text = (name, words, className = "") => element(name, { className }, ...marked(words, marks));
  const made = element("li", {}, element("h3", {}, element("a", { href: address(path) }, ...marked(title, marks))), text("p", summary));
  if (said) made.append(text("p", `“${said}” is another word for it.`, "meta"));
  if (marks.size && !made.querySelector("mark")) made.append(text("p", excerpt(await index.text(record), marks), "evidence"));
  made.append(text("p", [kind(index, record), below].filter(Boolean).join(" · "), "meta"));
  Object.entries(WAYS).forEach(([name, [mark, word]], way) => {
    const list = factors(ways[way]);
    if (list[0]) made.append(element("p", { className: `meta ${name}` }, element("span", { className: "mark" }, mark), ` ${word}: ${list.join(" · ")}`));
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
    if (!facets) makeFacets(index.entry.facets);
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
    if (again) return run(false);
    at("failed").hidden = false;
    throw error;
  }
}

async function saveAll() {
  const index = await opened;
  const rows = answer.records.map(async (record) => {
    const [title, path, summary, below, ...ways] = await index.card(record);
    const lists = [0, 1, 2].map((way) => factors(ways[way]).join("; "));
    return [title, new URL(address(path), location).href, kind(index, record), summary, below, ...lists];
  });
  save([["title", "url", "kind", "summary", "where and when", "helped", "hindered", "mixed"], ...(await Promise.all(rows))]);
}

function read() {
  state = new URLSearchParams(location.search);
  box.value = state.get("q") || "";
  run();
}

box.oninput = () => {
  state.set("q", box.value);
  run();
  clearTimeout(typing);
  typing = setTimeout(remember, 400, true);
};
finder.onsubmit = (event) => {
  event.preventDefault();
  clearTimeout(typing);
  remember();
};
at("more").onclick = async () => draw(await opened, at("results").childElementCount);
at("save").onclick = saveAll;
at("retry").onclick = () => run();
onpopstate = read;
finder.hidden = false;
read();
