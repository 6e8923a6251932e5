import type { Wanted } from './plan';

/** Of a note so many signs are sent. Meta names no limit; what is known of others’ use stays far below 1,000. */
export const LONGEST_NOTE = 300;

/** What the bot may take from a wish: whether the human stretch begins or ends. */
const EVENTS: Partial<Record<Wanted, string>> = {
  human: 'human-began',
  bot: 'human-ended',
  ask: 'human-ended',
};

/**
 * The metadata that goes with take, pass and request: flat JSON with strings alone, so that any bot can read it. Null
 * where nothing was noted, and with calls that carry none. See docs/for-bot-developers.md.
 */
export function metadataFor(wanted: Wanted, note: string): string | null {
  const event = EVENTS[wanted];
  const written = [...note.replace(/\s+/g, ' ').trim()].slice(0, LONGEST_NOTE).join('');
  return event === undefined || written === '' ? null : JSON.stringify({ source: 'baton', event, note: written });
}
