/** So much of what happened is kept for looking at, so that an emulator that runs for days does not grow. */
export const KEPT = 20_000;

/** Adds an entry at the end, and lets the oldest go beyond {@link KEPT}. */
export function keepNewest<Entry>(entries: Entry[], entry: Entry): void {
  entries.push(entry);
  if (entries.length > KEPT) entries.shift();
}
