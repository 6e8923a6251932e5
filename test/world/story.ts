/** Plays one conversation: who writes when, and who has control. */
import type { Random } from './random';
import {
  BOT_APP,
  DESK_APP,
  HOUR,
  INBOX_APP,
  type Ownership,
  THIRD_APP,
  type Traits,
  type TrueMessage,
  type Writer,
} from './truth';
import { askedWords, GREETING, ownWords, savedWords, stockWords, TEMPLATES } from './words';

const PEOPLE = ['Maria Ortiz', 'Tom Becker', 'Aisha Khan'];
const SECOND = 1_000;

export interface Story {
  messages: TrueMessage[];
  ownership: Ownership[];
}

/** A story that may have begun days ago and goes on between `start` and `end`. */
export function tellStory(random: Random, traits: Traits, start: number, end: number): Story {
  return new Telling(random, traits).tell(start, end);
}

class Telling {
  private readonly messages: TrueMessage[] = [];
  private readonly ownership: Ownership[] = [{ at: 0, owner: null }];
  private readonly person: string;
  private now = 0;

  constructor(
    private readonly random: Random,
    private readonly traits: Traits,
  ) {
    this.person = random.pick(PEOPLE);
  }

  tell(start: number, end: number): Story {
    const { random } = this;
    if (random.chance(0.08)) this.exchangesFrom(start - random.between(3, 200) * HOUR, random.whole(1, 2), Infinity);
    // Some customers do not come back, so that their windows are in every state.
    if (this.messages.length === 0 || random.chance(0.75)) {
      this.exchangesFrom(random.between(start + 90 * SECOND, end - 900 * SECOND), random.whole(2, 8), end);
    }
    this.expire(end);
    return { messages: this.messages, ownership: this.ownership };
  }

  /** Control ends a day after the customer's last message. */
  private expire(by: number): void {
    const last = this.messages.findLast(({ writer }) => writer === 'customer');
    if (last !== undefined && by - last.at > 24 * HOUR) this.giveTo(null, last.at + 24 * HOUR);
  }

  private exchangesFrom(from: number, count: number, end: number): void {
    this.now = from;
    this.expire(from);
    if (this.random.chance(0.06)) this.write('notice', 'replied to an ad.');
    for (let exchange = 0; exchange < count && this.now < end; exchange += 1) {
      this.customerWrites(exchange === 0);
      this.answer();
      this.now += this.random.between(5, 90) * SECOND;
    }
  }

  private customerWrites(first: boolean): void {
    const { random, traits } = this;
    for (let left = random.whole(1, 2); left > 0; left -= 1) {
      if (random.chance(0.06)) this.write('customer', '', 'sticker');
      else this.write('customer', askedWords(random));
      this.now += random.between(0.4, 4) * SECOND;
    }
    if (traits.routed && this.owner() === null) {
      const receiver = random.chance(0.75) ? BOT_APP : traits.defaultApp;
      this.giveTo(receiver, this.messages.at(-1)!.at);
    }
    if (first && traits.greets && random.chance(0.7)) {
      this.now = this.messages.at(-1)!.at + random.between(0.2, 0.9) * SECOND;
      this.write('automation', GREETING);
    }
  }

  private answer(): void {
    const { random, traits } = this;
    const owner = traits.routed ? this.owner() : random.pick([BOT_APP, INBOX_APP]);
    if (owner === INBOX_APP && traits.metaAi && random.chance(0.3)) this.aiAnswers();
    else if (owner === INBOX_APP) this.peopleAnswer();
    else if (owner === DESK_APP) this.deskAnswers();
    else if (owner === BOT_APP) this.botAnswers();
  }

  private botAnswers(): void {
    const { random, traits } = this;
    this.now += (traits.botPace === 'quick' ? random.between(0.3, 1.6) : random.between(4, 25)) * SECOND;
    for (let left = random.whole(1, 2); left > 0; left -= 1) {
      if (random.chance(0.12)) this.write('bot', random.pick(TEMPLATES), 'template');
      else this.write('bot', random.chance(traits.botOwnWords) ? ownWords(random, 5, 20) : stockWords(random));
      this.now += random.between(0.3, 1.5) * SECOND;
    }
    const next = random.weighted({
      stays: 85,
      passes: 14,
      person: 9,
      lets: 3,
      other: traits.otherBot ? 6 : 0,
      desk: 4,
    });
    if (next === 'person') this.peopleAnswer();
    else if (traits.routed) this.botHandsOver(next);
  }

