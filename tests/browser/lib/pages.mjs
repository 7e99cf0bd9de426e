// One page of each kind, chosen by what the library holds, so that the choice follows its growth.

import assert from "node:assert/strict";

// Sections of the site; any other folder at its top is a page of the library's own.
const SECTIONS = new Set(
  "studies themes factors systems reviews evidence frameworks glossary matrix compare search data".split(" "),
);
const EXPECTED = [
  "home",
  "studies",
  "narrowed studies",
  "study",
  "compare",
  "pair",
  "study with everything",
  "five-minute study",
  "themes",
  "theme",
  "factors",
  "factor",
  "factors where",
  "frameworks",
  "framework",
  "matrix",
  "matrix by another axis",
  "matrix by a framework",
  "systems",
  "system",
  "system of old",
  "system of today",
  "national",
  "reviews",
  "review",
  "references",
  "reference",
  "glossary",
  "page",
  "data",
  "configurations",
  "network",
  "not found",
];
const SINGULAR = {
  studies: "study",
  themes: "theme",
  factors: "factor",
  frameworks: "framework",
  matrix: "matrix by another axis",
  systems: "system",
  reviews: "review",
  evidence: "reference",
};

/** Every page that a reader may open: no redirects, and not the page for addresses that don't exist. */
export function pages(site) {
  return [...site.files]
    .filter(([path]) => path.endsWith("index.html"))
    .filter(([, bytes]) => !bytes.includes('http-equiv="refresh"'))
    .map(([path, bytes]) => ({ path: path.slice(0, -"index.html".length), html: bytes.toString("utf8") }))
    .sort((one, other) => (one.path < other.path ? -1 : 1));
}

export function studies(site) {
  return JSON.parse(site.files.get("data/studies.json")).studies;
}

export function vocabulary(site) {
  return JSON.parse(site.files.get("data/vocabulary.json"));
}

/** One page of each kind, as `{kind, path}`: the largest of those alike, and some that differ on purpose. */
export function kinds(site) {
  const chosen = new Map();
  const largest = new Map();
  for (const { path, html } of pages(site)) {
    const kind = kindOf(path);
    if (html.length > (largest.get(kind) ?? 0)) {
      largest.set(kind, html.length);
      chosen.set(kind, path);
    }
  }
  for (const [kind, path] of special(site)) {
    chosen.set(kind, path);
  }
  for (const kind of EXPECTED) {
    assert.ok(chosen.has(kind), `the site has no page of the kind: ${kind}`);
  }
  // Two kinds may have chosen the same page: once is enough.
  const paths = [...new Set(chosen.values())];
  return paths.map((path) => {
    const same = [...chosen.keys()].filter((kind) => chosen.get(kind) === path);
    return { kind: same.join(", "), path };
  });
}

/** The pages that are chosen for what they tell, and the one for addresses that don't exist. */
function special(site) {
  const all = studies(site);
  const rich = all.toSorted((one, other) => richness(other) - richness(one));
  const { systems } = vocabulary(site);
  const used = (system) => all.some((study) => [study.ics].flat().includes(system.id));
  const gone = systems.filter((system) => system.valid_to);
  const old = gone.find(used) ?? gone[0];
  return [
    ["study with everything", `studies/${rich[0].slug}/`],
    ["five-minute study", `studies/${rich.at(-1).slug}/`],
    ["system of old", `systems/${old.id}/`],
    ["system of today", `systems/${old.successors[0].system}/`],
    ["national", "systems/national/"],
    ["not found", "no/such/page/"],
  ];
}

function kindOf(path) {
  const [section, name, ...deeper] = path.slice(0, -1).split("/");
  if (path === "") {
    return "home";
  }
  if (!SECTIONS.has(section)) {
    return "page";
  }
  if (name === undefined) {
    return section === "evidence" ? "references" : section;
  }
  // A study lies right below its section; what lies deeper is a list of studies.
  if (section === "studies" && deeper.length > 0) {
    return "narrowed studies";
  }
  if (section === "compare") {
    return "pair";
  }
  if (deeper.length > 0) {
    return section === "matrix" ? "matrix by a framework" : `${section} ${deeper[0]}`;
  }
  // Pages about the data are each of their own kind.
  return section === "data" ? name : (SINGULAR[section] ?? `${section} entry`);
}

/** How much of what a study may tell this one tells: the keys that hold something, then how long they are. */
function richness(study) {
  const told = Object.values(study).filter((value) => value !== null && [value].flat().length > 0).length;
  return told + Math.min(JSON.stringify(study).length, 99_999) / 100_000;
}
