/**
 * How long a content script may go on: until a newer one of ours starts in the same page, as after an update.
 * Stands in for WXT's class of this name, of which Baton needs so little that it does not carry the rest into
 * Facebook's page. The event is the page's to see and to send: all that it can do is to stop us.
 */
const STARTED = 'baton-started';

export class ContentScriptContext {
  private readonly controller = new AbortController();
  /** Aborted once a newer script has started. */
  readonly signal = this.controller.signal;

  constructor() {
    document.dispatchEvent(new Event(STARTED));
    document.addEventListener(STARTED, () => this.abort(), this);
  }

  abort(): void {
    this.controller.abort();
  }

  onInvalidated(heed: () => void): void {
    this.signal.addEventListener('abort', heed);
  }
}
