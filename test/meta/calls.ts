/** The log of Graph calls, for tests and people. It never holds a token's value. */
import { keepNewest } from './kept';
import type { Call } from './model';

export class CallLog {
  private entries: Call[] = [];
  private seq = 0;

  add(call: Omit<Call, 'seq'>): Call {
    const entry = { seq: ++this.seq, ...call };
    keepNewest(this.entries, entry);
    return entry;
  }

  /** Oldest first; the newest 20,000. */
  list(): readonly Call[] {
    return this.entries;
  }

  clear(): void {
    this.entries = [];
  }
}
