import type { Reporter, TestModule } from 'vitest/node';

/**
 * Closes a run with `N passed, N failed` alone on a line, so that it can be counted by anything that reads text. What
 * stumbled before it passed is named above it: a second try must hide nothing.
 */
export default class CountingReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], unhandledErrors: readonly unknown[]): void {
    const counts = { passed: 0, failed: unhandledErrors.length, skipped: 0 };
    const stumbled: string[] = [];
    for (const module of modules) {
      if (module.state() === 'failed' && module.errors().length > 0) counts.failed += 1;
      for (const test of module.children.allTests()) {
        const { state } = test.result();
        if (state !== 'pending') counts[state] += 1;
        const tries = (test.diagnostic()?.retryCount ?? 0) + 1;
        if (state === 'passed' && tries > 1) stumbled.push(`passed at try ${tries}: ${test.fullName}`);
      }
    }
    const skipped = counts.skipped > 0 ? `, ${counts.skipped} skipped` : '';
    const lines = [...stumbled, `${counts.passed} passed, ${counts.failed} failed${skipped}`];
    // Written after the default reporter's summary, which vitest prints in the same phase.
    setImmediate(() => console.log(`\n${lines.join('\n')}`));
  }
}
