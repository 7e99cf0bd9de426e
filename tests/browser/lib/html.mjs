// A small reader of the HTML that caseloom writes: enough to check its structure without a browser.
// It is stricter than HTML: every element that isn't void must be closed, in order.

const VOID = new Set("area base br col embed hr img input link meta source track wbr".split(" "));
const RAW = new Set(["script", "style", "textarea", "title"]);
const ENTITIES = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'", nbsp: "\u00a0" };
const TAG = /<!--[^]*?-->|<![^>]*>|<\/([a-zA-Z][^\s/>]*)\s*>|<([a-zA-Z][^\s/>]*)((?:"[^"]*"|'[^']*'|[^'">])*)>/g;
const ATTRIBUTE = /([^\s"'<>/=]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'=<>`]+)))?/g;

function decode(text) {
  return text.replace(/&(?:#(\d+)|#[xX]([\da-fA-F]+)|(\w+));/g, (whole, decimal, hex, name) => {
    if (name) {
      return ENTITIES[name] ?? whole;
    }
    return String.fromCodePoint(decimal ? Number(decimal) : Number.parseInt(hex, 16));
  });
}

class Element {
  #html;

  constructor(html, name, attributes, parents, start) {
    this.#html = html;
    this.name = name;
    this.attributes = attributes;
    /** The elements around it, outermost first. */
    this.parents = parents;
    this.start = start;
    this.end = start;
  }

  /** Its words as a reader sees them. */
  get text() {
    const inside = this.#html.slice(this.start, this.end);
    return decode(RAW.has(this.name) ? inside : inside.replace(TAG, "")).replace(/\s+/g, " ").trim();
  }
}

/** The elements of a page, in order, and whatever is wrong with the tags themselves. */
export function read(html) {
  const elements = [];
  const problems = [];
  const open = [];
  let from = 0;
  for (const tag of html.matchAll(TAG)) {
    const [whole, closes, opens, rest] = tag;
    if (tag.index < from) {
      continue; // inside an element whose content is text
    }
    const top = open.at(-1);
    if (closes && top?.name === closes.toLowerCase()) {
      open.pop().end = tag.index;
    } else if (closes) {
      problems.push(`</${closes}> closes <${top?.name ?? "nothing"}>`);
    } else if (opens) {
      const name = opens.toLowerCase();
      const start = tag.index + whole.length;
      const element = new Element(html, name, attributesOf(name, rest, problems), [...open], start);
      elements.push(element);
      if (RAW.has(name)) {
        element.end = html.indexOf(`</${name}>`, start);
        from = element.end + `</${name}>`.length;
      } else if (!VOID.has(name) && !rest.endsWith("/")) {
        open.push(element);
      }
    }
  }
  problems.push(...open.map((element) => `<${element.name}> is never closed`));
  return { elements, problems };
}

function attributesOf(name, text, problems) {
  const attributes = new Map();
  for (const [, key, double, single, bare] of text.matchAll(ATTRIBUTE)) {
    if (attributes.has(key)) {
      problems.push(`<${name}> has ${key} twice`);
    }
    attributes.set(key, decode(double ?? single ?? bare ?? ""));
  }
  return attributes;
}
