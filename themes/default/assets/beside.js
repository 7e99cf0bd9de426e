// In lists marked with data-beside, each study or factor gets a link that sets it beside the one of this page.
"use strict";
{
  const root = new URL("../", document.currentScript.src).href;
  const PAGE = /^((?:studies|factors)\/)[a-z0-9-]{1,80}(?=\/(?:index\.html)?$)/;

  /** The path of a study or factor and its section, from an address of this site. */
  const page = (url) => {
    const [address] = url.split(/[?#]/);
    return address.startsWith(root) ? PAGE.exec(address.slice(root.length)) : null;
  };

  const here = page(location.href);
  for (const item of here ? document.querySelectorAll("[data-beside] > li") : []) {
    const alike = (link) => {
      const there = page(link.href);
      return there?.[1] === here[1] && there[0] !== here[0];
    };
    const link = [...item.querySelectorAll("a[href]")].find(alike);
    if (link) {
      const both = new URL("compare/index.html", root);
      both.search = new URLSearchParams({ a: here[0], b: page(link.href)[0] });
      const beside = document.createElement("a");
      beside.className = "beside";
      beside.href = both.href;
      beside.textContent = "Side by side";
      beside.setAttribute("aria-label", `Side by side with ${link.textContent.trim()}`);
      const small = document.createElement("small");
      small.append(beside);
      item.append(" ", small);
    }
  }
}
