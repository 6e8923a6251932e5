/** Looks for a secret, however it is written, in what was told, stored or sent. */

/** Every way in which a text may lie in bytes: plain, UTF-16, percent-encoded, and base64 from each of its offsets. */
export function encodings(text: string): Buffer[] {
  const plain = Buffer.from(text);
  const wide = Buffer.from(text, 'utf16le');
  const inBase64 = [plain, wide].flatMap((bytes) => [0, 1, 2].map((offset) => innerBase64(bytes, offset)));
  const forUrls = inBase64.map((signs) => signs.replaceAll('+', '-').replaceAll('/', '_'));
  const percent = [...plain].map((byte) => `%${byte.toString(16).padStart(2, '0')}`).join('');
  const written = [...inBase64, ...forUrls, percent, percent.toUpperCase(), encodeURIComponent(text)];
  return [plain, wide, Buffer.from(wide).swap16(), ...[...new Set(written)].map((one) => Buffer.from(one))];
}

/** Base64 of bytes that stand `offset` bytes after others, without the signs that also hold what stands beside them. */
function innerBase64(bytes: Buffer, offset: number): string {
  const whole = Buffer.concat([Buffer.alloc(offset), bytes]).toString('base64');
  return whole.slice(offset === 0 ? 0 : 4, -4);
}

/** Whether a value holds the secret in any of these ways: in its texts, its keys or its bytes, however deep. */
export function holdsSecret(value: unknown, secret: string): boolean {
  const wanted = encodings(secret);
  return bytesIn(value).some((bytes) => wanted.some((one) => bytes.includes(one)));
}

function bytesIn(value: unknown): Buffer[] {
  if (typeof value === 'string') return [Buffer.from(value), Buffer.from(value, 'utf16le')];
  if (value instanceof ArrayBuffer) return [Buffer.from(value)];
  if (ArrayBuffer.isView(value)) return [Buffer.from(value.buffer, value.byteOffset, value.byteLength)];
  if (Array.isArray(value) && value.length > 0 && value.every(isByte)) return [Buffer.from(value)];
  if (value instanceof Map || value instanceof Set) return [...value].flatMap(bytesIn);
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, one]) => [Buffer.from(key), ...bytesIn(one)]);
}

function isByte(value: unknown): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= 255;
}
