// Every page of the site, read without a browser: its outline, its landmarks, its links, its words for machines.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { read } from "./lib/html.mjs";
import { pages } from "./lib/pages.mjs";
import { none } from "./lib/problems.mjs";
import { openSite } from "./lib/site.mjs";

const LOADED = ["href", "src", "poster", "data"];
const SECTIONING = new Set(["main", "article", "section", "aside", "nav"]);

const site = await openSite();
after(() => site.close());

/** Every page, by its address without `index.html`. */
const found = new Map();
/** The addresses that the links from the first page on lead to. */
const linked = new Set();
const broken = [];

before(async () => {
  const asked = new Set();
  const crawl = async (queue) => {
    for (const { url, from } of queue) {
      if (!asked.has(url)) {
        asked.add(url);
        queue.push(...(await visit(url, from)));
      }
    }
  };
  await crawl([{ url: site.base, from: "the start" }]);
  for (const url of asked) {
    linked.add(identity(url));
  }
  // Then what no link leads to.
  const files = [...site.files.keys()].filter((path) => path.endsWith(".html"));
  await crawl([
    ...sitemap().map((url) => ({ url, from: "the sitemap" })),
    ...files.map((path) => ({ url: site.base + path, from: "the folder" })),
  ]);
});

function sitemap() {
  const text = site.files.get("sitemap.xml").toString("utf8");
  return [...text.matchAll(/<loc>([^<]+)<\/loc>/g)].map(([, url]) => url);
}

function identity(address) {
  return address.replace(/index\.html$/, "");
}

/** Asks for an address; answers with where its links lead, if it is a page that is new. */
async function visit(url, from) {
  if (!url.startsWith(site.base)) {
    broken.push(`${from} links to ${url}, outside the site`);
    return [];
  }
  const response = await fetch(url, { redirect: "manual" });
  const body = await response.text();
  if (response.status !== 200) {
    broken.push(`${from} links to ${url}: ${response.status}`);
    return [];
  }
  const address = identity(url);
  if (found.has(address) || !response.headers.get("content-type").startsWith("text/html")) {
    return [];
  }
  const page = { address, path: `/${address.slice(site.base.length)}`, ...read(body) };
  page.links = internal(page);
  page.redirect = page.elements.some(({ attributes }) => attributes.get("http-equiv") === "refresh");
  found.set(address, page);
  return page.links.map((link) => ({ url: link.split("#")[0], from: page.path }));
}

/** Where a page's links and files lead, as far as that is on this host. */
function internal({ address, elements }) {
  const { origin } = new URL(site.base);
  return elements
    .filter(({ attributes }) => attributes.get("rel") !== "canonical")
    .flatMap(({ attributes }) => LOADED.flatMap((key) => attributes.get(key) ?? []))
    .map((reference) => new URL(reference, address))
    .filter((url) => url.origin === origin)
    .map((url) => url.href);
}

/** Checks every page, redirects aside, and fails with all that is wrong. */
function everyPage(what, check) {
  test(what, () => {
    assert.ok(found.size > 100, `only ${found.size} pages`);
    const problems = [];
    for (const page of found.values()) {
      if (!page.redirect) {
        problems.push(...check(page).map((problem) => `${page.path}: ${problem}`));
      }
    }
    none(problems, "page not as it should be");
  });
}

const all = (page, ...names) => page.elements.filter((element) => names.includes(element.name));

test("every internal link is answered with 200", (context) => {
  context.diagnostic(`${found.size} pages`);
  none(broken, "broken link");
});

test("every link to a part of a page finds it", () => {
  const ids = new Map();
  for (const [address, { elements }] of found) {
    ids.set(address, new Set(elements.map(({ attributes }) => attributes.get("id"))));
  }
  const problems = [];
  for (const page of found.values()) {
    for (const link of page.links) {
      const [address, fragment] = link.split("#");
      if (fragment && !ids.get(identity(address))?.has(decodeURIComponent(fragment))) {
        problems.push(`${page.path} links to ${link}`);
      }
    }
  }
  none(problems, "link to a part that isn't there");
});

/** Pages that are meant to be found: a study that was withdrawn, say, only keeps its address. */
function listed() {
  return pages(site).filter(({ html }) => !html.includes('<meta name="robots" content="noindex">'));
}

test("links lead to every page, without the sitemap", () => {
  const lost = listed().filter(({ path }) => !linked.has(site.base + path));
  none(lost.map(({ path }) => `/${path}`), "page that no link leads to");
});

test("the sitemap names every page once, by its canonical address", () => {
  const canonical = listed().flatMap(({ html }) =>
    read(html)
      .elements.filter(({ attributes }) => attributes.get("rel") === "canonical")
      .map(({ attributes }) => attributes.get("href")),
  );
  assert.deepEqual(sitemap().sort(), canonical.sort());
});

everyPage("tags are closed in order", (page) => page.problems);

