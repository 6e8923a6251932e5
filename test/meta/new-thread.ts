/** A conversation in which nobody has written yet. */
import { type Dice, instagramGraphId, newInstagramThreadId, newPsid, newThreadId, newUserId } from './ids';
import type { Thread } from './model';

export function newThread(dice: Dice, name: string, channel: Thread['channel']): Thread {
  const userId = channel === 'instagram' ? newInstagramThreadId(dice) : newUserId(dice);
  return {
    id: channel === 'instagram' ? instagramGraphId(userId) : newThreadId(dice),
    channel,
    psid: newPsid(dice),
    userId,
    name,
    linkNumber: dice.digits(16),
    hasRole: false,
    blocked: false,
    folder: 'inbox',
    pills: [],
    labelIds: [],
    assignedTo: null,
    metaAi: false,
    control: null,
    adControlDays: null,
    standardWindowEndsAt: 0,
    humanAgentWindowEndsAt: 0,
    readAt: 0,
    messages: [],
  };
}
