/** Access tokens: how they come with a call, and when they are worth nothing any more. */
import { createHmac } from 'node:crypto';
import type { App, Token } from '../model';
import { GraphRefusal, type RefusalName } from '../refusals';
import type { World } from '../world';
import { type EdgeName, edges } from './spec';

export interface GivenToken {
  value: string;
  by: 'header' | 'parameter';
}

/** The token as it came; the parameter wins over the header. Null: none. */
export function givenToken(parameter: unknown, authorization: string | undefined): GivenToken | null {
  if (typeof parameter === 'string' && parameter !== '') return { value: parameter, by: 'parameter' };
  const value = /^(?:Bearer|OAuth)\s+(\S+)$/i.exec(authorization ?? '')?.[1];
  return value === undefined ? null : { value, by: 'header' };
}

const DEATHS: Record<NonNullable<Token['invalidated']>, RefusalName> = {
  458: 'deauthorised',
  459: 'checkpointed',
  460: 'passwordChanged',
  467: 'invalidSession',
  492: 'lostRole',
};

/**
 * The token of a call.
 * @throws GraphRefusal without one, or with a dead one
 */
export function readToken(world: World, given: GivenToken | null): Token {
  if (!given || (given.by === 'header' && world.doubts['header-token'] === 'refused'))
    throw new GraphRefusal('noToken');
  const token = world.token(given.value) ?? appToken(world, given.value);
  if (!token) throw new GraphRefusal('badToken');
  refuseDeadToken(token, world.now());
  return token;
}

/**
 * The proof that the caller also knows the app's secret. It is optional; given, it must be right.
 * @throws GraphRefusal `badProof`
 */
export function refuseFalseProof(proof: unknown, { value }: Token, { secret }: App): void {
  if (proof === undefined) return;
  if (proof !== createHmac('sha256', secret).update(value).digest('hex')) throw new GraphRefusal('badProof');
}

/** An app's own token may also be written as `id|secret`. */
function appToken(world: World, value: string): Token | undefined {
  const [id, secret] = value.split('|');
  const app = world.state.apps.find((candidate) => candidate.id === id && candidate.secret === secret);
  return (
    app && {
      value,
      label: 'app',
      type: 'APP',
      appId: app.id,
      userId: null,
      pageId: null,
      scopes: [],
      issuedAt: 0,
      expiresAt: null,
      dataAccessExpiresAt: Number.MAX_SAFE_INTEGER,
      invalidated: null,
    }
  );
}

/** @throws GraphRefusal with the subcode of its end */
export function refuseDeadToken(token: Token, now: number): void {
  if (token.invalidated !== null) throw new GraphRefusal(DEATHS[token.invalidated]);
  if (token.expiresAt !== null && now >= token.expiresAt) {
    throw new GraphRefusal(
      'expiredToken',
      `Error validating access token: Session has expired on ${new Date(token.expiresAt).toUTCString()}. The current time is ${new Date(now).toUTCString()}.`,
    );
  }
}

/** The permissions of an edge that the token lacks. */
export function missingScopes(token: Token, edge: EdgeName): string[] {
  return edges[edge].scopes.filter((scope) => !token.scopes.includes(scope));
}
