/** How a node becomes an answer: who looks, which fields are wanted, and where the next page of a list is. */
import type { App, Platform, Thread, Token } from '../model';
import { GraphRefusal } from '../refusals';
import type { World } from '../world';
import { platformOf } from '../world-base';
import type { Field } from './fields';
import { fieldsOf, type NodeType } from './spec';

/** Who looks: all of an answer follows from it. */
export interface Viewer {
  world: World;
  token: Token;
  app: App;
  /** `https://graph.facebook.com/v25.0`, for the addresses of further pages. */
  base: string;
  /** The token as the caller gave it in the address; null if it came in a header. */
  tokenParameter: string | null;
}

/** Gives one field of a node; undefined: it holds nothing and is left out. */
export type Reader<T> = (viewer: Viewer, item: T, field: Field) => unknown;
export type Readers<T> = Record<string, Reader<T>>;

export const isoTime = (at: number): string => `${new Date(at).toISOString().slice(0, 19)}+0000`;

/**
 * A node with the wanted fields; `id` always among them. Fields without data are left out.
 * @param wanted null: `usual`
 * @throws GraphRefusal `unknownField`
 */
export function render<T>(
  viewer: Viewer,
  type: NodeType,
  readers: Readers<T>,
  item: T,
  wanted: readonly Field[] | null,
  usual: readonly string[],
): Record<string, unknown> {
  const fields = wanted ?? usual.map((name): Field => ({ name, modifiers: {}, fields: null }));
  const node: Record<string, unknown> = {};
  for (const field of fields) {
    // Own names only: a field may be called `constructor`.
    const reader = Object.hasOwn(readers, field.name) ? readers[field.name] : undefined;
    if (!reader && !Object.hasOwn(fieldsOf[type], field.name)) {
      throw new GraphRefusal(
        'unknownField',
        `(#100) Tried accessing nonexisting field (${field.name}) on node type (${type})`,
      );
    }
    const value = reader?.(viewer, item, field);
    if (value !== undefined) node[field.name] = value;
  }
  node.id ??= readers.id?.(viewer, item, { name: 'id', modifiers: {}, fields: null });
  return node;
}

/** How far to go into a list, as the caller gave it. */
export interface ListParams {
  limit?: unknown;
  after?: unknown;
  before?: unknown;
}

/** The address of another page of a list. */
export function address(viewer: Viewer, path: string, params: Record<string, string>): string {
  const query = new URLSearchParams(params);
  if (viewer.tokenParameter !== null) query.set('access_token', viewer.tokenParameter);
  return `${viewer.base}/${path}?${query}`;
}

/** Whether this app may know of the conversation at all. */
export function maySee(viewer: Viewer, thread: Thread): boolean {
  return (
    viewer.token.pageId === viewer.world.state.page.id &&
    platformOf(thread) !== null &&
    (viewer.app.advancedAccess || thread.hasRole)
  );
}

export function pagePerson({ world }: Viewer, platform: Platform | null): Record<string, string> {
  const { page } = world.state;
  return platform === 'instagram'
    ? { username: page.username, id: page.instagramMailboxId }
    : { name: page.name, email: `${page.id}@facebook.com`, id: page.id };
}

export function customerPerson(thread: Thread): Record<string, string> {
  return thread.channel === 'instagram'
    ? { username: thread.name, id: thread.psid }
    : { name: thread.name, email: `${thread.psid}@facebook.com`, id: thread.psid };
}
