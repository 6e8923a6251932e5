/** Names of the events by which the two worlds of the page speak about one element. */

/** Asked of an element by Baton's own world. Plain, not bubbling: the page's listeners never hear it. */
export const ASK = { row: 'baton-ask-row', message: 'baton-ask-message' } as const;

export type Kind = keyof typeof ASK;

/** Answered on the same element, before asking returns. `detail` is a JSON string, the only kind of value that crosses worlds in every browser. */
export const ANSWER = 'baton-facts';