everyPage("one h1, and no level of heading is skipped", (page) => {
  const levels = all(page, "h1", "h2", "h3", "h4", "h5", "h6").map(({ name, text }) => ({ level: Number(name[1]), text }));
  const problems = levels.filter(({ text }) => text === "").map(({ level }) => `an empty h${level}`);
  const ones = levels.filter(({ level }) => level === 1).length;
  if (ones !== 1) {
    problems.push(`${ones} × h1`);
  }
  if (levels[0]?.level !== 1) {
    problems.push("the first heading isn't the h1");
  }
  for (const [index, { level, text }] of levels.entries()) {
    const before = index === 0 ? 0 : levels[index - 1].level;
    if (level > before + 1) {
      problems.push(`h${level} “${text}” after h${before}`);
    }
  }
  return problems;
});

everyPage("ids are unique", ({ elements }) => {
  const ids = elements.flatMap(({ attributes }) => attributes.get("id") ?? []);
  return ids.filter((id, index) => ids.indexOf(id) !== index).map((id) => `#${id} twice`);
});

everyPage("what points at an id finds it", ({ elements }) => {
  const ids = new Set(elements.map(({ attributes }) => attributes.get("id")));
  return elements.flatMap(({ name, attributes }) =>
    ["aria-labelledby", "aria-describedby", "aria-controls", "for", "headers"]
      .flatMap((key) => attributes.get(key)?.split(/\s+/) ?? [])
      .filter((id) => !ids.has(id))
      .map((id) => `<${name}> points at #${id}`),
  );
});

everyPage("the language is told", (page) => {
  const [root] = all(page, "html");
  return root?.attributes.get("lang") ? [] : ["no lang"];
});

everyPage("banner, main, navigation and footer are there, each once", (page) => {
  const inner = ({ parents }) => parents.some((parent) => SECTIONING.has(parent.name));
  const problems = [];
  for (const [landmark, count] of [
    ["main", all(page, "main").length],
    ["header", all(page, "header").filter((element) => !inner(element)).length],
    ["footer", all(page, "footer").filter((element) => !inner(element)).length],
  ]) {
    if (count !== 1) {
      problems.push(`${count} × ${landmark}`);
    }
  }
  const navigations = all(page, "nav").map(({ attributes }) => attributes.get("aria-label") ?? attributes.get("aria-labelledby"));
  if (navigations.length === 0) {
    problems.push("no nav");
  }
  if (navigations.length > 1 && new Set(navigations).size !== navigations.length) {
    problems.push(`navs without names of their own: ${navigations.join(", ")}`);
  }
  return problems;
});

everyPage("links, buttons and pictures have words", (page) => {
  const named = ({ text, attributes }, inside) =>
    text || attributes.get("aria-label") || attributes.get("aria-labelledby") || inside.some((image) => image.attributes.get("alt"));
  const inside = (element) => page.elements.filter((each) => each.name === "img" && each.parents.includes(element));
  return [
    ...all(page, "a", "button", "summary")
      .filter((element) => !named(element, inside(element)))
      .map(({ name, attributes }) => `<${name} ${attributes.get("href") ?? ""}> says nothing`),
    ...all(page, "img")
      .filter(({ attributes }) => !attributes.has("alt"))
      .map(({ attributes }) => `img ${attributes.get("src")} has no alt`),
  ];
});

everyPage("an icon is named, or browsers would ask the host for one", ({ elements }) =>
  elements.some(({ name, attributes }) => name === "link" && attributes.get("rel") === "icon") ? [] : ["no icon"],
);

everyPage("nothing that the policy refuses", ({ elements }) =>
  elements.flatMap(({ name, attributes, text }) => {
    const problems = [...attributes.keys()]
      .filter((key) => key === "style" || /^on/i.test(key))
      .map((key) => `<${name} ${key}>`);
    if (name === "style" || (name === "script" && !attributes.has("src") && text !== "")) {
      problems.push(`inline <${name}>`);
    }
    if (/^\s*javascript:/i.test(attributes.get("href") ?? "")) {
      problems.push(`<${name}> with a script as its address`);
    }
    return problems;
  }),
);

everyPage("links between pages are relative, where the address of the page is known", (page) => {
  if (page.path === "/404.html") {
    return [];
  }
  const { origin } = new URL(site.base);
  return all(page, "a")
    .map(({ attributes }) => attributes.get("href") ?? "")
    .filter((href) => href.startsWith("/") || href.startsWith(origin))
    .map((href) => `absolute: ${href}`);
});

test("titles are there, and alike on no two pages of a section", () => {
  const problems = [];
  const titles = new Map();
  for (const page of found.values()) {
    const title = all(page, "title").find(({ parents }) => parents.at(-1)?.name === "head");
    if (!title?.text) {
      problems.push(`${page.path}: no title`);
    } else if (!page.redirect) {
      const section = page.path.split("/")[1];
      const key = `${section}: ${title.text}`;
      if (titles.has(key)) {
        problems.push(`${page.path} and ${titles.get(key)}: “${title.text}”`);
      }
      titles.set(key, page.path);
    }
  }
  none(problems, "title missing or doubled");
});
