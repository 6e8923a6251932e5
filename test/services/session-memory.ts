import type { Session } from '../../utils/services/session';

/** The browser's session memory: it outlives the background's worker and ends with the browser. */
export function sessionMemory(held = new Map<string, unknown>()): Session & { held: Map<string, unknown> } {
  return {
    held,
    get: async (key) => structuredClone(held.get(key)),
    set: async (key, value) => void held.set(key, structuredClone(value)),
    remove: async (key) => void held.delete(key),
  };
}