  private botHandsOver(next: 'stays' | 'passes' | 'lets' | 'other' | 'desk'): void {
    const { random } = this;
    if (next === 'passes') {
      this.now += random.between(0.2, 3) * SECOND;
      this.giveTo(INBOX_APP, this.now);
    } else if (next === 'lets') {
      this.giveTo(null, this.now);
    } else if (next === 'desk') {
      this.now += random.between(5, 60) * SECOND;
      this.giveTo(DESK_APP, this.now);
    } else if (next === 'other') {
      this.otherBotWrites();
    }
  }

  /** Another app's bot takes control for an order update and gives it back. */
  private otherBotWrites(): void {
    const { random } = this;
    this.now += random.between(5, 60) * SECOND;
    this.giveTo(THIRD_APP, this.now);
    this.now += random.between(0.3, 1.5) * SECOND;
    this.write('other-bot', random.pick(TEMPLATES), random.chance(0.5) ? 'template' : 'words');
    this.now += random.between(0.3, 30) * SECOND;
    this.giveTo(BOT_APP, this.now);
  }

  private aiAnswers(): void {
    this.now += this.random.between(1, 5) * SECOND;
    this.write('meta-ai', ownWords(this.random, 8, 25));
    if (this.random.chance(0.5)) this.write('meta-ai', ownWords(this.random, 4, 10));
  }

  /** In the inbox, which takes control by it; by phone now and then; often with a saved reply. */
  private peopleAnswer(): void {
    const { random, traits } = this;
    const writer: Writer = random.chance(0.15) ? 'phone' : 'human';
    for (let left = random.whole(2, 6); left > 0; left -= 1) {
      const saved = random.chance(0.5);
      this.now += (saved ? random.between(3, 30) : random.between(8, 90)) * SECOND;
      if (random.chance(0.08)) this.customerAdds();
      this.write(writer, saved ? savedWords(random) : ownWords(random, 2, 15));
      this.giveTo(INBOX_APP, this.messages.at(-1)!.at);
    }
    if (traits.routed && random.chance(0.3)) {
      this.now += random.between(6, 150) * SECOND;
      this.giveTo(BOT_APP, this.now);
    }
  }

  /** One more message of the customer's, just before an answer that was on its way. */
  private customerAdds(): void {
    const answerAt = this.now;
    this.now -= this.random.between(0.5, 2) * SECOND;
    this.write('customer', askedWords(this.random));
    this.now = answerAt;
  }

  private deskAnswers(): void {
    const { random } = this;
    // Nobody answers in a desk app and is gone within a minute.
    this.now += random.between(6, 80) * SECOND;
    this.write('desk', random.chance(0.4) ? savedWords(random) : ownWords(random, 3, 15));
    if (random.chance(0.3)) {
      this.now += random.between(60, 180) * SECOND;
      this.giveTo(random.pick([BOT_APP, INBOX_APP]), this.now);
    }
  }

  private owner(): string | null {
    return this.ownership.at(-1)!.owner;
  }

  private giveTo(owner: string | null, at: number): void {
    if (owner !== this.owner()) this.ownership.push({ at, owner });
  }

  private write(writer: Writer, text: string, form: TrueMessage['form'] = 'words'): void {
    const { random, traits } = this;
    const signed = writer === 'bot' && form === 'words' && traits.signature !== null && random.chance(0.9);
    this.messages.push({
      id: String(random.whole(1e12, 9e12)),
      at: this.now,
      writer,
      person: writer === 'human' || writer === 'phone' ? this.person : null,
      text: signed ? `${traits.signature}${text}` : text,
      form,
      deleted: writer !== 'notice' && random.chance(0.01),
      unsupported: writer === 'customer' && random.chance(0.015),
    });
    this.now += random.between(0.05, 0.3) * SECOND;
  }
}
