// The search of a built site, called through its own modules in the browser.

/** Opens a page in which `globalThis.modules` holds the modules `names` of the site's search, and `globalThis.index` its index. */
export async function openModules(site, browser, names) {
  const page = await browser.newPage();
  await page.goto(`${site.base}404.html`);
  const urls = names.map((name) => [name, site.base + moduleOf(site, name)]);
  await page.evaluate(
    async ([all, base]) => {
      const loaded = await Promise.all(all.map(async ([, url]) => import(url)));
      globalThis.modules = Object.fromEntries(all.map(([name], place) => [name, loaded[place]]));
      globalThis.index = await globalThis.modules.index.openIndex(new URL("search/", base));
    },
    [urls, site.base],
  );
  return page;
}

function moduleOf(site, name) {
  return [...site.files.keys()].find((path) => new RegExp(`^assets/search-${name}-[0-9a-f]+\\.js$`).test(path));
}

/** The bytes of all modules of the search as they are published. */
export function moduleBytes(site) {
  const modules = [...site.files].filter(([path]) => /^assets\/search-[a-z]+-[0-9a-f]+\.js$/.test(path));
  return modules.reduce((sum, [, bytes]) => sum + bytes.length, 0);
}
