import { ownerOfAnswer } from '../conversation/owner';
import type { Outcome, Wanted } from '../conversation/plan';
import type { CheckState, CheckView } from '../conversation/view';
import type { Control } from './control';
import { appsOf } from './memory';
import type { LivePage } from './pages';
import type { Reader } from './reader';

/** The trial before anybody has made one. */
export const NO_TRIAL: CheckView = {
  id: 'trial',
  state: 'not-tested',
  title: 'Trial of take and pass',
  at: null,
  how: 'On a conversation you pick: take control, pass it, verify, put it back.',
  who: 'You, in about 20 s.',
  link: null,
};

/** From where a trial can start, so that its second half puts back what the first has moved. */
const THERE_AND_BACK: Partial<Record<string, readonly [there: Wanted, back: Wanted]>> = {
  bot: ['human', 'bot'],
  inbox: ['bot', 'human'],
};

/**
 * Moves control of one conversation and puts it back, each verified by reading the owner. Where nobody can say who
 * has it nothing is called, since it could not be put back. `now`: server's epoch ms.
 */
export async function tryControl(
  page: LivePage,
  psid: string,
  { reader, control, now }: { reader: Reader; control: Control; now: () => number },
): Promise<CheckView> {
  const found = (state: CheckState, how: string, who: string | null = null): CheckView => ({
    ...NO_TRIAL,
    state,
    title: state === 'wrong' ? 'Take and pass do not work' : NO_TRIAL.title,
    at: now(),
    how,
    who,
  });

  const unread = await reader.owner(page, psid, { afresh: true });
  if (unread) return found('cannot-check', `Nothing was called. ${unread.cause}`, unread.next);
  const ways = THERE_AND_BACK[ownerKind(page, psid)];
  if (!ways) {
    return found(
      'cannot-check',
      'Nothing was called: Meta does not say that the bot or the inbox has this conversation.',
      'You: pick another conversation.',
    );
  }
  const there = await control.press(page, psid, ways[0]);
  if (there.kind === 'refused') return found('wrong', there.cause, there.next);
  const back = await control.press(page, psid, ways[1]);
  if (back.kind === 'refused') return found('wrong', `It was moved and not put back. ${back.cause}`, back.next);
  const unseen = [there, back].find(({ kind }) => kind !== 'done');
  if (unseen) return found('cannot-check', `${unseen.title}. ${unseen.cause}`, unseen.next);
  return found('ok', `${told(there)} Then put back: ${told(back)}`);
}

function ownerKind(page: LivePage, psid: string): string {
  const reading = page.memory.readings[psid]?.at(-1);
  if (!reading) return 'unknown';
  const { routing, appNames } = page.memory;
  return ownerOfAnswer(reading.answer, { apps: appsOf(page.record), routing, appNames }).kind;
}

function told({ title, cause }: Outcome): string {
  return `${title}. ${cause}`;
}
