/** Meta answered with an error. Classify by code and subcode, then by wording: Meta reuses codes 10 and 100. */
export class GraphRefusal extends Error {
  override readonly name = 'GraphRefusal';

  constructor(
    /** Meta's own message, without anything of ours. */
    readonly metaMessage: string,
    readonly code: number | null,
    readonly subcode: number | null,
    readonly httpStatus: number,
    /** Meta marks some errors as passing by themselves. */
    readonly transient: boolean,
    /** How long Meta asks to wait, ms; null where it does not say. */
    readonly waitMs: number | null,
    /** Meta's text for people, where it sends one. */
    readonly userMessage: string | null,
  ) {
    super(`Graph refused: code ${code ?? 'none'}, subcode ${subcode ?? 'none'}`);
  }
}

/** No usable answer came: the network failed, time ran out, or the answer could not be read. A call may have happened. */
export class GraphLost extends Error {
  override readonly name = 'GraphLost';

  constructor(readonly why: 'network' | 'timeout' | 'unreadable') {
    super(`No usable answer from Graph: ${why}`);
  }
}
