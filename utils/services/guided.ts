import type { CheckView } from '../conversation/view';
import type { TickRecord } from '../store/database';
import { ADVANCED, date, FULL_ACCESS, ROUTING } from './meta-settings';

/** What no API tells: an admin looks and ticks. */
const GUIDED: Record<string, { title: (botName: string) => string; link: NonNullable<CheckView['link']> }> = {
  'default-app': { title: (bot) => `${bot} is the default app`, link: ROUTING },
  'take-toggle': { title: () => '“Take control” is allowed', link: ADVANCED },
  'other-routing': { title: () => 'No social or link routing goes elsewhere', link: ROUTING },
};

export const GUIDED_IDS = Object.keys(GUIDED);

/** The guided checks from their ticks. */
export function guidedChecks(ticks: readonly TickRecord[], botName: string): CheckView[] {
  return Object.entries(GUIDED).map(([id, { title, link }]) => {
    const tick = ticks.find((one) => one.check === id);
    return {
      id,
      state: tick ? 'ok' : 'not-tested',
      title: title(botName),
      at: tick?.at ?? null,
      how: tick ? `Ticked by you on ${date(tick.at)}` : 'Not looked at yet',
      who: FULL_ACCESS,
      link,
    };
  });
}
