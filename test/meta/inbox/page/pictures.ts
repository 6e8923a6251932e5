import type { Channel } from '../feed';

/** Drawn instead of fetched, since the host here has no network: `data:` is what its policy allows for images. */
const draw = (width: number, body: string) =>
  `data:image/svg+xml,${encodeURIComponent(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${width}">${body}</svg>`)}`;

const TINTS = ['#8fb8de', '#dfa6ad', '#a8c69f', '#c9b6e4', '#e0c097', '#9ec9c9', '#c6c6c6', '#b9a7d0', '#d8b48f'];
const CHANNELS: Record<Channel, { name: string; tint: string }> = {
  messenger: { name: 'Messenger', tint: '#0a7cff' },
  instagram: { name: 'Instagram', tint: '#d6336c' },
  whatsapp: { name: 'WhatsApp', tint: '#25a35a' },
};

/** A round picture with the customer's initials. */
export function avatar(name: string, userId: string): string {
  const tint = TINTS[Number(userId.slice(-6)) % TINTS.length] ?? '#c6c6c6';
  const label = escapeMarkup(initials(name));
  return draw(
    48,
    `<circle cx="24" cy="24" r="24" fill="${tint}"/><text x="24" y="29.5" text-anchor="middle" fill="#1c1e21" font-family="Segoe UI,Helvetica,Arial,sans-serif" font-weight="600" font-size="15">${label}</text>`,
  );
}

/** The 16 px badge on an avatar. Its `alt` names the channel (only Messenger's is attested). */
export function badge(channel: Channel): { alt: string; src: string } {
  const { name, tint } = CHANNELS[channel];
  return { alt: name, src: draw(16, `<circle cx="8" cy="8" r="6" fill="${tint}"/>`) };
}

/** Facebook shows emoji as images. Here the system's own font draws them. */
export function emojiPicture(emoji: string): string {
  return draw(16, `<text x="8" y="13" text-anchor="middle" font-size="13">${escapeMarkup(emoji)}</text>`);
}

const THUMB =
  '<path fill="#ffcc4d" d="M1.5 7.5h3v6h-3zM5.5 7.5 8 2c1.6 0 2.2 1.2 1.6 3l-.4 1.5h4c1.4 0 1.9 1 1.5 2.4l-1 3.6c-.3.8-.8 1-1.6 1H5.5z"/>';
export const STICKER = draw(16, THUMB);
export const PHOTO = draw(
  16,
  '<path fill="#c9d6e4" d="M0 0h16v16H0z"/><circle cx="11.5" cy="4.5" r="1.8" fill="#fff3c4"/><path d="m0 13 5-6 4 5 2.5-3L16 14v2H0z" fill="#7f9a86"/>',
);

function initials(name: string): string {
  const words = name.split(/\s+/u).filter(Boolean);
  return words
    .slice(0, 2)
    .map((word) => [...word][0] ?? '')
    .join('')
    .toLocaleUpperCase();
}

function escapeMarkup(text: string): string {
  return text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);
}
