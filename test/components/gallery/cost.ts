/** Prints what forty row marks cost in a real Chromium: `npx tsx test/components/gallery/cost.ts`. */
import { openGallery } from './serve';

const ROWS = 40;
const RUNS = 50;

const gallery = await openGallery();
try {
  const page = await gallery.browser.newPage();
  await page.goto(`${gallery.address}?sheet=overlay`);
  await page.waitForSelector('[data-ready]');
  const medians = (await page.evaluate(
    `import('/test/components/gallery/cost-page.tsx').then(({ measure }) => measure(${ROWS}, ${RUNS}))`,
  )) as Record<string, number>;
  for (const [name, ms] of Object.entries(medians))
    console.log(`${name.padEnd(24)}${ms.toFixed(2)} ms for ${ROWS} rows`);
} finally {
  await gallery.close();
}
