/**
 * The page's own words for who wrote a message. They follow the interface's language and only the English ones are
 * attested, so they never stand alone: a footer counts only under a Page message and outside of its bubble.
 */
import type { Attribution } from '../conversation/seen';

/** "Sent by NAME": seen live from March to September 2026, and in Facebook's code of 2021. */
const SENT_BY = /^Sent by (.+)$/;
/** "Automated response. Manage Automations": seen live in September 2026. */
const AUTOMATED = /^Automated response\b/;
/** The button under replies of Meta's own AI: seen live in March 2026. */
const IMPROVE_AI = /^Improve AI response$/;

/** Whom a footer names, or null where its words are not known. */
export function attributionIn(footer: string): Attribution | null {
  const name = SENT_BY.exec(footer)?.[1];
  if (name) return { kind: 'admin', name };
  if (AUTOMATED.test(footer)) return { kind: 'automation' };
  return IMPROVE_AI.test(footer) ? { kind: 'meta-ai' } : null;
}

/** "Fri 11:34 PM", "1/13/24, 8:22 AM", and their like in any digits: a time of day in few words. */
const TIME_OF_DAY = /\p{Nd}{1,2}\s?[:.：h時]\s?\p{Nd}{2}(?!\p{Nd})/u;
const LONGEST_DATE = 48;

/** Whether a line between messages is a date rather than a notice. */
export function isDateLine(line: string): boolean {
  return line.length <= LONGEST_DATE && TIME_OF_DAY.test(line);
}
