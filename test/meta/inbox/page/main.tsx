/** @jsxImportSource react */
import { createRoot } from 'react-dom/client';
import { readVariants } from '../variants';
import { App } from './App';
import { connectFeed } from './feed-client';
import { HostContext } from './host';
import { LABELS } from './labels';
import { createClock } from './times';

const root = document.getElementById('zq-root');
if (!root) throw new Error('The document has no root.');

const variants = readVariants(new URLSearchParams(location.search));
const host = {
  variants,
  labels: LABELS[variants.locale],
  clock: createClock(document.documentElement.lang),
  client: connectFeed('/inbox-feed/'),
};

createRoot(root).render(
  <HostContext value={host}>
    <App />
  </HostContext>,
);
