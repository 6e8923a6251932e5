import type { VNode } from 'preact';
import type { CallCheck } from '../../utils/conversation/view';
import { Icon, type IconName } from '../icons';

const ICONS: Readonly<Record<CallCheck['state'], IconName>> = {
  answered: 'ok',
  refused: 'cannot-check',
  odd: 'wrong',
  'no-json': 'wrong',
  timeout: 'cannot-check',
  network: 'cannot-check',
  'not-made': 'not-tested',
};

const STATES: Readonly<Record<CallCheck['state'], string>> = {
  answered: 'answered',
  refused: 'refused',
  odd: 'another shape',
  'no-json': 'no JSON',
  timeout: 'no answer in time',
  network: 'no connection',
  'not-made': 'nothing to ask about',
};

/** How each call to Graph that only reads went, one line each. */
export function CallList({ calls }: { calls: CallCheck[] }): VNode {
  return (
    <ul class="checks" aria-label="Calls">
      {calls.map((call) => (
        <li key={`${call.call} ${call.method} ${call.tokenBy}`} data-call={call.call} data-state={call.state}>
          <Icon name={ICONS[call.state]} />
          <span>{call.method === 'GET' ? call.call : `${call.call}, by ${call.method}`}</span>
          <span class="state">{resultOf(call)}</span>
        </li>
      ))}
    </ul>
  );
}

/** The same as text, with the names of what came. */
export function reportOfCalls(calls: CallCheck[]): string {
  const lines = calls.flatMap((call) => [
    `${call.call} ${call.method}, token by ${call.tokenBy}: ${resultOf(call)}`,
    ...(call.keys.length > 0 ? [`  ${call.keys.join(' ')}`] : []),
  ]);
  return `Graph calls\n${lines.join('\n')}\n`;
}

function resultOf({ state, status, code, subcode, type, count }: CallCheck): string {
  const told = [
    STATES[state],
    status !== null && `HTTP ${status}`,
    code !== null && `code ${code}`,
    subcode !== null && `subcode ${subcode}`,
    type,
    count !== null && `${count} in the list`,
  ];
  return told.filter(Boolean).join(', ');
}
