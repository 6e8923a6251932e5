/** Faults that a test orders for coming Graph calls. Each is used up after its number of times. */

/** What goes wrong. */
export type FaultKind =
  /** Meta's envelope, with the given code; nothing happened. */
  | 'error'
  /** A throttle, with the time to wait in the usage header. */
  | 'throttle'
  /** The call waits and then goes on as if nothing were. */
  | 'delay'
  /** The call waits, before anything of it is done, until it is let go; then it goes on, or meets the next fault. */
  | 'hold'
  /** No answer, ever. */
  | 'hang'
  /** The connection ends before the call has an effect. */
  | 'reset'
  /** The call has its effect, and the connection ends without an answer. */
  | 'lost-answer'
  /** Success is answered, and nothing happened. */
  | 'no-effect'
  /** An answer that is no JSON. */
  | 'not-json'
  /** The answer stops in the middle. */
  | 'truncated';

export interface Fault {
  kind: FaultKind;
  /** Which calls: method, a part of the path, an app's id, a token's label. What is absent matches all. */
  match?: { method?: string; path?: string; app?: string; token?: string };
  /** How many calls; 1 where absent. */
  times?: number;
  /** HTTP status of `error` and `not-json`. */
  status?: number;
  code?: number;
  subcode?: number;
  message?: string;
  transient?: boolean;
  /** `delay`. */
  ms?: number;
  /** `throttle`: minutes to wait. */
  minutes?: number;
  /** `not-json`. */
  body?: string;
}

export interface FaultTarget {
  method: string;
  path: string;
  app: string | null;
  token: string | null;
}

const KINDS: readonly FaultKind[] = [
  'error',
  'throttle',
  'delay',
  'hold',
  'hang',
  'reset',
  'lost-answer',
  'no-effect',
  'not-json',
  'truncated',
];

export class Faults {
  private queue: { fault: Fault; left: number }[] = [];
  private waiting: { target: FaultTarget; goOn: () => void }[] = [];

  /** @throws RangeError for an unknown kind */
  add(fault: Fault): void {
    if (!KINDS.includes(fault.kind)) throw new RangeError(`No fault of kind ${String(fault.kind)}`);
    this.queue.push({ fault, left: fault.times ?? 1 });
  }

  /** Takes everything back: what is held goes on as if nothing were. */
  clear(): void {
    this.queue = [];
    this.letGo();
  }

  list(): readonly Fault[] {
    return this.queue.map(({ fault, left }) => ({ ...fault, times: left }));
  }

  /** The first fault that fits, used up once more. */
  take(target: FaultTarget): Fault | null {
    return this.use(target, ({ kind }) => kind !== 'hold');
  }

  /** Resolves once the call may go on: at once, unless it is to be held. */
  async admit(target: FaultTarget): Promise<void> {
    if (this.use(target, ({ kind }) => kind === 'hold') === null) return;
    await new Promise<void>((goOn) => this.waiting.push({ target, goOn }));
  }

  /** The calls that are held, oldest first. */
  held(): readonly FaultTarget[] {
    return this.waiting.map(({ target }) => target);
  }

  /** Lets go of every call that is held. */
  letGo(): void {
    for (const { goOn } of this.waiting.splice(0)) goOn();
  }

  private use(target: FaultTarget, isMeant: (fault: Fault) => boolean): Fault | null {
    const entry = this.queue.find(({ fault }) => isMeant(fault) && fits(fault, target));
    if (!entry) return null;
    entry.left -= 1;
    if (entry.left <= 0) this.queue = this.queue.filter((other) => other !== entry);
    return entry.fault;
  }
}

function fits({ match = {} }: Fault, target: FaultTarget): boolean {
  return (
    (match.method === undefined || match.method.toUpperCase() === target.method) &&
    (match.path === undefined || target.path.includes(match.path)) &&
    (match.app === undefined || match.app === target.app) &&
    (match.token === undefined || match.token === target.token)
  );
}
