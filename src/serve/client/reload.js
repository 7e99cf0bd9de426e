// Keeps the page as new as the files: it reloads when it has changed, takes a new stylesheet without reloading, and shows
// what is wrong. `caseloom serve` adds this script to the pages that it serves; no built site has it.

// What this page is, and which version of it. Not in the address of this script: browsers hand out a copy with the address
// by which they fetched it first.
const own = new URLSearchParams(document.querySelector('meta[name="caseloom-page"]').content);
let stream;

// Browsers allow six connections to a server: a page that nobody sees gives its own back.
function follow() {
  const wanted = !document.hidden;
  if (wanted && !stream) {
    stream = new EventSource(`/_caseloom/events?${own}`);
    stream.addEventListener("reload", () => location.reload());
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
addEventListener("pageshow", follow);
follow();

/** Puts the new stylesheets in the place of those that have the same name but for the hash in it. */
function restyle({ look, stylesheets }) {
  const nameOf = (path) => path.split("/").at(-1).replace(/-[0-9a-f]{12}\.css$/, "");
  for (const link of document.querySelectorAll('link[rel="stylesheet"]')) {
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
