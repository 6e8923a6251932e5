/** Which node and edge a path names, and whether a token may use it. */
import { GraphRefusal } from '../refusals';
import type { NodeOf } from './handlers';
import { maySee, type Viewer } from './render';
import { type Edge, type EdgeName, edgeNames, edges, type NodeType } from './spec';
import { missingScopes } from './tokens';

/** What an id turned out to be. */
type Found = { [T in NodeType]: { type: T; node: NodeOf[T] } }[NodeType];

/**
 * The node and edge that a path names.
 * @throws GraphRefusal for a path, node or method that does not exist, as far as the caller may know
 */
export function findEdge(viewer: Viewer, method: string, path: string): Found & { edge: EdgeName } {
  const [id, name, ...rest] = path.split('/').filter(Boolean);
  if (rest.length > 0) throw new GraphRefusal('unknownPath', `Unknown path components: /${[name, ...rest].join('/')}`);
  if (id === undefined) throw new GraphRefusal('wrongMethod');
  const found: Found = id === 'debug_token' ? { type: 'Root', node: null } : findNode(viewer, id);
  const { type } = found;
  const wanted = id === 'debug_token' ? id : (name ?? null);
  const there = edgeNames.filter((key) => edges[key].node === type && edges[key].edge === wanted);
  if (there.length === 0) throw unknownEdge(type, wanted);
  const edge = there.find((key) => edges[key].method === method);
  if (!edge) throw new GraphRefusal('wrongMethod', `Unsupported ${method.toLowerCase()} request.`);
  return { ...found, edge };
}

/** What an id stands for, as far as the caller may know of it. @throws GraphRefusal `noObject` */
function findNode(viewer: Viewer, id: string): Found {
  const { world, token } = viewer;
  const { page, person, apps, labels, threads, otherPageId } = world.state;
  const pageId = id === 'me' ? token.pageId : id;
  if (pageId === page.id || pageId === otherPageId)
    return { type: 'Page', node: { id: pageId, mine: pageId === page.id } };
  if ((id === 'me' && token.type === 'USER') || id === person.id) return { type: 'User', node: person };
  const app = apps.find((candidate) => candidate.id === (id === 'me' || id === 'app' ? token.appId : id));
  if (app) return { type: 'Application', node: app };
  for (const thread of threads.filter((candidate) => maySee(viewer, candidate))) {
    if (thread.id === id) return { type: 'UnifiedThread', node: thread };
    if (thread.psid === id) return { type: 'Person', node: thread };
    const message = id.startsWith('m_') ? thread.messages.find((candidate) => candidate.id === id) : undefined;
    if (message) return { type: 'UnifiedMessage', node: { thread, message } };
  }
  const label = labels.find((candidate) => candidate.id === id);
  if (label && token.pageId === page.id) return { type: 'Label', node: label };
  throw new GraphRefusal('noObject');
}

/**
 * Which kind of token an edge wants, with which permissions.
 * @throws GraphRefusal where this one is not enough
 */
export function authorise({ token, world }: Viewer, type: NodeType, name: EdgeName): void {
  const edge: Edge = edges[name];
  const ofPage =
    ['UnifiedThread', 'UnifiedMessage', 'Label', 'Person'].includes(type) || (type === 'Page' && edge.edge !== null);
  if (ofPage && token.type !== 'PAGE') throw new GraphRefusal('needsPageToken');
  if (type === 'Page' && token.type === 'APP') throw new GraphRefusal('noObject');
  const missing = missingScopes(token, name);
  if (missing.length > 0)
    throw new GraphRefusal('needsScope', `(#200) Requires ${missing.join(', ')} permission to manage the object`);
  if (edge.conversations && world.doubts['data-access'] === 'refused' && world.now() >= token.dataAccessExpiresAt)
    throw new GraphRefusal('dataAccessOver');
}

/** An edge that other nodes have is called a field that this one lacks; a name that no node has is no path at all. */
function unknownEdge(type: NodeType, name: string | null): GraphRefusal {
  const elsewhere = name === 'permissions' || edgeNames.some((key) => edges[key].edge === name);
  return elsewhere
    ? new GraphRefusal('unknownField', `(#100) Tried accessing nonexisting field (${name}) on node type (${type})`)
    : new GraphRefusal('unknownPath', `Unknown path components: /${name}`);
}
