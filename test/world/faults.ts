/**
 * Plants one fault after the other into a copy of the conclusions and runs the tests that have to notice.
 * `npx tsx test/world/faults.ts`. Ends with an error where a fault goes unnoticed or can no longer be planted.
 */
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';

interface Fault {
  name: string;
  /** Below utils. */
  file: string;
  from: string;
  to: string;
  /** Below test: turns red. */
  test: string;
}

const FAULTS: readonly Fault[] = [
  {
    name: 'elimination implies bot',
    file: 'conversation/author.ts',
    from: "return unknown(context, 'Neither the page nor Meta says who wrote it.');",
    to: "return claim(context, 'chatbot', 'likely', 'Nobody else did.');",
    test: 'conversation/author.test.ts',
  },
  {
    name: '`<=` at the boundary',
    file: 'conversation/window.ts',
    from: 'if (now < standard)',
    to: 'if (now <= standard)',
    test: 'conversation/window.test.ts',
  },
  {
    name: 'a notice counted as customer',
    file: 'conversation/window.ts',
    from: "return message.direction === 'customer' && !message.unreadable;",
    to: 'return !message.unreadable;',
    test: 'conversation/window.test.ts',
  },
  {
    name: 'the first candidate wins',
    file: 'conversation/identity.ts',
    from: 'if (rivals.length > 0) return unmatched(',
    to: 'if (rivals.length > 99) return unmatched(',
    test: 'conversation/identity.test.ts',
  },
  {
    name: 'PSID taken for selected_item_id',
    file: 'conversation/identity.ts',
    from: 'const link = itemId === null ? null : links(itemId);\n  const known',
    to: 'const link = itemId === null ? null : (links(itemId) ?? { psid: itemId, chosen: false });\n  const known',
    test: 'conversation/identity.test.ts',
  },
  {
    name: 'an empty owner is idle without routing',
    file: 'conversation/owner.ts',
    from: "return routing === 'on'\n",
    to: "return routing !== 'unknown'\n",
    test: 'conversation/owner.test.ts',
  },
  {
    name: '`is_owner` false means inbox',
    file: 'conversation/owner.ts',
    from: "if (tokenIsBot) return { kind: 'not-bot' };\n      return unknown(",
    to: "if (tokenIsBot) return { kind: 'inbox' };\n      return unknown(",
    test: 'conversation/owner.test.ts',
  },
  {
    name: 'a footer covers the whole conversation',
    file: 'conversation/author-signs.ts',
    from: 'return ({ message }) => message.attribution?.kind === kind;',
    to: 'return ({ evidence }) => evidence.messages.some((one) => one.attribution?.kind === kind);',
    test: 'conversation/author.test.ts',
  },
  {
    name: 'the page’s clock trusted',
    file: 'conversation/window.ts',
    from: 'Math.max(shown + pageOffset, told ?? 0)',
    to: 'Math.max(shown, told ?? 0)',
    test: 'conversation/window.test.ts',
  },
  {
    name: 'a link kept despite contradiction',
    file: 'conversation/identity.ts',
    from: 'if (sure && otherWords) return contradicted(',
    to: 'if (sure && otherWords) return remembered(link, itemId); else if (false) return contradicted(',
    test: 'conversation/identity.test.ts',
  },
  {
    name: 'no rival on a list with a gap',
    file: 'conversation/conversation-index.ts',
    from: 'completeSince !== null && completeSince <= at - SKEW_MS && at + SKEW_MS <= readAt;',
    to: 'at + SKEW_MS <= readAt;',
    test: 'conversation/identity.test.ts',
  },
  {
    name: 'Meta AI’s message as the bot’s',
    file: 'conversation/author-signs.ts',
    from: "['meta-ai', 'proof', footerIs('meta-ai'),",
    to: "['chatbot', 'proof', footerIs('meta-ai'),",
    test: 'conversation/author.test.ts',
  },
  {
    name: 'a person overlooked between two readings of the bot',
    file: 'conversation/author-signs.ts',
    from: 'if (byPeople.some(',
    to: 'if ([].some(',
    test: 'conversation/author.test.ts',
  },
  {
    name: 'an answer in the second of the handover overlooked',
    file: 'conversation/timeline.ts',
    from: 'writer.at + SECOND_MS > since',
    to: 'writer.at > since',
    test: 'conversation/timeline.test.ts',
  },
  {
    name: 'an answer in the second of the handover before its mark',
    file: 'services/conclude.ts',
    from: '!(ofNewOwner.has(message.key) && at <= sent + SECOND_MS)',
    to: 'true',
    test: 'services/conclude.test.ts',
  },
  {
    name: 'older pages go on behind a gap',
    file: 'services/memory.ts',
    from: 'if (older || !joins) memory.listAfter = after;',
    to: 'if (older || listAfter === null) memory.listAfter = after;',
    test: 'services/reader.test.ts',
  },
  {
    name: 'a gap taken for filled by the first older page',
    file: 'services/memory.ts',
    from: 'list.completeSince >= beyondGap.newest',
    to: 'false',
    test: 'services/memory.test.ts',
  },
];

const root = resolve(import.meta.dirname, '../..');
const copy = mkdtempSync(join(tmpdir(), 'baton-faults-'));

try {
  for (const folder of ['utils', 'test'])
    cpSync(join(root, folder), join(copy, folder), {
      recursive: true,
      filter: (path) => basename(path) !== 'node_modules',
    });
  symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'));
  const unnoticed = FAULTS.filter((fault) => !isNoticed(fault));
  console.log(`\n${FAULTS.length - unnoticed.length} of ${FAULTS.length} faults noticed`);
  process.exitCode = unnoticed.length === 0 ? 0 : 1;
} finally {
  rmSync(copy, { recursive: true, force: true });
}

/** Whether the test passes without the fault and fails with it. */
function isNoticed({ name, file, from, to, test }: Fault): boolean {
  const path = join(copy, 'utils', file);
  const source = readFileSync(path, 'utf8');
  if (source.split(from).length !== 2) {
    console.log(`not planted  ${name}: its line is gone from ${file}`);
    return false;
  }
  if (!passes(test)) {
    console.log(`not planted  ${name}: ${test} is red without it`);
    return false;
  }
  writeFileSync(
    path,
    source.replace(from, () => to),
  );
  const noticed = !passes(test);
  writeFileSync(path, source);
  console.log(`${noticed ? 'red         ' : 'UNNOTICED   '} ${name} (${test})`);
  return noticed;
}

function passes(test: string): boolean {
  const vitest = join(root, 'node_modules/vitest/vitest.mjs');
  const run = spawnSync(process.execPath, [vitest, 'run', join('test', test), '--root', copy], {
    cwd: copy,
    encoding: 'utf8',
  });
  return run.status === 0;
}
