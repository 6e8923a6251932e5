/** Makes a Page with its conversations from a seed: what is true, and what makes it hard to see. */
import { type Random, randomFrom } from './random';
import { type Story, tellStory } from './story';
import {
  BOT_APP,
  DESK_APP,
  type Degree,
  HOUR,
  INBOX_APP,
  THIRD_APP,
  type Traits,
  type TrueConversation,
  type World,
} from './truth';
import { nameOf, PREFIXES } from './words';

const MINUTE = 60_000;
const SESSION_MS = 240 * MINUTE;

/** A world of one Page. The same seed gives the same world at every run; each degree has one of its own. */
export function makeWorld(seed: number, degree: Degree, count: number): World {
  const random = randomFrom(seed * 10 + degree);
  const start = 1_795_000_000_000 + random.whole(0, 1e9);
  const end = start + SESSION_MS;
  const traits = makeTraits(random.fork('traits'), degree, start);
  const names: string[] = [];
  const conversations = Array.from({ length: count }, (_, index) => {
    const name = nameOf(random, names);
    names.push(name);
    return makeConversation(random.fork(`conversation ${index}`), index, name, traits, start, end);
  });
  makeRivals(random, conversations, start, end);
  borrowIds(random, conversations);
  return { seed, degree, start, end, traits, conversations, falseLinks: makeFalseLinks(random, conversations) };
}

function makeTraits(random: Random, degree: Degree, start: number): Traits {
  const routed = degree === 4 || random.chance(0.85);
  const apps = appsAt(random, degree, routed);
  const namesPeople = random.chance(0.94);
  return {
    routed,
    tellsIsOwner: random.chance(0.98),
    ...apps,
    botApp: BOT_APP,
    botName: 'Shop Helper',
    botPace: random.chance(0.7) ? 'quick' : 'slow',
    botOwnWords: random.pick([0.05, 0.2, 0.6]),
    signature:
      random.weighted({ none: 7, prefix: 2, marker: 1 }) === 'none'
        ? null
        : random.pick(['[Shop Helper] ', '\u2063\u2064\u2063']),
    greets: random.chance(0.4),
    metaAi: random.chance(0.3),
    otherBot: random.chance(0.25),
    skew: skewOf(random),
    localClock: random.chance(0.7) ? random.between(-500, 500) : random.between(-300_000, 300_000),
    factsReadable: random.chance(0.95),
    namesPeople,
    namesApps: random.chance(0.32),
    footersRead: random.chance(0.75),
    rowFacts: random.chance(0.7),
    idInAddress: random.chance(0.75),
    prefix: random.pick(PREFIXES),
    tagged: random.chance(0.98),
    outage: random.chance(0.1) ? outageFrom(start + random.between(0.2, 3) * HOUR, random) : null,
    olderLost: random.chance(0.5),
  };
}

/** What the token is, by degree: none, another app's, the bot's, the default app's. */
function appsAt(random: Random, degree: Degree, routed: boolean): Pick<Traits, 'defaultApp' | 'tokenApp'> {
  const other = random.pick([THIRD_APP, DESK_APP]);
  switch (degree) {
    case 1:
      return { tokenApp: null, defaultApp: routed ? random.pick([BOT_APP, INBOX_APP, DESK_APP]) : null };
    case 2:
      return { tokenApp: other, defaultApp: routed ? random.pick([BOT_APP, INBOX_APP]) : null };
    case 3:
      return { tokenApp: BOT_APP, defaultApp: routed ? random.pick([INBOX_APP, DESK_APP]) : null };
    case 4: {
      const app = random.chance(0.95) ? BOT_APP : other;
      return { tokenApp: app, defaultApp: app };
    }
  }
}

function outageFrom(from: number, random: Random): Traits['outage'] {
  return { from, to: from + random.between(5, 60) * MINUTE };
}

function skewOf(random: Random): number {
  const sign = random.pick([-1, 1]);
  switch (random.weighted({ none: 70, seconds: 21, many: 6, minutes: 3 })) {
    case 'none':
      return 0;
    case 'seconds':
      return sign * random.between(500, 4_000);
    case 'many':
      return sign * random.between(5_000, 25_000);
    default:
      return sign * random.between(40_000, 200_000);
  }
}

function makeConversation(
  random: Random,
  index: number,
  name: string,
  traits: Traits,
  start: number,
  end: number,
): TrueConversation {
  const instagram = random.chance(0.1);
  const userId = String(100_000_000_000_000 + random.whole(0, 9e12) * 10 + (index % 10));
  const igThread = `340282366841710301244${random.whole(1e17, 9e17)}`;
  const story = tellStory(random, traits, start, end);
  const from = openedFrom(random, story, start, end);
  return {
    psid: String(24_000_000_000_000_000n + BigInt(random.whole(0, 9e8)) * 1_000n + BigInt(index)),
    itemId: instagram ? igThread : userId,
    senderId: instagram ? `178${random.whole(1e12, 9e12)}` : userId,
    threadId: instagram ? instagramId(igThread) : `t_${random.whole(1e15, 8e15)}`,
    instagram,
    name,
    ...story,
    opened: { from, to: from + random.between(1.5, 4.5) * MINUTE },
  };
}

/** An agent mostly opens what has just begun or ended, else anything. */
function openedFrom(random: Random, { messages }: Story, start: number, end: number): number {
  const begun = messages.find(({ at }) => at >= start)?.at ?? random.between(start, end);
  const from = begun + (random.between(18, 35) - random.between(0, 25)) * MINUTE;
  return Math.min(Math.max(from, start + 6 * MINUTE), end - 5 * MINUTE);
}

/** As Meta writes it: base64, with ZA for Z, ZB for +, ZC for / and ZD for =. */
function instagramId(thread: string): string {
  const escapes: Record<string, string> = { Z: 'ZA', '+': 'ZB', '/': 'ZC', '=': 'ZD' };
  return [...Buffer.from(`ig_dm:${thread}`).toString('base64')].map((letter) => escapes[letter] ?? letter).join('');
}

/** Customers of one name who say the same within the same minute. */
function makeRivals(random: Random, conversations: TrueConversation[], start: number, end: number): void {
  for (const rival of conversations) {
    if (!random.chance(0.04)) continue;
    const model = random.pick(conversations);
    const said = model.messages.findLast(({ writer, form }) => writer === 'customer' && form === 'words');
    if (model === rival || said === undefined || said.at < start || said.at > end) continue;
    const at = said.at + random.between(-25, 25) * 1_000;
    if ((rival.messages.at(-1)?.at ?? 0) > at) continue;
    rival.name = model.name;
    rival.messages.push({ ...said, id: `${said.id}1`, at });
  }
}

/** Ids of two kinds that happen to be equal: one customer's user id is another's PSID. */
function borrowIds(random: Random, conversations: TrueConversation[]): void {
  const borrowed = new Set<string>();
  for (const one of conversations) {
    const other = random.pick(conversations);
    if (one.instagram || other === one || borrowed.has(other.psid) || !random.chance(0.02)) continue;
    borrowed.add(other.psid);
    one.itemId = other.psid;
    one.senderId = other.psid;
  }
}

/** What an earlier mistake left behind. */
function makeFalseLinks(random: Random, conversations: TrueConversation[]): World['falseLinks'] {
  return conversations.flatMap((one): World['falseLinks'] => {
    const other = random.pick(conversations);
    return !one.instagram && other.name !== one.name && random.chance(0.02) ? [[one.itemId, other.psid]] : [];
  });
}
