/** What debug_token tells of a token, and whom. Meta, Access token debugging. */
import { GraphRefusal } from '../refusals';
import type { Viewer } from './render';
import { refuseDeadToken } from './tokens';

/** For an app's own token, a person's token of that app, or (a doubt) the token itself. */
export function debugToken(viewer: Viewer, value: string) {
  const { world, token: asker } = viewer;
  const token = world.token(value);
  if (!token) return { data: { is_valid: false, scopes: [], error: { code: 190, message: 'Malformed access token' } } };
  const self = token === asker && (asker.type !== 'PAGE' || world.doubts['self-debug'] === 'allowed');
  if (!self && (asker.type === 'PAGE' || asker.appId !== token.appId)) throw new GraphRefusal('debugNotAllowed');
  const known = { app_id: token.appId, type: token.type, application: world.app(token.appId)?.name };
  try {
    refuseDeadToken(token, world.now());
  } catch (error) {
    if (!(error instanceof GraphRefusal)) throw error;
    const { code, message, subcode } = error.refusal;
    return { data: { ...known, error: { code, message, subcode }, is_valid: false, scopes: [] } };
  }
  return {
    data: {
      ...known,
      data_access_expires_at: Math.floor(token.dataAccessExpiresAt / 1000),
      expires_at: token.expiresAt === null ? 0 : Math.floor(token.expiresAt / 1000),
      is_valid: true,
      issued_at: Math.floor(token.issuedAt / 1000),
      ...(token.pageId === null ? {} : { profile_id: token.pageId }),
      scopes: token.scopes,
      granular_scopes: token.scopes.map((scope) => ({
        scope,
        target_ids: token.pageId === null ? [] : [token.pageId],
      })),
      ...(token.userId === null ? {} : { user_id: token.userId }),
    },
  };
}
