import type { IntentRecord, LinkRecord, SpansRecord, TickRecord } from '../../utils/store/database';
import type { ConnectedPage } from '../../utils/store/store';

/** What the kept examples hold: the same in every version. */
export const PAGE: ConnectedPage = {
  pageId: '104857600000017',
  name: 'Harbour Street Bikes',
  token: 'EAABexample0123456789',
  tokenApp: '555000000000005',
  botApp: '532160876956612',
  connectedAt: 1_790_000_000_000,
  stopped: null,
};

export const SPANS: SpansRecord = {
  pageId: PAGE.pageId,
  psid: '24000000000000001',
  spans: [],
  updatedAt: 1_790_000_001_000,
};

export const LINK: LinkRecord = {
  pageId: PAGE.pageId,
  itemId: '100000000000042',
  psid: '24000000000000001',
  evidence: ['the name', 'the last message'],
  chosen: true,
  linkedAt: 1_790_000_002_000,
};

export const INTENT: IntentRecord = {
  id: '4f9c1f5e-0000-4000-8000-000000000001',
  pageId: PAGE.pageId,
  psid: '24000000000000001',
  wanted: 'human',
  steps: [{ call: 'take' }],
  answered: 1,
  sent: null,
  compensating: false,
  startedAt: 1_790_000_003_000,
  outcome: null,
};

export const TICK: TickRecord = { pageId: PAGE.pageId, check: 'default-app', at: 1_790_000_004_000 };
