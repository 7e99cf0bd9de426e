// Whether a page is wider than the window.

/** In the page: its width, and the elements that stick out without scrolling by themselves. */
function overflow(width) {
  const scrolls = (element) => {
    for (let box = element.parentElement; box && box !== document.body; box = box.parentElement) {
      if (getComputedStyle(box).overflowX !== "visible") {
        return true;
      }
    }
    return false;
  };
  const name = (element) => {
    const own = element.id ? `#${element.id}` : element.getAttribute("class")?.trim().replace(/\s+|^/g, ".") ?? "";
    return element.localName + own;
  };
  const out = [...document.body.querySelectorAll("*")].filter(
    (element) => element.getBoundingClientRect().right > width + 0.5 && !scrolls(element),
  );
  return {
    width: document.documentElement.scrollWidth,
    culprits: out.slice(0, 5).map((element) => `${name(element.parentElement)} > ${name(element)}`),
  };
}

/** What is wrong with the width of a page, if something is. */
export async function sideways(page) {
  const { width } = page.viewportSize();
  const found = await page.evaluate(overflow, width);
  return found.width > width ? [`${found.width} px wide: ${found.culprits.join(", ")}`] : [];
}
