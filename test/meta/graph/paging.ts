/** Cursor paging. Cursors stand for a place in time, so that a list that moves between two pages loses nobody. */
import { GraphRefusal } from '../refusals';

export interface PageRequest {
  limit: number;
  after: string | null;
  before: string | null;
}

/** Where an item stands in its list: newer first, then by id. */
export interface Place {
  at: number;
  id: string;
}

const encode = ({ at, id }: Place): string => Buffer.from(`${at}:${id}`).toString('base64url');

function decode(cursor: string): Place {
  const match = /^(\d+):(.+)$/.exec(Buffer.from(cursor, 'base64url').toString());
  if (!match?.[1] || !match[2]) throw new GraphRefusal('badCursor');
  return { at: Number(match[1]), id: match[2] };
}

const comesFirst = (a: Place, b: Place): boolean => a.at > b.at || (a.at === b.at && a.id > b.id);

/**
 * One page of a list, newest first.
 * @param link writes the address of the neighbouring page
 * @throws GraphRefusal `badCursor`
 */
export function paged<T>(
  items: readonly T[],
  place: (item: T) => Place,
  request: PageRequest,
  render: (item: T) => unknown,
  link: (cursor: { after?: string; before?: string }) => string,
) {
  const sorted = [...items].sort((a, b) => (comesFirst(place(a), place(b)) ? -1 : 1));
  const start = request.after === null ? null : decode(request.after);
  const end = request.before === null ? null : decode(request.before);
  const within = sorted.filter(
    (item) => (start === null || comesFirst(start, place(item))) && (end === null || comesFirst(place(item), end)),
  );
  const chosen = end === null ? within.slice(0, request.limit) : within.slice(-request.limit);
  const [first, last] = [chosen[0], chosen.at(-1)];
  if (first === undefined || last === undefined) return { data: [] };
  const [before, after] = [encode(place(first)), encode(place(last))];
  return {
    data: chosen.map(render),
    paging: {
      cursors: { before, after },
      ...(sorted.at(-1) === last ? {} : { next: link({ after }) }),
      ...(sorted[0] === first ? {} : { previous: link({ before }) }),
    },
  };
}

/**
 * @param limit undefined: Meta's 25
 * @param most the largest page (reported by users, not official)
 * @param beyond what becomes of a larger wish
 * @throws GraphRefusal `invalidParameter`
 */
export function pageRequest(
  given: { limit?: unknown; after?: unknown; before?: unknown },
  most: number,
  beyond: 'cut' | 'refused',
): PageRequest {
  const limit = given.limit === undefined ? 25 : Number(given.limit);
  if (!Number.isInteger(limit) || limit < 1)
    throw new GraphRefusal('invalidParameter', '(#100) Param limit must be an integer greater than 0');
  if (limit > most && beyond === 'refused')
    throw new GraphRefusal('invalidParameter', `(#100) Param limit must be at most ${most}`);
  return { limit: Math.min(limit, most), after: cursorIn(given.after), before: cursorIn(given.before) };
}

const cursorIn = (value: unknown): string | null => (value === undefined || value === '' ? null : String(value));
