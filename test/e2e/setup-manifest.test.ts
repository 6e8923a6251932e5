import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { BrowserKind } from './browsers';
import { BUILDS } from './launch';

interface Manifest {
  permissions?: string[];
  host_permissions?: string[];
  optional_permissions?: string[];
  optional_host_permissions?: string[];
  externally_connectable?: unknown;
  web_accessible_resources?: unknown;
  content_security_policy?: { extension_pages?: string };
  options_ui?: { page: string };
  storage?: { managed_schema: string };
}

const built = (kind: BrowserKind, file: string): string => readFileSync(join(BUILDS[kind], file), 'utf8');

describe.each<BrowserKind>(['chromium', 'firefox'])('what the build for %s may do', (kind) => {
  const manifest = JSON.parse(built(kind, 'manifest.json')) as Manifest;

  // `scripting` opens no host beyond the two: Setup looks at the inbox when asked to, and an update takes over.
  test('two hosts, storage and scripting, and nothing that others could talk to', () => {
    const { permissions, host_permissions, ...rest } = manifest;
    expect({ permissions, host_permissions }).toEqual({
      permissions: ['storage', 'scripting'],
      host_permissions: ['https://business.facebook.com/*', 'https://graph.facebook.com/*'],
    });
    for (const door of [
      'optional_permissions',
      'optional_host_permissions',
      'externally_connectable',
      'web_accessible_resources',
    ])
      expect(Object.keys(rest)).not.toContain(door);
  });

  test('its pages run its own code and reach Graph alone', () => {
    const policy = manifest.content_security_policy?.extension_pages ?? '';
    expect(Object.fromEntries(policy.split('; ').map((rule) => rule.split(/ (.*)/, 2)))).toEqual({
      'default-src': "'none'",
      'script-src': "'self'",
      'style-src': "'self'",
      'img-src': "'self'",
      'connect-src': 'https://graph.facebook.com',
      'form-action': "'none'",
      'frame-ancestors': "'none'",
      'base-uri': "'none'",
    });
  });

  test('Setup is a page of its own', () => {
    expect(manifest.options_ui?.page).toBe('popup.html#setup');
  });
});

test('Chrome is told what a policy can hold', () => {
  const { storage } = JSON.parse(built('chromium', 'manifest.json')) as Manifest;
  const schema = JSON.parse(built('chromium', storage?.managed_schema ?? '')) as { properties: object };
  expect(Object.keys(schema.properties)).toEqual(['pages', 'keepDays', 'pageFacts', 'vault']);
});
