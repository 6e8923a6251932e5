import type { OptionsView, PageView } from '../conversation/view';

/**
 * The state of everything, to be sent to somebody who helps. It is made of the product's own words, of numbers and of
 * times alone: neither a Page's name nor what a check has found goes in. `now`: epoch ms.
 */
export function writeReport(pages: readonly PageView[], options: OptionsView | null, now: number): string {
  const kept = options && [
    `Token kept: ${options.vault}${options.locked ? ', locked' : ''}. Kept for ${options.keepDays} days. Page facts: ${options.pageFacts ? 'read' : 'off'}.`,
  ];
  return [
    `Baton, ${time(now)}`,
    ...(kept ?? []),
    ...pages.flatMap((page, index) => [
      '',
      `Page ${index + 1} of ${pages.length}: degree ${page.degree}${page.stopped === null ? '' : ', stopped'}`,
      ...page.checks.map(({ id, state, at }) =>
        `  ${id.padEnd(18)} ${state.padEnd(12)} ${at === null ? '' : time(at)}`.trimEnd(),
      ),
    ]),
    '',
  ].join('\n');
}

function time(at: number): string {
  return new Date(at).toISOString().replace(/\.\d+Z$/, 'Z');
}
