/** The versions of the Graph API, and which of them answers a call. */

/** Versions and the day each ends, oldest first. Meta, Graph API changelog, Oct 2026; of the newest no end is known. */
const VERSIONS: readonly [name: string, ends: number][] = [
  ['v21.0', Date.UTC(2027, 0, 21)],
  ['v22.0', Date.UTC(2027, 4, 20)],
  ['v23.0', Date.UTC(2027, 9, 8)],
  ['v24.0', Date.UTC(2028, 1, 18)],
  ['v25.0', Date.UTC(2028, 6, 29)],
  ['v26.0', Number.POSITIVE_INFINITY],
];

/** Older versions are answered by the oldest alive; versions that never were are not. */
export const isVersion = (version: string): boolean =>
  version.endsWith('.0') && Number(version.slice(1)) <= Number(VERSIONS.at(-1)?.[0].slice(1));

/** The version that answers a call at `now`; without a version, or for one that has ended, the oldest alive. */
export function usedVersion(version: string | null, now: number): string {
  const alive = VERSIONS.filter(([, ends]) => now < ends).map(([name]) => name);
  return version !== null && alive.includes(version) ? version : (alive[0] ?? 'v26.0');
}
