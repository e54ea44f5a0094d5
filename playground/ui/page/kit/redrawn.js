// Draws now, and again whenever a part's size or the theme is another.
function whenLooksChange(part, draw) {
  new ResizeObserver(draw).observe(part);
  new MutationObserver(draw).observe(document.body, {
    attributes: true,
    attributeFilter: ["class"],
  });
}
// Behind a part; the body's own colour stays light in the dark.
const pageColour = (part) => getComputedStyle(part).getPropertyValue("--body-background-fill");
