import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { createSettings, type Given } from '../../utils/services/settings';

describe('the guide for teams', () => {
  const guide = readFileSync('docs/teams.md', 'utf8');
  const policies = [...guide.matchAll(/```json\n(.*?)```/gs)].map(([, text]) => JSON.parse(text!) as object);

  test('shows a policy for each kind of browser', () => {
    expect(policies).toHaveLength(2);
  });

  test.each(policies.map((policy, at) => [at + 1, policy] as const))(
    'its policy %i is read whole',
    async (_, policy) => {
      const given = innermost(policy);
      const settings = createSettings({
        local: { get: async () => ({}), set: async () => {} },
        managed: { get: async () => given },
      });
      expect(Object.keys(given)).not.toEqual([]);
      expect(await settings.policy()).toEqual(given);
    },
  );
});

describe('the threat table', () => {
  const rows = readFileSync('docs/security.md', 'utf8')
    .split('\n')
    .filter((line) => line.startsWith('|') && line.includes('test/'));
  const named = rows.flatMap((row) => [...row.matchAll(/`(test\/[^`]+)`(?: "([^"]+)")?/g)]);

  test.each(named.map(([, file, name]) => [file!, name ?? null] as const))('%s is there: %s', (file, name) => {
    expect(existsSync(file)).toBe(true);
    expect(readFileSync(file, 'utf8')).toContain(name ?? '');
  });

  test('names tests for its rows', () => {
    expect(rows.length).toBeGreaterThan(10);
  });
});

/** What a policy sets: the first object in it that holds more than one thing. */
function innermost(value: object): Given {
  const inside = Object.values(value) as object[];
  return inside.length > 1 ? value : innermost(inside[0] ?? {});
}
