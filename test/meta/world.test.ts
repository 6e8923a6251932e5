/** The world itself: its seed, its ids, its certificate, and what the inbox page is told of it. */
import { createHash, X509Certificate } from 'node:crypto';
import { beforeEach, describe, expect, test } from 'vitest';
import { instagramGraphId } from './ids';
import type { FeedThread } from './inbox/feed';
import { DAY, HOUR, MINUTE } from './rules';
import { appIds, seedWorld } from './seed';
import { makeCertificate } from './tls';
import { World } from './world';

const NOW = Date.UTC(2026, 10, 23, 12);
let world: World;
beforeEach(() => {
  world = new World(seedWorld(NOW), () => NOW);
});

describe('the seed', () => {
  test('is the same for the same seed, another for another', () => {
    expect(seedWorld(NOW, 7)).toEqual(seedWorld(NOW, 7));
    expect(seedWorld(NOW, 7).threads[0]?.psid).not.toBe(seedWorld(NOW, 8).threads[0]?.psid);
  });

  test('has a few dozen conversations from minutes to ten days old', () => {
    const ages = world.feed().threads.map(({ lastActivityAt }) => NOW - lastActivityAt);
    expect(ages.length).toBeGreaterThan(36);
    expect(Math.min(...ages)).toBeLessThan(5 * MINUTE);
    expect(Math.max(...ages)).toBeGreaterThanOrEqual(10 * DAY);
    expect(ages.filter((age) => age > 22 * HOUR && age < DAY).length).toBeGreaterThan(1);
  });

  test('grows by plain conversations on demand', () => {
    expect(seedWorld(NOW, 1, 500).threads.length - seedWorld(NOW, 1).threads.length).toBe(500);
  });

  test('has rivals of one name, some with the same last words within a minute', () => {
    const rivals = world.feed().threads.filter(({ title }) => title === 'Budi Santoso');
    const [first, second] = rivals;
    expect(rivals).toHaveLength(3);
    expect(first?.snippet).toBe(second?.snippet);
    expect(Math.abs((first?.lastActivityAt ?? 0) - (second?.lastActivityAt ?? DAY))).toBeLessThanOrEqual(MINUTE);
  });

  test('has every kind of owner and of author', () => {
    const owners = new Set(world.state.threads.map((thread) => world.owner(thread)));
    for (const owner of [null, appIds.bot, appIds.rival, appIds.desk, appIds.inbox, appIds.instagramInbox])
      expect(owners).toContain(owner);
    const authors = new Set(world.state.threads.flatMap(({ messages }) => messages.map(({ author }) => author.kind)));
    expect(authors).toEqual(new Set(['customer', 'app', 'human', 'automation', 'meta-ai', 'meta']));
  });

  test('never leaves control standing past its end, or messages out of order', () => {
    for (const { control, messages } of world.state.threads) {
      if (control) expect(control.expiresAt).toBeGreaterThan(NOW);
      const times = messages.map(({ at }) => at);
      expect(times).toEqual([...times].sort((a, b) => a - b));
      expect(times.at(-1)).toBeLessThanOrEqual(NOW);
    }
  });
});

describe('ids', () => {
  test('PSIDs have 17 digits, global ids 14 or 15, and no id tells another', () => {
    for (const { psid, userId, id, linkNumber, channel, messages } of world.state.threads) {
      expect(psid).toMatch(/^\d{17}$/);
      expect(userId).toMatch(channel === 'instagram' ? /^\d{39}$/ : /^\d{14,15}$/);
      const ids = [psid, userId, linkNumber];
      for (const one of ids) for (const other of ids) if (one !== other) expect(one).not.toContain(other);
      if (channel === 'messenger') expect(id.slice(2)).not.toContain(userId);
      for (const message of messages) expect(message.id.slice(2)).not.toBe(message.mid.slice(5));
    }
  });

  test('an Instagram conversation’s Graph id decodes to the page’s id', () => {
    const threadId = '340282366841710301244123456789012345678';
    const graphId = instagramGraphId(threadId);
    const decoded = graphId.replace(/ZB/g, '+').replace(/ZC/g, '/').replace(/ZD/g, '=').replace(/ZA/g, 'Z');
    expect(graphId).toMatch(/^aWdf[\w]+$/);
    expect(Buffer.from(decoded, 'base64').toString()).toBe(`ig_dm:${threadId}`);
  });
});

