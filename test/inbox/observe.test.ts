// @vitest-environment happy-dom
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type Change, observe, type Watch } from '../../utils/inbox/observe';
import { placeIn, removeAll } from '../../utils/inbox/place';

const LIST =
  '<div data-pagelet="GenericBizInboxThreadListViewBody"><div id="row" role="presentation"><p>Ada</p><abbr data-utime="1"></abbr></div></div>';
const HEADER = '<div data-pagelet="BizInboxDetailViewHeaderSectionWrapper"><div class="_4ik4 _4ik5">Ada</div></div>';
const REGION = '<div role="region" tabindex="0"><div id="words">hello</div></div>';

let changes: Change[];
let causes: string[];
let sawAnew: boolean;
let watch: Watch;
let visibility: DocumentVisibilityState;

const at = (selector: string) => document.querySelector(selector) as HTMLElement;
/** Lets mutation records and one frame pass. */
const frame = () => vi.advanceTimersByTimeAsync(20);

async function start(html: string): Promise<void> {
  document.body.innerHTML = `<main>${html}</main><aside></aside>`;
  watch = observe(document, (change) => {
    changes.push(change);
    causes.push(change.cause);
    return sawAnew;
  });
  await frame();
  causes.length = 0;
}

beforeEach(() => {
  vi.useFakeTimers({
    toFake: ['Date', 'setTimeout', 'clearTimeout', 'performance', 'requestAnimationFrame', 'cancelAnimationFrame'],
  });
  vi.stubGlobal('requestAnimationFrame', (tell: FrameRequestCallback) => setTimeout(() => tell(performance.now()), 16));
  vi.stubGlobal('cancelAnimationFrame', clearTimeout);
  visibility = 'visible';
  vi.spyOn(document, 'visibilityState', 'get').mockImplementation(() => visibility);
  changes = [];
  causes = [];
  sawAnew = false;
});

afterEach(() => {
  watch.stop();
  removeAll(document);
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
  vi.useRealTimers();
});

describe('a change', () => {
  it.each<[string, () => void, boolean]>([
    [
      'of a text in the list',
      () => {
        at('#row p').firstChild!.nodeValue = 'Bob';
      },
      true,
    ],
    ['of a time', () => at('abbr').setAttribute('data-utime', '2'), true],
    ['of a message', () => at('#words').append('!'), true],
    [
      'of the header',
      () => {
        at('._4ik4').textContent = 'Bob';
      },
      true,
    ],
    ["of a row's class, which alone says unread", () => at('#row').setAttribute('class', 'unread'), true],
    ["of a message's class, which says nothing", () => at('#words').setAttribute('class', 'hover'), false],
    ['elsewhere on the page', () => at('aside').append('x'), false],
    ['by a mark of ours', () => placeIn(at('#row'), 'baton-row'), false],
  ])('%s is told: %s', async (_, change, told) => {
    await start(LIST + HEADER + REGION);
    change();
    await frame();
    expect(causes).toEqual(told ? ['change'] : []);
  });

  it('is told once a frame, however much moves', async () => {
    await start(LIST + HEADER + REGION);
    for (let times = 0; times < 50; times += 1) at('#words').append('x');
    await Promise.resolve();
    at('abbr').setAttribute('data-utime', '3');
    await frame();
    expect(causes).toEqual(['change']);
  });

  it('by the page that takes a mark of ours away is told', async () => {
    await start(LIST + HEADER + REGION);
    const mark = placeIn(at('#row'), 'baton-row');
    watch.takeRecords();
    await frame();
    mark.remove();
    await frame();
    expect(causes).toEqual(['change']);
  });

  it("of the page's is not lost among our own", async () => {
    await start(LIST + HEADER + REGION);
    at('#words').append('!');
    placeIn(at('#row'), 'baton-row').remove();
    watch.takeRecords();
    await frame();
    expect(causes).toEqual(['change']);
  });
});

it('says in which parts something moved, and after a poke that it may be anywhere', async () => {
  await start(LIST + HEADER + REGION);
  at('#words').append('!');
  at('abbr').setAttribute('data-utime', '2');
  await frame();
  const { touched } = changes.at(-1)!;
  expect(touched).toMatchObject({
    words: [at('abbr')],
    rows: [],
    header: [],
    region: [at('#words')],
  });
  watch.poke();
  await frame();
  expect(changes.at(-1)?.touched).toBeNull();
});

