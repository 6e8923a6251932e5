import type { Clock, Session } from '../../utils/services/session';
import type { Database } from '../../utils/store/database';
import type { Store } from '../../utils/store/store';

/** A place where the worker waits for something outside of it: what for, and the lines of its source that wait. */
export interface Crossing {
  what: string;
  /** `services/run.ts:120`, the innermost first. */
  lines: string[];
}

/** When the worker dies: before what it waits for is done, or after that and before it hears of it. */
export type Moment = 'before' | 'after';

/** The worker is dead: nothing that it waits for comes. */
const NEVER = new Promise<never>(() => {});

Error.stackTraceLimit = 60;

/**
 * Counts every wait of a worker's life and ends it at one of them, as a browser does: what was asked for may still
 * happen, and nobody is left to hear of it.
 */
export class Killer {
  readonly crossings: Crossing[] = [];
  #tell: () => void = () => {};
  /** Resolves once the worker is dead. */
  readonly dead = new Promise<void>((resolve) => {
    this.#tell = resolve;
  });

  /** `at`: the number of the wait to die at, from 0; null: never. */
  constructor(
    private readonly at: number | null = null,
    private readonly moment: Moment = 'before',
  ) {}

  async #cross<Value>(what: string, go: () => Promise<Value>): Promise<Value> {
    const number = this.crossings.length;
    this.crossings.push({ what, lines: linesOf(new Error().stack ?? '') });
    const dies = this.at !== null && number >= this.at;
    if (!dies) return go();
    if (number === this.at && this.moment === 'after') await go().catch(() => {});
    this.#tell();
    return NEVER;
  }

  fetch(fetch: typeof globalThis.fetch): typeof globalThis.fetch {
    return (input, init) => this.#cross(callOf(input, init), () => fetch(input, init));
  }

  /** The store as a whole, but for control runs, whose every access to the disk is a wait of its own. */
  store(store: Store): Store {
    return this.#wrap('store', store, (method) => !/intent/i.test(method));
  }

  /** The disk, as far as control runs lie on it. */
  database(database: Database): Database {
    return this.#wrap('disk', database, (_, [first]) => first === 'intents');
  }

  session(session: Session): Session {
    return this.#wrap('session', session);
  }

  /** Where the background gets a Page from, by its id. */
  pageOf<Of extends (pageId: string) => Promise<unknown>>(pageOf: Of): Of {
    return ((pageId: string) => this.#cross('page', () => pageOf(pageId))) as Of;
  }

  clock(clock: Clock): Clock {
    return {
      now: () => clock.now(),
      after: (ms, callback) => {
        void this.#cross(`wait ${ms} ms`, () => new Promise<void>((resolve) => void clock.after(ms, resolve))).then(
          callback,
        );
        return () => {};
      },
    };
  }

  #wrap<Room extends object>(
    name: string,
    room: Room,
    isWait: (method: string, given: unknown[]) => boolean = () => true,
  ): Room {
    return new Proxy(room, {
      get: (target, key) => {
        const value: unknown = Reflect.get(target, key);
        if (typeof value !== 'function') return value;
        return (...given: unknown[]) => {
          const go = () => Reflect.apply(value, target, given) as unknown;
          return isWait(String(key), given) ? this.#cross(`${name}.${String(key)}`, async () => go()) : go();
        };
      },
    });
  }
}

function callOf(input: string | URL | Request, { method = 'GET' }: RequestInit = {}): string {
  return `${method} ${new URL(String(input)).pathname.replace(/^\/v[\d.]+\//, '')}`;
}

/** The lines of Baton's own source in a stack, as `room/file.ts:line`. */
function linesOf(stack: string): string[] {
  return [...stack.matchAll(/utils\/(\w+\/[\w-]+\.ts):(\d+)/g)].map(([, file, line]) => `${file}:${line}`);
}