describe('the certificate', () => {
  const hosts = ['business.facebook.com', 'graph.facebook.com', 'localhost', '127.0.0.1'];

  test('is good for both of Meta’s hosts and for loopback, now', () => {
    const { cert, spki } = makeCertificate(hosts);
    const parsed = new X509Certificate(cert);
    for (const host of hosts.slice(0, 3)) expect(parsed.checkHost(host)).toBe(host);
    expect(parsed.checkIP('127.0.0.1')).toBe('127.0.0.1');
    expect(parsed.checkHost('example.com')).toBeUndefined();
    expect(parsed.verify(parsed.publicKey)).toBe(true);
    expect(Date.parse(parsed.validFrom)).toBeLessThan(Date.now());
    expect(Date.parse(parsed.validTo)).toBeGreaterThan(Date.now() + 300 * DAY);
    expect(spki).toBe(
      createHash('sha256')
        .update(parsed.publicKey.export({ type: 'spki', format: 'der' }))
        .digest('base64'),
    );
  });
});

describe('what the page is told', () => {
  const thread = (name: string) => world.threadWith(name);
  const fed = (name: string) => world.feed().threads.find(({ userId }) => userId === thread(name).userId);

  test('newest conversation first', () => {
    world.customerSays(thread('Ivan Petrov').psid, 'back again');
    expect(world.feed().threads[0]).toMatchObject({
      title: 'Ivan Petrov',
      snippet: 'back again',
      snippetFromPage: false,
      unread: true,
    });
  });

  test('a tapped button stands there by its title', () => {
    const { psid } = thread('Maja Lindqvist');
    world.customerSays(psid, { postback: { title: 'Talk to a human', payload: 'HUMAN' } });
    expect(fed('Maja Lindqvist')).toMatchObject({ snippet: 'Talk to a human', snippetFromPage: false });
    expect(fed('Maja Lindqvist')?.messages.at(-1)).toMatchObject({
      kind: 'text',
      direction: 'customer',
      text: 'Talk to a human',
    });
  });

  test('a change calls back with the threads that changed, until one stops', () => {
    const heard: FeedThread[][] = [];
    const stop = world.subscribe((threads) => heard.push(threads));
    world.sendAsInbox(thread('Maja Lindqvist').userId, 'hello from Frida', 'Frida Holm');
    stop();
    world.customerSays(thread('Maja Lindqvist').psid, 'thanks');
    expect(heard.flat().at(-1)).toMatchObject({
      title: 'Maja Lindqvist',
      snippet: 'hello from Frida',
      snippetFromPage: true,
      unread: false,
    });
    expect(heard.flat().some(({ snippet }) => snippet === 'thanks')).toBe(false);
  });

  test('who wrote, only as far as Facebook’s props tell', () => {
    const creators = (name: string) =>
      fed(name)?.messages.map(({ direction, creator, aiGenerated }) => [
        direction,
        creator?.type ?? null,
        creator?.name ?? null,
        aiGenerated,
      ]);
    expect(creators('Maja Lindqvist')).toEqual([
      ['customer', null, null, false],
      ['page', 'automated_response', 'Automated Response', false],
      ['customer', null, null, false],
      ['page', null, null, false],
    ]);
    expect(creators('Hannah Müller-Lüdenscheidt')?.[1]).toEqual(['page', 'direct_admin', 'Sam Okafor', false]);
    expect(creators('Chloé Dubois')).toEqual([
      ['customer', null, null, false],
      ['system', null, null, false],
      ['page', null, null, true],
    ]);
  });

  test('reading, assigning, Done, and the AI', () => {
    const { userId } = thread('João Almeida');
    expect(fed('João Almeida')).toMatchObject({ unread: false, snippetFromPage: true });
    world.customerSays(userId, 'anybody?');
    expect(fed('João Almeida')?.unread).toBe(true);
    world.markRead(userId);
    world.assign(userId, 'Sam Okafor');
    world.markDone(userId);
    expect(fed('João Almeida')).toMatchObject({
      unread: false,
      assignedTo: 'Sam Okafor',
      folder: 'done',
      snippet: 'anybody?',
    });
    expect(fed('João Almeida')?.messages.at(-1)).toMatchObject({ kind: 'activity', direction: 'system' });
    expect(fed('Chloé Dubois')?.heldByMetaAi).toBe(true);
    world.respondYourself(thread('Chloé Dubois').userId);
    expect(fed('Chloé Dubois')).toMatchObject({
      heldByMetaAi: false,
      messages: expect.arrayContaining([
        expect.objectContaining({ text: 'You took over this chat from your AI agent.' }),
      ]),
    });
  });

  test('an app that takes over ends Meta’s AI', () => {
    const app = world.app(appIds.bot);
    if (!app) throw new Error('No bot');
    world.control('take', app, thread('Chloé Dubois'));
    expect(fed('Chloé Dubois')?.heldByMetaAi).toBe(false);
  });
});
