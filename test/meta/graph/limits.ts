/** How much an app may call, and what the headers tell it of that. Meta, Rate limiting, Mar 2026. */
import { GraphRefusal } from '../refusals';
import { DAY } from '../rules';
import type { World } from '../world';

const CONVERSATION_CALLS_PER_SECOND = 2;
/** Messenger: 200 calls for each person engaged in the last 24 h. */
const CALLS_PER_ENGAGED_PERSON = 200;
/** What a long wait looks like, where that doubt is on. */
const WAIT_MINUTES = 1;

export class Limits {
  private conversationCalls: number[] = [];
  private calls = new Map<string, number[]>();
  private throttledUntil = 0;
  /** Set by tests: the percentage in use, whatever was called; from 100 on every call is refused. Null: the true one. */
  percent: number | null = null;

  constructor(private readonly world: World) {}

  /** Counts a call of an app. @throws GraphRefusal once its allowance is used up */
  count(appId: string): void {
    const now = this.world.now();
    const recent = this.recentCalls(appId, now);
    recent.push(now);
    this.calls.set(appId, recent);
    if (this.used(appId) >= 100) throw new GraphRefusal('messengerLimit');
  }

  /** Counts a call of the Conversations API. @throws GraphRefusal beyond two a second */
  countConversation(inBatch: boolean): void {
    const reading = this.world.doubts['conversation-rate'];
    if (reading === 'unenforced' || (inBatch && this.world.doubts['batch-rate'] === 'uncounted')) return;
    const now = this.world.now();
    if (now < this.throttledUntil) throw new GraphRefusal('messengerLimit');
    this.conversationCalls = this.conversationCalls.filter((at) => at > now - 1000);
    if (this.conversationCalls.length < CONVERSATION_CALLS_PER_SECOND) {
      this.conversationCalls.push(now);
      return;
    }
    if (reading === 'refused') throw new GraphRefusal('conversationRate');
    this.throttledUntil = now + WAIT_MINUTES * 60_000;
    throw new GraphRefusal('messengerLimit');
  }

  /** The usage headers for an app. Who has to wait has used up all. */
  headers(appId: string, waitMinutes: number): Record<string, string> {
    const percent = waitMinutes > 0 ? Math.max(100, this.used(appId)) : this.used(appId);
    const usage = { call_count: percent, total_cputime: Math.floor(percent / 4), total_time: Math.floor(percent / 4) };
    const type = this.world.doubts['usage-type'];
    const business = { [this.world.state.page.id]: [{ type, ...usage, estimated_time_to_regain_access: waitMinutes }] };
    return {
      'X-App-Usage': JSON.stringify(usage),
      ...(type === 'absent' ? {} : { 'X-Business-Use-Case-Usage': JSON.stringify(business) }),
      ...(this.world.doubts['page-usage'] === 'absent' ? {} : { 'X-Page-Usage': JSON.stringify(usage) }),
    };
  }

  /** Per cent of the allowance of 24 h. */
  private used(appId: string): number {
    return this.percent ?? Math.floor((100 * this.recentCalls(appId, this.world.now()).length) / this.allowance());
  }

  /** The times of an app's calls in the last 24 h, oldest first. */
  private recentCalls(appId: string, now: number): number[] {
    const calls = this.calls.get(appId) ?? [];
    while (calls[0] !== undefined && calls[0] <= now - DAY) calls.shift();
    return calls;
  }

  private allowance(): number {
    const since = this.world.now() - DAY;
    const engaged = this.world.state.threads.filter(
      ({ messages }) => (messages.findLast(({ author }) => author.kind === 'customer')?.at ?? 0) > since,
    ).length;
    return CALLS_PER_ENGAGED_PERSON * Math.max(1, engaged);
  }
}
