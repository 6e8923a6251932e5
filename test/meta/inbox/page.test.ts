import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PAGE } from './fake-world';
import type { FeedThread } from './feed';
import { ATTRIBUTES, CLASSES, IDS, PAGELETS, ROLES, STAND_IN } from './host-vocabulary';
import { chromiumPath, createVisitor, type Visit, type Visitor } from './visit';

const LIST = '.zq-scroll';
const ROW_BOX = '[role="presentation"]';
const REGION = '[role="region"]';
const MESSAGE = '[data-message-id]';
const HEADER_NAME = '[data-surface$="detail_view_header"] ._4ik4._4ik5';
const COMPOSER = '[aria-placeholder][role="textbox"]';
const ROW_PX = 94;

describe.runIf(chromiumPath || process.env.CI)('the inbox page in Chromium', { timeout: 20_000 }, () => {
  let visitor: Visitor;
  beforeAll(async () => {
    visitor = await createVisitor();
  }, 60_000);
  afterAll(() => visitor?.close());

  /** An inbox whose first conversation is shown. */
  async function visitInbox(query = 'delay=50', count?: number): Promise<Visit> {
    const visit = await visitor.visit(`/latest/inbox/all?${query}`, count);
    await visitor.page.waitForSelector(`${REGION} .zq-text`);
    return visit;
  }

  const waitForWords = (words: string, selector = REGION) =>
    visitor.page.waitForFunction(
      (where, said) => document.querySelector(where)?.textContent?.includes(said),
      {},
      selector,
      words,
    );

  const waitForRow = ({ title }: FeedThread) =>
    visitor.page.waitForFunction(
      (name) => [...document.querySelectorAll('.zq-name')].some(({ textContent }) => textContent === name),
      {},
      title,
    );

  const text = (selector: string) => visitor.page.$eval(selector, ({ textContent }) => textContent ?? '');

  const namesTopToBottom = () =>
    visitor.page.$$eval('.zq-scroll .zq-name', (names) =>
      names
        .map((name) => ({ top: name.getBoundingClientRect().top, title: name.textContent ?? '' }))
        .sort((a, b) => a.top - b.top)
        .map(({ title }) => title),
    );

  /** Leaves a mark that only a new document would lack. */
  const markDocument = () => visitor.page.evaluate(() => void Object.assign(window, { marked: true }));
  const isSameDocument = () => visitor.page.evaluate(() => 'marked' in window);

  describe('rows', () => {
    it('show name, last words and time of the last message', async () => {
      const { threads } = await visitInbox();
      const shown = await visitor.page.$$eval(ROW_BOX, (boxes) =>
        boxes.map((box) => {
          const [name, preview] = [...box.querySelectorAll('._4ik4._4ik5')].map(({ textContent }) => textContent);
          return [name, preview, box.querySelector<HTMLElement>('abbr')?.dataset.utime];
        }),
      );
      const expected = threads.map(({ title, messages }) => {
        const last = messages.at(-1)!;
        return [title, (last.direction === 'page' ? 'You: ' : '') + last.text, (last.at / 1000).toFixed(3)];
      });
      expect(shown.length).toBeGreaterThanOrEqual(12);
      expect(shown).toEqual(expected.slice(0, shown.length));
    });

    it.each([
      ['window', 1],
      ['ring', 1],
      ['window', 12],
      ['ring', 12],
    ])('are the same nodes for other customers after a scroll (slots=%s, by %i)', async (slots, by) => {
      const { threads } = await visitInbox(`slots=${slots}&delay=50`);
      const count = await visitor.page.$$eval(ROW_BOX, (boxes) => {
        Object.assign(window, { before: boxes });
        return boxes.length;
      });
      await visitor.page.$eval(LIST, (list, top) => list.scrollTo(0, top), by * ROW_PX);
      await waitForRow(threads[by + count - 1]!);

      const same = await visitor.page.$$eval(ROW_BOX, (boxes) => {
        const { before } = window as unknown as { before: Element[] };
        return boxes.length === before.length && boxes.every((box, index) => box === before[index]);
      });
      expect(same).toBe(true);
      expect(await namesTopToBottom()).toEqual(titles(threads.slice(by, by + count)));
    });

    it('shift all positions when a message arrives, without a reload', async () => {
      const { world, threads } = await visitInbox();
      await markDocument();
      const late = threads[9]!;
      world.say(late.userId, { text: 'Are you there?' });
      await waitForWords('Are you there?', ROW_BOX);

      const others = titles(threads).filter((title) => title !== late.title);
      expect((await namesTopToBottom()).slice(0, 12)).toEqual([late.title, ...others].slice(0, 12));
      const weight = await visitor.page.$eval('.zq-name', (name) => getComputedStyle(name).fontWeight);
      expect(weight).toBe('700');
      expect(await isSameDocument()).toBe(true);
    });

    it('leave the list by the hover action, which does not open them', async () => {
      const { world, threads } = await visitInbox();
      await visitor.page.hover(`.zq-slot:nth-child(3) ${ROW_BOX}`);
      await visitor.page.click('.zq-slot:nth-child(3) [aria-label="Move to done"]');
      await visitor.page.waitForFunction(
        (name) => [...document.querySelectorAll('.zq-name')].every(({ textContent }) => textContent !== name),
        {},
        threads[2]!.title,
      );
      expect(world.acts).toEqual([`done ${threads[2]!.userId}`]);
      expect(await text(HEADER_NAME)).toBe(threads[0]!.title);
    });

    it('stay as few in an inbox of 2,000', async () => {
      const { threads } = await visitInbox('delay=50', 2_000);
      await visitor.page.$eval(LIST, (list) => list.scrollTo(0, list.scrollHeight));
      await waitForRow(threads.at(-1)!);
      const count = (await visitor.page.$$(ROW_BOX)).length;
      expect(count).toBeLessThanOrEqual(40);
      expect(await namesTopToBottom()).toEqual(titles(threads.slice(-count)));
    });
  });

  describe('a conversation', () => {
    it('is opened header first; messages and tab links follow', async () => {
      const { threads } = await visitInbox('');
      const chosen = threads[6]!;
      /** In one step, so that the page has no time to go on. */
      const read = (choice?: string) =>
        visitor.page.evaluate(async (name) => {
          const box = [...document.querySelectorAll<HTMLElement>('[role="presentation"]')].find(
            (each) => each.querySelector('.zq-name')?.textContent === name,
          );
          box?.click();
          await new Promise(requestAnimationFrame);
          return {
            header: document.querySelector('[data-surface$="detail_view_header"] ._4ik4._4ik5')?.textContent,
            region: document.querySelector('[role="region"]')?.textContent,
            link: document.querySelector('[role="tab"][aria-label="Messenger"]')?.getAttribute('href'),
          };
        }, choice);
      const before = await read();
      expect(await read(chosen.title)).toEqual({ ...before, header: chosen.title });

      await waitForWords(chosen.messages[0]!.text);
      const after = await read();
      expect(after.header).toBe(chosen.title);
      expect(before.link).toContain(`selected_item_id=${threads[0]!.userId}`);
      expect(after.link).toContain(`selected_item_id=${chosen.userId}&thread_type=FB_MESSAGE`);
    });

    it('shows what arrives, and stays at its end', async () => {
      const { world, threads } = await visitInbox();
      world.say(threads[0]!.userId, { text: 'One more thing' });
      await waitForWords('One more thing');
      const below = await visitor.page.$eval(
        REGION,
        ({ scrollHeight, clientHeight, scrollTop }) => scrollHeight - clientHeight - scrollTop,
      );
      expect(below).toBeLessThan(2);
    });

    it('is answered by the composer, as the agent who is logged in', async () => {
      const { world, threads } = await visitInbox();
      await visitor.page.click(COMPOSER);
      await visitor.page.keyboard.type('On its way');
      expect(await visitor.page.$$('[aria-label="Send"]')).toHaveLength(1);
      await visitor.page.keyboard.press('Enter');
      await waitForWords('On its way');

      expect(world.acts).toEqual([`send ${threads[0]!.userId}`]);
      expect(world.thread(threads[0]!.userId).messages.at(-1)).toMatchObject({ direction: 'page', text: 'On its way' });
      expect(await text(`${REGION} .zq-group:last-child .zq-foot`)).toBe('Sent by Ida Novak');
      expect(await visitor.page.$eval(COMPOSER, ({ innerHTML }) => innerHTML)).toBe('<p><br></p>');
    });

    it('keeps its draft', async () => {
      const { threads } = await visitInbox();
      const draft = () => visitor.page.$eval(COMPOSER, (field) => (field as HTMLElement).innerText.trim());
      await visitor.page.click(COMPOSER);
      await visitor.page.keyboard.type('Half a sent');
      await visitor.open(threads[1]!);
      expect(await draft()).toBe('');
      await visitor.open(threads[0]!);
      expect(await draft()).toBe('Half a sent');
    });

    it('loads older messages at the top and keeps its place', async () => {
      const { threads } = await visitInbox();
      const topOf = (words: string) =>
        visitor.page.$$eval(
          `${REGION} .zq-text`,
          (bubbles, said) => bubbles.find(({ textContent }) => textContent === said)?.getBoundingClientRect().top ?? 0,
          words,
        );
      await visitor.open(threads[7]!);
      await waitForWords('Line 81 of 100');
      expect(await text(REGION)).not.toContain('Line 80 of 100');
      await visitor.page.$eval(REGION, (region) => region.scrollTo(0, 0));
      const before = await topOf('Line 81 of 100');
      await waitForWords('Line 61 of 100');
      // The date above the first message moves up with the first.
      expect(Math.abs((await topOf('Line 81 of 100')) - before)).toBeLessThan(60);
    });

    it('draws each kind of line as the evidence has it', async () => {
      const { threads } = await visitInbox();
      const seen = await visitor.page.$eval(REGION, (region) => {
        const all = (selector: string) => [...region.querySelectorAll(selector)];
        const outer = all('[data-message-id]').filter((node) => !node.parentElement?.closest('[data-message-id]'));
        const direction = (node: Element | null): string => {
          const { justifyContent } = node ? getComputedStyle(node) : { justifyContent: 'flex-none' };
          return justifyContent.startsWith('flex-') ? justifyContent.slice(5) : direction(node?.parentElement ?? null);
        };
        return {
          directions: outer.map(direction),
          ids: outer.map((node) => node.getAttribute('data-message-id')),
          seconds: outer.map((node) => node.closest('[data-utime]')?.getAttribute('data-utime')),
          wordless: outer.filter(({ textContent }) => textContent === '').length,
          quotes: all('[data-message-id] [data-message-id]').map(({ textContent }) => textContent),
          feet: all('.zq-foot').map(({ textContent }) => textContent),
          emoji: all('.zq-text img').map((img) => img.getAttribute('alt')),
          breaks: all('.zq-text br').length,
          activities: all('.zq-activity').map(({ textContent }) => textContent),
        };
      });
      const written = threads[0]!.messages.filter(({ direction }) => direction !== 'system');
      expect(seen).toEqual({
        directions: written.map(({ direction }) => (direction === 'customer' ? 'start' : 'end')),
        ids: written.map(({ mid }) => mid),
        seconds: written.map(({ at }) => String(Math.floor(at / 1000))),
        wordless: 1,
        quotes: ['Hi, parcel 4471 has not arrived.'],
        feet: ['Automated response. Manage Automations', 'Sent by Ida Novak', 'Improve AI response'],
        emoji: ['😀'],
        breaks: 1,
        activities: ['Ida Novak assigned this conversation to Ida Novak'],
      });
    });

    it("is taken from Meta's own AI, and assigned", async () => {
      const { world, threads } = await visitInbox();
      const { userId } = threads[2]!;
      await visitor.open(threads[2]!);
      await (await visitor.page.waitForSelector('text/Respond yourself'))!.click();
      await (await visitor.page.waitForSelector('text/Assign this conversation'))!.click();
      await waitForWords('Ida Novak', '._55pe');
      expect(world.acts).toEqual([`respond ${userId}`, `assign ${userId}`]);
      expect(await visitor.page.$('text/Respond yourself')).toBeNull();
    });
  });

  describe("React's fibers", () => {
    /** For each element: after how many returns a fiber has the prop, and all props of that fiber but its children. */
    const readProps = (selector: string, prop: string, furthest: number) =>
      visitor.page.$$eval(
        selector,
        (elements, name, limit) => {
          interface Fiber {
            return: Fiber | null;
            memoizedProps: Record<string, unknown> | null;
          }
          const fiberOf = (element: Element): Fiber | null => {
            const key = Object.keys(element).find((each) => each.startsWith('__reactFiber$')) ?? '';
            return (element as unknown as Record<string, Fiber>)[key] ?? null;
          };
          return elements.map((element) => {
            let fiber = fiberOf(element);
            for (let returns = 0; fiber && returns <= limit; returns++, fiber = fiber.return) {
              const { children, ...props } = fiber.memoizedProps ?? {};
              if (name in props) return { returns, props: JSON.parse(JSON.stringify(props)) };
            }
            return null;
          });
        },
        prop,
        furthest,
      );

    it("carry a row's thread within 4 returns of its box", async () => {
      const { threads } = await visitInbox();
      const read = await readProps(ROW_BOX, 'thread', 4);
      expect(read.map((each) => each?.props.thread)).toEqual(
        threads.slice(0, read.length).map(({ userId, title, lastActivityAt, snippet }) => ({
          threadID: userId,
          title,
          timestamp: lastActivityAt,
          image: expect.stringContaining('data:image'),
          isFollowUp: true,
          snippet: expect.objectContaining({ props: { children: snippet } }),
        })),
      );
    });

    it('carry a message within 30 returns of the element with its id, and beside it whose it is', async () => {
      const { threads } = await visitInbox();
      const { userId, messages } = threads[0]!;
      const read = await readProps(MESSAGE, 'message', 30);
      const answer = messages.find(({ text: said }) => said.startsWith('Yes, I have'))!;
      expect(read.find((each) => each?.props.message.messageID === answer.mid)?.props).toEqual({
        message: {
          messageID: answer.mid,
          sender: { userID: PAGE.id },
          timestamp: answer.at,
          textPayload: { text: answer.text },
          logMessage: null,
          templatedMessagePayload: null,
          attachments: [],
          repliedToMessage: null,
          creatorInfo: { creatorType: 'direct_admin', creatorName: 'Ida Novak' },
        },
        viewerID: PAGE.id,
        isFromViewer: true,
        participants: [{ userID: PAGE.id }, { userID: userId }],
      });
    });

    it('name the quoting message from within a quote: an id is to be compared', async () => {
      await visitInbox();
      const [quoted] = await readProps(`${MESSAGE} ${MESSAGE}`, 'message', 30);
      expect(quoted?.props.message.repliedToMessage).toEqual({ messageID: 'mid.$quoted' });
    });

    it('carry nothing of the kind in the cohort that hides it', async () => {
      await visitInbox('fiber=0&delay=50');
      const rows = await readProps(ROW_BOX, 'thread', 30);
      const messages = await readProps(MESSAGE, 'message', 30);
      expect(rows.length * messages.length).toBeGreaterThan(0);
      expect(new Set([...rows, ...messages])).toEqual(new Set([null]));
    });
  });

  describe('variants', () => {
    it.each([
      ['list=both', [true, true]],
      ['list=surfaces', [true, false]],
      ['list=pagelets', [false, true]],
    ])('%s', async (query, expected) => {
      await visitInbox(`${query}&delay=50`);
      const families = ['[data-surface], [data-surface-wrapper]', '[data-pagelet]'];
      const found = await Promise.all(families.map(async (family) => (await visitor.page.$(family)) !== null));
      expect(found).toEqual(expected);
    });

    it.each([
      ['url=drop', null],
      ['url=keep', '100020000007919'],
    ])('%s', async (query, expected) => {
      const { threads } = await visitInbox(`${query}&delay=50&selected_item_id=100020000007919`);
      await visitor.page.waitForFunction(
        (id) => new URL(location.href).searchParams.get('selected_item_id') === id,
        {},
        expected,
      );
      expect(await text(HEADER_NAME)).toBe(threads[1]!.title);
    });

    it('url=late writes the address two seconds after a choice', async () => {
      const { threads } = await visitInbox('url=late&delay=50');
      expect(visitor.page.url()).not.toContain('selected_item_id');
      await visitor.page.waitForFunction(
        (id) => location.search.includes(`selected_item_id=${id}`),
        {},
        threads[0]!.userId,
      );
    });

    it.each([
      ['ids=0', `${REGION} :is([data-message-id], [data-utime])`, 0],
      ['system=note', '[role="note"]', 1],
      ['system=plain', '[role="note"]', 0],
      ['lookalikes=1', '.zq-scroll :is([role="status"], [role="alert"])', 2],
    ])('%s: %s × %i', async (query, selector, count) => {
      await visitInbox(`${query}&delay=50`);
      expect(await visitor.page.$$(selector)).toHaveLength(count);
    });

    it('runs=page: a footer closes what the bot wrote too', async () => {
      const { world, threads } = await visitInbox('runs=page&delay=50');
      const { userId } = threads[0]!;
      world.say(userId, { direction: 'page', text: 'By a bot' });
      world.say(userId, { direction: 'page', text: 'By Ida', creator: { type: 'direct_admin', name: 'Ida Novak' } });
      await waitForWords('By IdaSent by Ida Novak');
    });

    it.each([
      ['apps=1', 'By a botDesk'],
      ['apps=0', 'By a bot'],
    ])('%s: under an app stands its name, or nothing', async (query, expected) => {
      const { world, threads } = await visitInbox(`${query}&delay=50`);
      world.say(threads[0]!.userId, {
        direction: 'page',
        text: 'By a bot',
        creator: { type: 'application', name: 'Desk' },
      });
      await waitForWords('By a bot');
      expect(await text(`${REGION} .zq-group:last-child`)).toBe(expected);
    });

    it('copies=1 doubles rows out of sight, first in the document', async () => {
      await visitInbox('copies=1&delay=50');
      const visible = await visitor.page.$$eval(ROW_BOX, (boxes) =>
        boxes.map((box) => box.getClientRects().length > 0),
      );
      expect(visible.slice(0, 15)).toEqual([...Array<boolean>(14).fill(false), true]);
    });

    it.each([
      ['en', 'ltr', 'You: ', 'Message list container with messages, suggestions, and typing indicators'],
      ['en-gb', 'ltr', 'You: ', 'Message list container with messages, suggestions and typing indicators'],
      ['id', 'ltr', 'Anda: ', 'Daftar pesan berisi pesan, saran, dan indikator mengetik'],
      ['ar', 'rtl', 'أنت: ', 'قائمة الرسائل مع الاقتراحات ومؤشرات الكتابة'],
    ])('locale=%s', async (locale, direction, you, label) => {
      await visitInbox(`locale=${locale}&delay=50`);
      const seen = await visitor.page.evaluate(() => ({
        label: document.querySelector('[role="region"]')?.getAttribute('aria-label'),
        direction: getComputedStyle(document.documentElement).direction,
        preview: document.querySelector('.zq-slot:nth-child(3) .zq-prev')?.textContent,
      }));
      expect(seen).toEqual({ label, direction, preview: `${you}Number 2 is, yes.` });
    });

    it('broken=1 is the failure page', async () => {
      await visitor.visit('/latest/inbox/all?broken=1');
      await waitForWords("Something went wrong. We're having trouble loading your experience.", '#zq-root');
    });
  });

  it('moves from home and between tabs without loading a document, and keeps its variants', async () => {
    const { page } = visitor;
    const { threads } = await visitor.visit('/latest/home?list=surfaces&delay=50');
    await page.waitForSelector('nav a');
    await markDocument();
    await page.click('nav a[aria-label="Inbox"]');
    await waitForRow(threads[0]!);

    const onInstagram = threads.filter(({ channel }) => channel === 'instagram');
    await page.click('[role="tab"][aria-label="Instagram"]');
    await page.waitForFunction(
      (name) => document.querySelector('.zq-name')?.textContent === name,
      {},
      onInstagram[0]!.title,
    );
    expect(await namesTopToBottom()).toEqual(titles(onInstagram));
    expect(await text(HEADER_NAME)).toBe(onInstagram[0]!.title);
    const { pathname, searchParams } = new URL(page.url());
    expect([pathname, searchParams.get('list')]).toEqual(['/latest/inbox/instagram_direct', 'surfaces']);
    expect(await page.$('[data-pagelet]')).toBeNull();

    await page.click('[role="tab"][aria-label="Facebook comments"]');
    await page.waitForSelector('.zq-comments');
    expect(await page.$(ROW_BOX)).toBeNull();
    expect(await isSameDocument()).toBe(true);
  });

  describe('the host', () => {
    it('complains of nothing of its own while it works', async () => {
      const { world, threads } = await visitInbox('copies=1&lookalikes=1&slots=ring&delay=50');
      for (const thread of threads.slice(1, 4)) {
        await visitor.open(thread);
        world.say(thread.userId, { text: `To ${thread.title} ❤️` });
        await waitForWords(`To ${thread.title}`);
      }
      await visitor.page.$eval(LIST, (list) => list.scrollTo(0, 2_000));
      await waitForRow(threads[25]!);
      expect(visitor.problems).toEqual([]);
    });

    it('refuses inline style and markup from strings', async () => {
      await visitInbox();
      const colour = () => visitor.page.$eval('body', (body) => getComputedStyle(body).color);
      const before = await colour();
      await visitor.page.evaluate(() => {
        const style = document.createElement('style');
        style.textContent = 'body { color: red !important }';
        document.head.append(style);
        document.body.setAttribute('style', 'color: red');
      });
      const markup = visitor.page.evaluate(() => {
        document.body.innerHTML = '<p></p>';
      });
      await expect(markup).rejects.toThrow('TrustedHTML');
      expect(await colour()).toBe(before);
      expect(visitor.problems.filter((problem) => problem.startsWith('policy'))).toEqual([
        'policy style-src-elem',
        'policy style-src-attr',
        'policy require-trusted-types-for',
      ]);
    });

    it.each([
      'delay=50',
      'delay=50&list=surfaces&system=note&copies=1&lookalikes=1',
      'delay=50&list=pagelets&ids=0&locale=ar&dark',
    ])('has no attribute, class, id, role or pagelet that the evidence does not show (%s)', async (query) => {
      const { threads } = await visitInbox(query);
      await visitor.open(threads[2]!);
      await waitForWords(threads[2]!.messages[0]!.text);
      const used = await visitor.page.evaluate(() => {
        const elements = [document.documentElement, ...document.body.querySelectorAll('*')];
        const values = (name: string) => elements.flatMap((element) => element.getAttribute(name) ?? []);
        return {
          attributes: elements.flatMap((element) => element.getAttributeNames()),
          classes: values('class').flatMap((value) => value.split(' ')),
          ids: values('id'),
          roles: values('role'),
          pagelets: values('data-pagelet'),
        };
      });
      expect({
        attributes: except(used.attributes, ATTRIBUTES),
        classes: except(used.classes, CLASSES).filter((name) => !STAND_IN.test(name)),
        ids: except(used.ids, IDS),
        roles: except(used.roles, ROLES),
        pagelets: except(used.pagelets, PAGELETS),
      }).toEqual({ attributes: [], classes: [], ids: [], roles: [], pagelets: [] });
    });
  });
});

function titles(threads: FeedThread[]): string[] {
  return threads.map(({ title }) => title);
}

function except(found: string[], allowed: string[]): string[] {
  return [...new Set(found)].filter((each) => !allowed.includes(each));
}
