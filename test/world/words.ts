/** Names and words of the world: many of them shared, as on real Pages. */
import type { Random } from './random';

const FIRST = [
  'Ana',
  'Bao',
  'Chidi',
  'Dewi',
  'Elif',
  'Farid',
  'Grace',
  'Hana',
  'Iván',
  'Joana',
  'Kofi',
  'Lena',
  'Minh',
  'Nadia',
  'Omar',
  'Priya',
  'Quinn',
  'Rosa',
  'Sven',
  'Tuğba',
  'Uma',
  'Vera',
  'Wei',
  'Ximena',
  'Yusuf',
  'Zoé',
];
const LAST = [
  'Almeida',
  'Baker',
  'Chen',
  'Díaz',
  'Eriksen',
  'Fischer',
  'García',
  'Haddad',
  'Ibrahim',
  'Jansen',
  'Kaya',
  'López',
  'Müller',
  'Nguyen',
  'Okafor',
  'Pereira',
  'Quispe',
  'Rossi',
  'Santos',
  'Tanaka',
  'Ueda',
  'Vargas',
  'Weber',
  'Xu',
  'Yılmaz',
  'Zhang',
];
const UNUSUAL = [
  'محمد الأحمد',
  'فاطمة حسن',
  'יעל כהן',
  '田中 太郎',
  'สมชาย ใจดี',
  '🌸 Rosa 🌸',
  'K❤️M',
  '👩‍👩‍👧 Familie Weber',
  'O’Brien, Pat',
  'ＷＩＤＥ name',
  'Facebook User',
];

const ASKED = [
  'Hi',
  'hello',
  'ok',
  'thanks',
  '👍',
  'Is this available?',
  'How much is it?',
  'price?',
  'Do you ship to the islands?',
  'Where is my parcel?',
  'yes please',
  'no',
  'مرحبا',
  'ありがとう',
  'I want to talk to a human',
  'Can I change the size to 42?',
  'when do you open',
];
const OWN_WORDS = [
  'blue',
  'shoes',
  'order',
  'late',
  'gift',
  'colour',
  'delivery',
  'street',
  'friday',
  'small',
  'return',
  'refund',
  'cotton',
  'lamp',
  'table',
  'number',
  'please',
  'again',
  'photo',
  'still',
];

const STOCK = [
  'Welcome to our shop! What can we do for you today?',
  'Your parcel left our warehouse and arrives within three days.',
  'You can return anything within 30 days, free of charge.',
  'We are open from Monday to Saturday, 9 am to 6 pm.',
  'Please send us your order number, it begins with BT.',
  'Here are this week’s most wanted articles:',
  'I will connect you with a colleague who can help.',
  'Sure!',
  'Your order is confirmed. Thank you for shopping with us!',
  'The shoes run small, so many customers take one size up.',
];
const SAVED = [
  'Hello, this is the customer team. Let me look into that for you.',
  'Thanks for waiting, I have just sent you a new label by e-mail.',
  'I am sorry about that. We will replace the article at once.',
  'Could you tell me your full name and postcode, please?',
];
export const GREETING = 'Thanks for your message! We usually answer within an hour.';
export const TEMPLATES = ['Blue shoes, size 42', 'Order BT-1001 is on its way', 'Our summer sale'];

/** "You: " as the page says it in its languages. */
export const PREFIXES = ['You: ', 'Anda: ', 'Sie: ', 'أنت: ', 'あなた：'];

/** A name: now and then an unusual one, often one that somebody else has. */
export function nameOf(random: Random, taken: readonly string[]): string {
  if (taken.length > 0 && random.chance(0.05)) return random.pick(taken);
  if (random.chance(0.06))
    return random.chance(0.3) ? random.pick(UNUSUAL) : `${random.pick(UNUSUAL)} ${random.pick(LAST)}`;
  const middle = random.chance(0.65) ? `${random.pick(FIRST)[0]}. ` : '';
  return `${random.pick(FIRST)} ${middle}${random.pick(LAST)}`;
}

export function askedWords(random: Random): string {
  return random.chance(0.45) ? random.pick(ASKED) : ownWords(random, 3, 12);
}

export function stockWords(random: Random): string {
  return random.pick(STOCK);
}

export function savedWords(random: Random): string {
  return random.pick(SAVED);
}

/** Words that nobody else says. */
export function ownWords(random: Random, fewest: number, most: number): string {
  const words = Array.from({ length: random.whole(fewest, most) }, () => random.pick(OWN_WORDS));
  return `${words.join(' ')} ${random.whole(10, 9999)}${random.pick(['', '.', '?', ' 🙂'])}`;
}
