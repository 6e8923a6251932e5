/** Counts what was shown, right or wrong, and what was withheld, and why. */
export interface Count {
  shown: number;
  right: number;
  wrong: number;
}

export interface Rate {
  yes: number;
  all: number;
}

const KEPT_CASES = 20;

export class Tally {
  /** By kind of claim and certainty. */
  readonly counts = new Map<string, Count>();
  /** How often each reason for silence was given, by kind of claim. */
  readonly reasons = new Map<string, Map<string, number>>();
  readonly rates = new Map<string, Rate>();
  /** Wrong claims in words; the first few of each kind. */
  readonly cases = new Map<string, string[]>();

  shown(claim: string, right: boolean, describe: () => string): void {
    const count = this.countOf(claim);
    count.shown += 1;
    count[right ? 'right' : 'wrong'] += 1;
    if (right) return;
    const cases = this.cases.get(claim) ?? [];
    if (cases.length < KEPT_CASES) this.cases.set(claim, [...cases, describe()]);
  }

  withheld(claim: string, why: string): void {
    const reasons = this.reasons.get(claim) ?? new Map<string, number>();
    this.reasons.set(claim, reasons.set(why, (reasons.get(why) ?? 0) + 1));
  }

  rate(name: string, yes: boolean): void {
    const rate = this.rates.get(name) ?? { yes: 0, all: 0 };
    this.rates.set(name, { yes: rate.yes + Number(yes), all: rate.all + 1 });
  }

  countOf(claim: string): Count {
    const count = this.counts.get(claim) ?? { shown: 0, right: 0, wrong: 0 };
    this.counts.set(claim, count);
    return count;
  }

  /** From 0 to 1; null where there was nothing to count. */
  rateOf(name: string): number | null {
    const rate = this.rates.get(name);
    return rate === undefined ? null : rate.yes / rate.all;
  }

  add(other: Tally): void {
    for (const [claim, { shown, right, wrong }] of other.counts) {
      const count = this.countOf(claim);
      count.shown += shown;
      count.right += right;
      count.wrong += wrong;
    }
    for (const [claim, reasons] of other.reasons) {
      const mine = this.reasons.get(claim) ?? new Map<string, number>();
      for (const [why, times] of reasons) mine.set(why, (mine.get(why) ?? 0) + times);
      this.reasons.set(claim, mine);
    }
    for (const [name, { yes, all }] of other.rates) {
      const rate = this.rates.get(name) ?? { yes: 0, all: 0 };
      this.rates.set(name, { yes: rate.yes + yes, all: rate.all + all });
    }
    for (const [claim, cases] of other.cases) {
      this.cases.set(claim, [...(this.cases.get(claim) ?? []), ...cases].slice(0, KEPT_CASES));
    }
  }
}
