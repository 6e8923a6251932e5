/** Stylesheets of our shadow roots. */

const sheets = new Map<string, CSSStyleSheet>();

/** Gives `root` a stylesheet: one shared by all roots with the same text, or where worlds forbid that, one of its own. */
export function dress(root: ShadowRoot, css: string): void {
  try {
    root.adoptedStyleSheets = [sheetOf(css)];
  } catch {
    const style = root.ownerDocument.createElement('style');
    style.textContent = css;
    root.append(style);
  }
}

function sheetOf(css: string): CSSStyleSheet {
  const known = sheets.get(css);
  if (known) return known;
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  sheets.set(css, sheet);
  return sheet;
}
