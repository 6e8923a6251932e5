import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'puppeteer-core';

/** What an organisation's policy may set for Baton: see docs/teams.md. */
export type Policy = Record<string, unknown>;

/**
 * A home folder whose Firefox has the policy as a managed storage manifest, where Linux looks for one of its own
 * user's. Source: MDN, Native manifests, 2026.
 */
export function homeWithPolicy(extension: string, policy: Policy): string {
  const home = mkdtempSync(join(tmpdir(), 'baton-home-'));
  const folder = join(home, '.mozilla', 'managed-storage');
  mkdirSync(folder, { recursive: true });
  const manifest = { name: extension, description: 'A policy of a test.', type: 'storage', data: policy };
  writeFileSync(join(folder, `${extension}.json`), JSON.stringify(manifest));
  return home;
}

/** Mandatory, for the whole computer, from a cloud: as chrome://policy/test numbers them. */
const KIND = { level: 1, scope: 1, source: 2 } as const;

/** Hands Chromium a policy by its own page for trying policies. Rejects where it has none, as a stable Chrome. */
export async function applyPolicy(browser: Browser, extension: string, policy: Policy): Promise<void> {
  const page = await browser.newPage();
  await page.goto('chrome://policy/test');
  const policies = Object.entries(policy).map(([name, value]) => ({ ...KIND, namespace: extension, name, value }));
  await page.evaluate((json) => {
    const { chrome } = globalThis as unknown as { chrome: { send(message: string, given: string[]): void } };
    chrome.send('setLocalTestPolicies', ['applied', json, '']);
  }, JSON.stringify(policies));
  await page.close();
}
