import type { Claim } from './claim';

export const STANDARD_WINDOW_MS = 24 * 3_600_000;
export const HUMAN_AGENT_WINDOW_MS = 7 * 24 * 3_600_000;
/** Under this much of the standard clock a window is `ending`. */
export const ENDING_MS = 2 * 3_600_000;

export type ClockName = 'standard' | 'human-agent' | 'control';

/** The word that `data-window` carries. */
export type WindowState = 'open' | 'ending' | 'human-agent' | 'closed' | 'unknown';

/** Last readable customer message, epoch ms; null: every readable message was read and none is a customer's. */
export type LastCustomerMessage = number | null;

export type WindowClaim = Claim<{ lastCustomerAt: LastCustomerMessage }>;
