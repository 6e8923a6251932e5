import type { Channel } from '../feed';
import type { Locale } from '../variants';

export interface Labels {
  region: string;
  you: string;
  done: string;
  followUp: string;
  assign: string;
  reply: Record<Channel, string>;
  sentBy: string;
  automated: string;
}

const en: Labels = {
  region: 'Message list container with messages, suggestions, and typing indicators',
  you: 'You: ',
  done: 'Move to done',
  followUp: 'Mark as follow up',
  assign: 'Assign this conversation',
  reply: { messenger: 'Reply in Messenger…', instagram: 'Reply on Instagram…', whatsapp: 'Reply in WhatsApp…' },
  sentBy: 'Sent by ',
  automated: 'Automated response. Manage Automations',
};

/**
 * What the page says in its viewer's language.
 * English is attested (WhatsApp's reply label apart), of Indonesian only the region's first words are, of German "Du: ".
 * All else here is invented, so that a parser which leans on words fails.
 */
export const LABELS: Record<Locale, Labels> = {
  en,
  'en-gb': {
    ...en,
    region: 'Message list container with messages, suggestions and typing indicators',
    done: 'Move to Done',
    followUp: 'Mark as Follow up',
  },
  id: {
    region: 'Daftar pesan berisi pesan, saran, dan indikator mengetik',
    you: 'Anda: ',
    done: 'Pindahkan ke selesai',
    followUp: 'Tandai tindak lanjut',
    assign: 'Tetapkan percakapan ini',
    reply: { messenger: 'Balas di Messenger…', instagram: 'Balas di Instagram…', whatsapp: 'Balas di WhatsApp…' },
    sentBy: 'Dikirim oleh ',
    automated: 'Respons otomatis. Kelola Otomatisasi',
  },
  de: {
    region: 'Nachrichtenliste mit Nachrichten, Vorschlägen und Eingabehinweisen',
    you: 'Du: ',
    done: 'Als erledigt markieren',
    followUp: 'Zur Nachverfolgung markieren',
    assign: 'Diese Unterhaltung zuweisen',
    reply: {
      messenger: 'In Messenger antworten …',
      instagram: 'Auf Instagram antworten …',
      whatsapp: 'In WhatsApp antworten …',
    },
    sentBy: 'Gesendet von ',
    automated: 'Automatische Antwort. Automatisierungen verwalten',
  },
  th: {
    region: 'รายการข้อความ คำแนะนำ และสถานะการพิมพ์',
    you: 'คุณ: ',
    done: 'ย้ายไปที่เสร็จสิ้น',
    followUp: 'ทำเครื่องหมายติดตาม',
    assign: 'มอบหมายการสนทนานี้',
    reply: { messenger: 'ตอบกลับใน Messenger…', instagram: 'ตอบกลับบน Instagram…', whatsapp: 'ตอบกลับใน WhatsApp…' },
    sentBy: 'ส่งโดย ',
    automated: 'การตอบกลับอัตโนมัติ จัดการระบบอัตโนมัติ',
  },
  ar: {
    region: 'قائمة الرسائل مع الاقتراحات ومؤشرات الكتابة',
    you: 'أنت: ',
    done: 'نقل إلى تم',
    followUp: 'وضع علامة متابعة',
    assign: 'تعيين هذه المحادثة',
    reply: { messenger: 'الرد في Messenger…', instagram: 'الرد على Instagram…', whatsapp: 'الرد في WhatsApp…' },
    sentBy: 'أرسلها ',
    automated: 'رد تلقائي. إدارة عمليات التشغيل التلقائي',
  },
  ja: {
    region: 'メッセージ、候補、入力中の表示を含むメッセージリスト',
    you: '自分: ',
    done: '完了に移動',
    followUp: 'フォローアップに設定',
    assign: 'このスレッドを割り当てる',
    reply: { messenger: 'Messengerで返信…', instagram: 'Instagramで返信…', whatsapp: 'WhatsAppで返信…' },
    sentBy: '送信者: ',
    automated: '自動返信。自動化を管理',
  },
};
