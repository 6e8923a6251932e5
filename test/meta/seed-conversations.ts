/** The conversations of a new world: who wrote what, how long ago, and who has control. */
import type { Channel } from './inbox/feed';

/** Who wrote a line; an agent by name. */
type Writer =
  | 'customer'
  | 'bot'
  | 'rival'
  | 'desk'
  | 'automation'
  | 'meta-ai'
  | 'activity'
  | 'notice'
  | { by: string; device?: 'desktop' | 'mobile' };

/** Writer, words, and minutes since the line before. */
export type Line = readonly [Writer, string, number];

export interface SeedConversation {
  name: string;
  channel?: Channel;
  /** Minutes since the last line. */
  age: number;
  /** Who has control, unless it has run out by now. */
  owner: 'bot' | 'rival' | 'desk' | 'inbox' | 'idle';
  lines: readonly Line[];
  /** Came from an ad: control holds 7 days. */
  ad?: boolean;
  hasRole?: boolean;
  done?: boolean;
  unread?: boolean;
  metaAi?: boolean;
  assignedTo?: string;
  pills?: string[];
}

const frida = { by: 'Frida Holm' } as const;
const sam = { by: 'Sam Okafor' } as const;
const samOnPhone = { by: 'Sam Okafor', device: 'mobile' } as const;

/** A bot answers about two seconds after the customer. */
const SOON = 0.033;
const WELCOME = 'Thanks for writing to Harbour Street Bikes. We answer as soon as we can.';
const HANDOVER = 'I am passing you to a colleague. One moment, please.';

const botChat = (question: string, answer: string): Line[] => [
  ['customer', 'Hello', 3],
  ['automation', WELCOME, SOON],
  ['customer', question, 2],
  ['bot', answer, SOON],
];

const handedOver = (question: string, agentLine: string | null): Line[] => [
  ['customer', question, 30],
  ['bot', 'I can help with opening hours, prices and repairs.', SOON],
  ['customer', 'I want to talk to a human', 2],
  ['bot', HANDOVER, SOON],
  ...(agentLine === null ? [] : ([[frida, agentLine, 6]] as Line[])),
];

const long = (count: number): Line[] =>
  Array.from(
    { length: count },
    (_, i): Line =>
      i % 2 === 0
        ? ['customer', `Question ${i / 2 + 1} about my order`, 9]
        : ['bot', `Answer ${(i + 1) / 2}: your order is on its way`, SOON],
  );

