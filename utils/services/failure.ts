import { NewerDatabase } from '../store/database';

/** Why the background cannot work at all, and what to do. What is stored was not touched. */
export function whyNot(error: unknown): string {
  return error instanceof NewerDatabase
    ? 'A newer Baton has written what is stored here. Nothing was changed. Update Baton, and it works again.'
    : 'What Baton has stored cannot be opened. Nothing was changed. Restart the browser; if that does not help, its profile is damaged.';
}
