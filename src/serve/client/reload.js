// Keeps the page as new as the files: it takes what is new of the page and of its stylesheets in the place where it
// stands, and shows what is wrong. `caseloom serve` adds this script to the pages that it serves; no built site has it.

const STYLESHEET = 'link[rel="stylesheet"]';
// Policy lets no other script run; this one goes on.
const SCRIPT = 'script[src]:not([src="/_caseloom/reload.js"])';

// What this page is, and which version of it. Not in the address of this script: browsers hand out a copy with the address
// by which they fetched it first.
let own = identity();
let stream;
// While the new page is on its way.
let renewing = false;

function identity() {
  return new URLSearchParams(document.querySelector('meta[name="caseloom-page"]').content);
}

// Browsers allow six connections to a server: a page that nobody sees gives its own back.
function follow() {
  const wanted = !document.hidden && !renewing;
  if (wanted && !stream) {
    stream = new EventSource(`/_caseloom/events?${own}`);
    // What is shown was told by the stream before: this one tells what is wrong now, if anything is.
    stream.addEventListener("open", () => overlay()?.remove());
    stream.addEventListener("reload", renew);
    stream.addEventListener("look", ({ data }) => restyle(JSON.parse(data)));
    stream.addEventListener("problems", ({ data }) => show(JSON.parse(data)));
  } else if (!wanted && stream) {
    leave();
  }
}

function leave() {
  stream?.close();
  stream = undefined;
}

document.addEventListener("visibilitychange", follow);
addEventListener("pagehide", leave);
addEventListener("pageshow", ({ persisted }) => {
  renewing &&= !persisted;
  follow();
});
follow();

/** What lies over the page, if anything is wrong. */
function overlay() {
  const host = document.querySelector("caseloom-problems");
  return host?.shadowRoot ? host : null;
}

/**
 * Puts the page as it is now in the place of the one before: sooner than a browser loads it, and nobody loses their place.
 * A page whose scripts can't begin anew, or that has others now, is loaded.
 */
async function renew() {
  renewing = true;
  leave();
  // None when the server is away, or the reader leaves. If the page stays, the stream tells it again.
  const answer = await fetchPage().catch(() => null);
  if (answer !== null) {
    try {
      take(content(answer));
    } catch {
      // This page ends here, and with it the wait.
      location.reload();
      return;
    }
  }
  renewing = false;
  follow();
}

async function fetchPage() {
  const response = await fetch(location.href, { cache: "no-cache" });
  return { isPage: response.ok && !response.redirected, html: await response.text() };
}

/** The page of an answer, if it can stand in the place of this one. */
function content({ isPage, html }) {
  const next = new DOMParser().parseFromString(html, "text/html");
  if (!isPage || frame(document) !== frame(next)) {
    throw new Error("it is another page, or has another frame");
  }
  return next;
}

/** Puts the content of another version of this page in the place of its own. */
function take(next) {
  const fresh = [...next.head.children].filter((element) => !element.matches(STYLESHEET));
  for (const element of [...document.head.children]) {
    // A stylesheet that left would be fetched again, and the page be bare for a while.
    if (!element.matches(STYLESHEET)) {
      element.remove();
    }
  }
  document.body.replaceWith(next.body);
  document.head.append(...fresh.map((element) => (element.matches(SCRIPT) ? again(element) : element)));
  own = identity();
}

/** What must be the same on two versions of a page for one to stand in the place of the other. Throws if none can. */
function frame(page) {
  const scripts = [...page.querySelectorAll(SCRIPT)];
  // A module runs once on a page, however often it is asked for.
  const runsAgain = (script) => "again" in script.dataset && script.type !== "module";
  if (page.body.querySelector(SCRIPT) || !scripts.every(runsAgain)) {
    throw new Error("it has scripts that can't begin anew");
  }
  const sheets = [...page.querySelectorAll(STYLESHEET)].map((sheet) =>
    [...sheet.attributes].map(({ name, value }) => `${name}=${name === "href" ? sheet.href : value}`).sort(),
  );
  const root = [...page.documentElement.attributes].filter(({ name }) => name !== "data-scheme");
  return [...root.map(({ name, value }) => `${name}=${value}`), ...sheets, ...scripts.map(({ src }) => src)].join("\n");
}

/** The same script as one that runs: those of a page that was taken apart never do. */
function again(script) {
  const copy = document.createElement("script");
  for (const { name, value } of script.attributes) {
    copy.setAttribute(name, value);
  }
  // In the order of the page.
  copy.async = false;
  return copy;
}

/** Puts the new stylesheets in the place of those that have the same name but for the hash in it. */
function restyle({ look, stylesheets }) {
  const nameOf = (path) => path.split("/").at(-1).replace(/-[0-9a-f]{12}\.css$/, "");
  for (const link of document.querySelectorAll(STYLESHEET)) {
    const path = stylesheets.find((path) => nameOf(path) === nameOf(link.href));
    if (path === undefined || link.href.endsWith(path)) {
      continue;
    }
    const next = link.cloneNode();
    next.href = link.href.slice(0, link.href.lastIndexOf("assets/")) + path;
    // The old one stays until the new one is there: the page is never bare.
    next.addEventListener("load", () => link.remove());
    link.after(next);
  }
  own.set("look", look);
}

/** Shows the server's own, escaped markup: over the page, or in the place that the page has for it. */
function show(panel) {
  let host = document.querySelector("caseloom-problems");
  if (host && !host.shadowRoot) {
    // Without problems there is a site, and this page is about to become a page of it.
    host.innerHTML = panel || host.innerHTML;
    return;
  }
  if (panel === "") {
    host?.remove();
    return;
  }
  if (!host) {
    host = document.createElement("caseloom-problems");
    host.setAttribute("role", "complementary");
    host.setAttribute("aria-label", "What is wrong in the files");
    // In a tree of its own, which no stylesheet of the page reaches.
    host.attachShadow({ mode: "open" });
    document.body.append(host);
  }
  host.shadowRoot.innerHTML = `<link rel="stylesheet" href="/_caseloom/overlay.css">${panel}`;
}