export const seedConversations: readonly SeedConversation[] = [
  {
    name: 'Maja Lindqvist',
    age: 2,
    owner: 'bot',
    lines: botChat('Are you open on Sunday?', 'We are open Monday to Saturday, 9 to 18.'),
  },
  {
    name: 'João Almeida',
    age: 4,
    owner: 'inbox',
    lines: handedOver('My invoice is wrong', null),
    unread: true,
    pills: ['Intake'],
  },
  {
    name: 'Siti Rahmawati',
    age: 7,
    owner: 'bot',
    lines: [
      ...botChat('Berapa harga sepeda lipat?', 'Sepeda lipat mulai dari 3.500.000.'),
      ['customer', 'Terima kasih 🙏', 1],
    ],
  },
  {
    name: 'Zoë O’Brien-Smith',
    age: 11,
    owner: 'inbox',
    lines: handedOver('The chain slips on the hill 😕', 'Bring it in today, we will look at it at once.'),
    assignedTo: 'Frida Holm',
  },
  { name: 'สมชาย ใจดี', age: 16, owner: 'bot', lines: botChat('ร้านเปิดกี่โมง', 'ร้านเปิด 9:00 ถึง 18:00 น.') },
  {
    name: '山田 花子',
    age: 23,
    owner: 'inbox',
    lines: [
      ...handedOver('修理の予約をしたいです', '明日の15時はいかがですか。'),
      ['customer', 'はい、お願いします', 4],
    ],
    unread: true,
  },
  {
    name: 'Anna Schmidt',
    age: 31,
    owner: 'bot',
    lines: [...botChat('Was kostet eine Inspektion?', 'Eine Inspektion kostet 49 Euro.'), ['customer', 'ok danke', 1]],
  },
  {
    name: 'Anna Schmidt',
    age: 42,
    owner: 'inbox',
    lines: [...handedOver('Mein Vorderrad eiert', 'Kommen Sie gern vorbei.'), ['customer', 'ok danke', 3]],
  },
  {
    name: 'محمد العلي',
    age: 55,
    owner: 'bot',
    lines: botChat('هل لديكم دراجات للأطفال؟', 'نعم، لدينا دراجات للأطفال من عمر 4 سنوات.'),
  },
  {
    name: 'דנה כהן',
    age: 70,
    owner: 'desk',
    lines: [
      ['customer', 'יש לכם קסדות?', 5],
      ['desk', 'כן, בכל המידות.', 3],
    ],
  },
  {
    name: 'Priya Natarajan',
    age: 82,
    owner: 'bot',
    ad: true,
    pills: ['ad_id.1207743', 'Lead'],
    lines: [
      ['notice', 'Priya replied to an ad.', 0],
      ['customer', 'Is the blue one still available?', 1],
      ['bot', '[card] Coast Cruiser, blue', SOON],
      ['customer', '👍', 2],
    ],
  },
  {
    name: 'Νίκος Παπαδόπουλος',
    age: 95,
    owner: 'rival',
    lines: [
      ['customer', 'Καλημέρα', 5],
      ['rival', 'Καλημέρα! Πώς μπορώ να βοηθήσω;', SOON],
    ],
  },
  {
    name: 'Chloé Dubois',
    age: 118,
    owner: 'inbox',
    metaAi: true,
    lines: [
      ['customer', 'Bonjour, vous livrez à Lyon ?', 2],
      ['notice', 'Your AI agent will respond.', SOON],
      ['meta-ai', 'Oui, nous livrons à Lyon en 3 jours.', 0.1],
    ],
  },
  {
    name: 'Олена Шевченко',
    age: 140,
    owner: 'inbox',
    lines: [
      ['customer', 'Добрий день', 9],
      [samOnPhone, 'Добрий день! Чим можу допомогти?', 12],
      ['customer', '(sticker)', 2],
    ],
  },
  { name: 'Budi Santoso', age: 180, owner: 'bot', lines: botChat('Masih buka?', 'Kami buka Senin sampai Sabtu.') },
  { name: 'Budi Santoso', age: 181, owner: 'bot', lines: botChat('Masih buka?', 'Kami buka Senin sampai Sabtu.') },
  {
    name: 'Budi Santoso',
    age: 2900,
    owner: 'idle',
    lines: botChat('Bisa bayar di tempat?', 'Bisa, tunai atau kartu.'),
  },
  {
    name: 'Nguyễn Thị Mai',
    age: 260,
    owner: 'bot',
    lines: [
      ['customer', 'Xe này bao nhiêu tiền?\nCó giảm giá không?', 2],
      ['bot', 'Giá 5.200.000 đồng, giảm 10% tuần này.', SOON],
    ],
  },
  {
    name: '김민준',
    age: 330,
    owner: 'inbox',
    lines: [
      ...handedOver('환불하고 싶어요', '주문 번호를 알려 주세요.'),
      ['activity', 'Frida Holm assigned this conversation to Sam Okafor', 1],
    ],
    assignedTo: 'Sam Okafor',
  },
  { name: 'Oluwaseun Adebayo', age: 410, owner: 'bot', lines: long(46) },
  {
    name: 'Ines García',
    age: 540,
    owner: 'inbox',
    lines: [
      ['customer', '¿Tienen servicio a domicilio?', 3],
      [frida, 'Sí, los martes.', 8],
      [frida, '¿Le va bien este martes?', 1],
      ['customer', '(image)', 4],
    ],
  },
  {
    name: 'Ravi 🚲 Kapoor',
    age: 700,
    owner: 'bot',
    lines: [
      ['customer', '🔧🚲❓', 1],
      ['bot', 'Repairs take two days. 🔧', SOON],
    ],
  },
  {
    name: 'Lars Eriksen',
    age: 900,
    owner: 'desk',
    lines: [
      ['customer', 'Har dere el-sykler?', 3],
      ['bot', 'Ja, fra 14 990 kr.', SOON],
      ['desk', 'Hei Lars, kom innom for en prøvetur.', 40],
    ],
  },
  { name: 'Mei-Ling Chen', age: 1150, owner: 'bot', lines: botChat('請問有兒童座椅嗎？', '有，三種尺寸。') },
  { name: 'Tom Baker', age: 1330, owner: 'bot', lines: botChat('Do you rent helmets?', 'Yes, 4 a day.') },
  {
    name: 'Fatima Zahra Benali',
    age: 1400,
    owner: 'inbox',
    lines: handedOver('My order never arrived', 'I am sorry. I am looking into it.'),
  },
  { name: 'John Smith', age: 1432, owner: 'bot', lines: botChat('price?', 'Which bike do you mean?') },
  { name: 'John Smith', age: 1600, owner: 'idle', lines: botChat('price?', 'Which bike do you mean?') },
  {
    name: 'Katarzyna Wiśniewska',
    age: 1900,
    owner: 'idle',
    lines: [
      ['customer', 'Dziękuję!', 1],
      ['automation', WELCOME, SOON],
    ],
  },
  {
    name: 'Ahmet Yılmaz',
    age: 2300,
    owner: 'idle',
    lines: handedOver('Fatura istiyorum', 'Bugün göndereceğim.'),
    done: true,
  },
  {
    name: 'Gabriela Souza',
    age: 2880,
    owner: 'bot',
    ad: true,
    pills: ['ad_id.1207743'],
    lines: [
      ['notice', 'Gabriela replied to an ad.', 0],
      ['customer', 'Ainda tem a promoção?', 1],
      ['bot', 'Sim, até domingo.', SOON],
    ],
  },
  {
    name: 'Eero Virtanen',
    age: 3600,
    owner: 'idle',
    lines: botChat('Korjaatteko polkupyöriä?', 'Kyllä, kaikkia merkkejä.'),
  },
  {
    name: 'Hannah Müller-Lüdenscheidt',
    age: 4400,
    owner: 'idle',
    lines: [
      ['customer', 'Danke!', 20],
      [sam, 'Gern geschehen.', 15],
    ],
  },
  { name: 'Dev Tester', age: 5200, owner: 'idle', hasRole: true, lines: botChat('test', 'This is a test answer.') },
  {
    name: 'Grace Mwangi',
    age: 6100,
    owner: 'idle',
    lines: handedOver('Can I change my address?', 'Done. Your parcel goes to the new address.'),
  },
  {
    name: 'Léa Martin',
    age: 7300,
    owner: 'idle',
    lines: [
      ['customer', '(sticker)', 1],
      ['bot', 'Bonjour ! Que puis-je faire pour vous ?', SOON],
    ],
  },
  {
    name: 'Viktor Horváth',
    age: 8700,
    owner: 'idle',
    lines: botChat('Mennyibe kerül a javítás?', '5000 forinttól.'),
    done: true,
  },
  {
    name: 'Aroha Tāmati',
    age: 9900,
    owner: 'idle',
    lines: handedOver('Is the tandem for sale?', 'It is. Come and try it.'),
  },
  { name: 'Pedro Alonso', age: 10300, owner: 'idle', lines: botChat('¿Están abiertos hoy?', 'Sí, hasta las 18.') },
  {
    name: 'Sofia Rossi',
    age: 12100,
    owner: 'idle',
    lines: [
      ['customer', 'Grazie mille', 5],
      [frida, 'Prego!', 9],
      ['notice', 'Auto-label added: returning customer', 1],
    ],
  },
  { name: 'Ivan Petrov', age: 14400, owner: 'idle', lines: botChat('Вы работаете завтра?', 'Да, с 9 до 18.') },
  {
    name: 'lina.rides',
    channel: 'instagram',
    age: 20,
    owner: 'bot',
    lines: [
      ['customer', 'love the red one ❤️', 2],
      ['bot', 'It is in stock in three sizes.', SOON],
    ],
  },
  {
    name: 'marco_gravel',
    channel: 'instagram',
    age: 240,
    owner: 'inbox',
    lines: [
      ['customer', 'do you ship to Italy?', 4],
      [frida, 'We do, in five days.', 9],
    ],
  },
  { name: 'tandem.twins', channel: 'instagram', age: 3000, owner: 'idle', lines: [['customer', '(image)', 4]] },
  {
    name: 'Peter Novak',
    channel: 'whatsapp',
    age: 65,
    owner: 'idle',
    lines: [
      ['customer', 'Is my bike ready?', 3],
      [sam, 'Ready from four.', 5],
    ],
  },
];

/** Conversations for size alone, evenly over ten days. */
export function plainConversations(count: number): SeedConversation[] {
  return Array.from({ length: count }, (_, i) => ({
    name: `Customer ${i + 1}`,
    age: 3 + (14_397 * i) / count,
    owner: i % 3 === 0 ? 'inbox' : 'bot',
    lines: botChat(`Question ${i + 1}`, `Answer ${i + 1}`),
  }));
}
