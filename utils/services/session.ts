/** Values that live as long as the browser's session, in memory: `browser.storage.session` behind two verbs. */
export interface Session {
  get(key: string): Promise<unknown>;
  set(key: string, value: unknown): Promise<void>;
  remove(key: string): Promise<void>;
}

/** The clock and the timers, so that tests can move them. Times are local epoch ms. */
export interface Clock {
  now(): number;
  /** Calls back once after `ms`; returns how to cancel. */
  after(ms: number, callback: () => void): () => void;
}