describe('words that rush by in the list', () => {
  const word = (text = 'Bob') => {
    at('#row p').firstChild!.nodeValue = text;
  };
  const time = () => at('abbr').setAttribute('data-utime', '2');
  const message = () => at('#words').append('!');
  const element = () => at('#row').append(document.createElement('i'));

  it.each<[string, (() => void)[], boolean, string[]]>([
    ['alone are told as words', [word], true, ['words']],
    ['that are not enough to go by are a change', [word], false, ['words', 'change']],
    ['with a time, too', [word, time], true, ['words']],
    ['with a message are a change', [word, message], true, ['change']],
    ['with an element are a change', [word, element], true, ['change']],
  ])('%s', async (_, moves, suffices, expected) => {
    document.body.innerHTML = LIST + HEADER + REGION;
    const onWords = () => {
      causes.push('words');
      return suffices;
    };
    watch = observe(document, ({ cause }) => void causes.push(cause), { onWords });
    await frame();
    causes.length = 0;
    for (const move of moves) move();
    await frame();
    expect(causes).toEqual(expected);
  });

  it('are told as a change every ten seconds, and once it is quiet', async () => {
    document.body.innerHTML = LIST + HEADER + REGION;
    watch = observe(document, ({ cause }) => void causes.push(cause), { onWords: () => causes.push('words') > 0 });
    await frame();
    causes.length = 0;
    for (let times = 0; times < 600; times += 1) {
      word(`customer ${times}`);
      await frame();
    }
    const changes = () => causes.filter((cause) => cause === 'change').length;
    expect([changes(), causes.length]).toEqual([1, 600]);
    await vi.advanceTimersByTimeAsync(450);
    expect(changes()).toBe(2);
  });

  it('are not read again for being quiet where a poke has had everything read meanwhile', async () => {
    document.body.innerHTML = LIST + HEADER + REGION;
    watch = observe(document, ({ cause }) => void causes.push(cause), { onWords: () => causes.push('words') > 0 });
    await frame();
    causes.length = 0;
    word();
    await frame();
    watch.poke(150);
    await vi.advanceTimersByTimeAsync(2_000);
    expect(causes).toEqual(['words', 'change']);
  });

  it.each([-1, 1])('are told, and as a change once it is quiet, though the clock is set by %d hours', async (hours) => {
    document.body.innerHTML = LIST + HEADER + REGION;
    watch = observe(document, ({ cause }) => void causes.push(cause), { onWords: () => causes.push('words') > 0 });
    await frame();
    causes.length = 0;
    word('before');
    await frame();
    vi.setSystemTime(Date.now() + hours * 3_600_000);
    word('after');
    await frame();
    expect(causes.length).toBe(2);
    await vi.advanceTimersByTimeAsync(850);
    expect(causes.slice(2)).toEqual(['change']);
  });
});

describe('a part', () => {
  it('that is replaced is found again', async () => {
    await start(LIST + HEADER + REGION);
    at('[role=region]').outerHTML = REGION;
    await frame();
    expect(causes).toEqual(['change']);
    at('#words').append('!');
    await frame();
    expect(causes).toEqual(['change', 'change']);
  });

  it('that comes late is found when it comes', async () => {
    await start(LIST);
    at('main').insertAdjacentHTML('beforeend', HEADER + REGION);
    await vi.advanceTimersByTimeAsync(300);
    expect(causes).toEqual(['change']);
    at('#words').append('!');
    await frame();
    expect(causes).toEqual(['change', 'change']);
  });
});

describe('rest', () => {
  it('wakes once a minute, and counts what it found that nothing had told', async () => {
    await start(LIST + HEADER + REGION);
    await vi.advanceTimersByTimeAsync(59_000);
    expect(causes).toEqual([]);
    await vi.advanceTimersByTimeAsync(1000);
    expect([causes, watch.sweepHits]).toEqual([['sweep'], 0]);
    sawAnew = true;
    await vi.advanceTimersByTimeAsync(60_000);
    expect([causes, watch.sweepHits]).toEqual([['sweep', 'sweep'], 1]);
  });

  it('is complete while the page is hidden, and ends with one change', async () => {
    await start(LIST + HEADER + REGION);
    watch.poke(100);
    visibility = 'hidden';
    document.dispatchEvent(new Event('visibilitychange'));
    at('#words').append('!');
    watch.poke();
    await vi.advanceTimersByTimeAsync(600_000);
    expect(causes).toEqual([]);
    expect(vi.getTimerCount()).toBe(0);
    visibility = 'visible';
    document.dispatchEvent(new Event('visibilitychange'));
    await frame();
    expect(causes).toEqual(['change']);
  });

  it('is for ever once it was stopped', async () => {
    await start(LIST + HEADER + REGION);
    at('#words').append('!');
    watch.stop();
    document.dispatchEvent(new Event('visibilitychange'));
    watch.poke();
    await vi.advanceTimersByTimeAsync(600_000);
    expect(causes).toEqual([]);
    expect(vi.getTimerCount()).toBe(0);
  });
});

it.each([
  [undefined, 20],
  [400, 450],
])('a poke after %s ms is told', async (delay, wait) => {
  await start(LIST + HEADER + REGION);
  watch.poke(delay);
  await vi.advanceTimersByTimeAsync(wait);
  expect(causes).toEqual(['change']);
});
