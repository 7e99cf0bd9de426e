// compare/?a=studies/x&b=studies/y: two studies, or two factors, side by side. Both pages are asked for, taken apart by
// the parts that they name, and their words are put together anew.
"use strict";
{
  const root = new URL("../", document.currentScript.src);
  const PATH = /^(studies|factors)\/[a-z0-9-]{1,80}$/;
  const WAYS = {
    enablers: { name: "enabler", mark: "▲", word: "Helped" },
    barriers: { name: "barrier", mark: "▼", word: "Hindered" },
    mixed: { name: "mixed", mark: "◆", word: "Mixed" },
  };
  const KINDS = {
    studies: {
      entries: "factors/",
      glance: "at-a-glance",
      parts: [["outcomes", "Outcomes"], ["evidence", "How sure can we be?"]],
      entry: "Factor",
      shared: "What both speak of",
      nothing: "The two name no factor in common.",
      only: "What only one of them speaks of",
    },
    factors: {
      entries: "studies/",
      glance: "themes",
      parts: [],
      entry: "Study",
      shared: "Studies that name both",
      nothing: "No study names both.",
      only: "Studies that name only one of them",
    },
  };

  const status = document.getElementById("compare-status");
  const place = document.getElementById("side-by-side");
  const rest = document.querySelectorAll("[data-unless-compared]");
  const asked = new URLSearchParams(location.search);

  const words = (node) => node?.textContent.trim().replace(/\s+/g, " ") ?? "";
  const address = (path) => new URL(`${path}/index.html`, root).href;
  const part = (page, id) => page.main.querySelector(`[aria-labelledby="${id}"]`);

  /** An element: its name, its attributes, and what it holds. */
  function make(name, attributes = {}, ...children) {
    const element = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) {
      element.setAttribute(key, value);
    }
    element.append(...children);
    return element;
  }

  const leads = (path, text) => make("a", { href: address(path) }, text);

  /** A page of this site by its path. */
  async function open(path) {
    const response = await fetch(address(path), { credentials: "omit" });
    const main = response.ok
      ? new DOMParser().parseFromString(await response.text(), "text/html").querySelector("main")
      : null;
    const title = words(main?.querySelector("h1"));
    if (!title) {
      throw new Error(`there is no page ${path}`);
    }
    return { path, title, main, kind: KINDS[path.split("/")[0]], lead: words(main.querySelector(".lead")) };
  }

  /** A copy of a part of a page, for this one: links lead where they led, and what is for its own page alone is left out. */
  function adopt(node, page) {
    const copy = document.importNode(node, true);
    for (const element of copy.querySelectorAll("script, button, [hidden], h2")) {
      element.remove();
    }
    for (const element of [copy, ...copy.querySelectorAll("*")]) {
      const href = element.getAttribute("href");
      if (href !== null) {
        element.setAttribute("href", new URL(href, address(page.path)).href);
      }
      for (const name of ["id", "aria-labelledby"]) {
        element.removeAttribute(name);
      }
    }
    return copy;
  }

  /** What a page says of each factor or study that it names, by its path. */
  function entries(page) {
    const found = new Map();
    for (const [key, way] of Object.entries(WAYS)) {
      for (const item of part(page, key)?.querySelectorAll("li") ?? []) {
        for (const link of item.querySelectorAll("a[href]")) {
          const { href } = new URL(link.getAttribute("href"), address(page.path));
          const path = href.slice(root.href.length).replace(/\/index\.html$/, "");
          if (path.startsWith(page.kind.entries) && PATH.test(path)) {
            const said = { way, evidence: words(item.querySelector(".evidence")) };
            const entry = found.get(path) ?? { path, label: words(link), all: [] };
            entry.all.push(said);
            found.set(path, entry);
            break;
          }
        }
      }
    }
    return found;
  }

  const said = ({ way, evidence }) => [
    make("p", { class: "tally" }, make("span", { class: way.name },
      make("span", { class: "mark", "aria-hidden": "true" }, way.mark), " ", make("b", {}, way.word))),
    ...(evidence ? [make("p", { class: "evidence" }, evidence)] : []),
  ];

  function table(caption, first, pages, rows) {
    const heads = pages.map((page) => make("th", { scope: "col" }, page.title));
    const corner = first ? make("th", { scope: "col" }, first) : make("td");
    return make("table", { class: "stack pair" },
      make("caption", {}, caption),
      make("thead", {}, make("tr", {}, corner, ...heads)),
      make("tbody", {}, ...rows.map(({ head, cells }) =>
        make("tr", {}, make("th", { scope: "row" }, ...head),
          ...cells.map((cell, at) => make("td", { "data-of": pages[at].title }, ...cell))))));
  }

  const section = (heading, ...children) => make("section", {}, make("h2", {}, heading), ...children);

  /** A part of each page, next to each other. */
  const columns = (pages, content) => make("div", { class: "sides" },
    ...pages.map((page, at) => make("section", {}, make("h3", {}, page.title), ...content(page, at))));

  const none = (text) => make("span", { class: "none" }, text);

  /** The facts of both pages, line by line. */
  function glance(pages) {
    const facts = pages.map((page) => {
      const lines = part(page, page.kind.glance)?.querySelectorAll("dl > div") ?? [];
      return new Map([...lines].map((line) => [words(line.querySelector("dt")), line.querySelector("dd")]));
    });
    const labels = new Set(facts.flatMap((each) => [...each.keys()]));
    const rows = [...labels].map((label) => ({
      head: [label],
      cells: facts.map((each, at) => each.has(label) ? [...adopt(each.get(label), pages[at]).childNodes] : [none("Not given")]),
    }));
    return rows.length > 0 ? [section("At a glance", table("Both, line by line", "", pages, rows))] : [];
  }

  function compared(pages) {
    const { kind } = pages[0];
    const [here, there] = pages.map(entries);
    const ways = ({ all }) => all.map(({ way }) => way.name).sort().join();
    const shared = [...here.values()]
      .filter(({ path }) => there.has(path))
      .map((entry) => ({ entry, other: there.get(entry.path), differs: ways(entry) !== ways(there.get(entry.path)) }));
    const rows = [...shared.filter(({ differs }) => differs), ...shared.filter(({ differs }) => !differs)].map(
      ({ entry, other, differs }) => ({
        head: [leads(entry.path, entry.label), ...(differs ? [" ", make("small", {}, "Different ways")] : [])],
        cells: [entry.all.flatMap(said), other.all.flatMap(said)],
      }),
    );
    const split = shared.filter(({ differs }) => differs).length;
    const caption = split > 0 ? `Went different ways: ${split}, first in the list` : "None went different ways";
    const only = (page, at) => {
      const alone = [...[here, there][at].values()].filter(({ path }) => ![there, here][at].has(path));
      return alone.length > 0
        ? [make("ul", { class: "entries" }, ...alone.map((entry) =>
          make("li", {}, leads(entry.path, entry.label), ...entry.all.flatMap(said))))]
        : [none("Nothing that the other doesn’t name too.")];
    };
    const parts = kind.parts
      .filter(([id]) => pages.some((page) => part(page, id)))
      .map(([id, heading]) => section(heading, columns(pages, (page) => {
        const found = part(page, id);
        return found ? [...adopt(found, page).childNodes] : [none("Not given.")];
      })));
    return [
      make("div", { class: "columns" }, ...pages.map((page) =>
        make("section", {}, make("h2", {}, leads(page.path, page.title)), make("p", {}, page.lead)))),
      ...(kind === KINDS.studies ? glance(pages) : []),
      section(kind.shared, rows.length > 0
        ? table(caption, kind.entry, pages, rows)
        : make("p", { class: "empty" }, kind.nothing)),
      section(kind.only, columns(pages, only)),
      ...(kind === KINDS.factors ? glance(pages) : []),
      ...parts,
    ];
  }

  async function compare(paths) {
    for (const element of rest) {
      element.hidden = true;
    }
    try {
      const pages = await Promise.all(paths.map(open));
      const [one, other] = pages.map((page) => page.title);
      const parts = compared(pages);
      document.querySelector("h1").replaceChildren(one, " ", make("i", {}, "beside"), " ", other);
      document.title = document.title.replace(/^[^–]*/, `${one} beside ${other} `);
      place.replaceWith(...parts);
      status.textContent = "";
    } catch {
      for (const element of rest) {
        element.hidden = false;
      }
      status.replaceChildren("The two pages could not be opened here: one may be missing, or this site may have been opened from a disk. Read them one after the other: ",
        leads(paths[0], paths[0]), " and ", leads(paths[1], paths[1]), ".");
    }
  }

  const paths = [asked.get("a"), asked.get("b")];
  if (asked.has("a") || asked.has("b")) {
    if (!paths.every((path) => PATH.test(path ?? ""))) {
      status.textContent = "This address doesn’t name two studies or two factors of this library.";
    } else if (paths[0] === paths[1]) {
      status.textContent = "This address names the same page twice.";
    } else if (paths[0].split("/")[0] !== paths[1].split("/")[0]) {
      status.textContent = "A study can’t be set beside a factor: choose two of a kind.";
    } else {
      status.textContent = "Opening both pages …";
      compare(paths);
    }
  }
}
