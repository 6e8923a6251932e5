/** The specification of our own, held against the HTTP surface, and against Meta's SDK specification where a copy of it lies beside the project. */
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openStage, type Stage } from '../stage';
import { type Edge, type EdgeName, edgeNames, edges, enums, fieldsOf, type NodeType, type Param } from './spec';

/** Refused, and for the sake of that very parameter. */
const refusalOf = (param: string) => ({
  body: { error: { code: 100, message: expect.stringContaining(param) as string } },
});

describe('the surface keeps to the specification', () => {
  let stage: Stage;
  beforeAll(async () => {
    stage = await openStage();
    stage.meta.world.customerSays(stage.thread.psid, 'hello');
    stage.meta.world.setDoubt('conversation-rate', 'unenforced');
  });
  afterAll(() => stage.close());

  const pathOf = (edge: Edge): string => {
    const nodes: Record<NodeType, string> = {
      Page: 'me',
      User: stage.meta.world.state.person.id,
      UnifiedThread: stage.thread.id,
      UnifiedMessage: stage.thread.messages[0]?.id ?? '',
      Application: stage.apps.bot,
      Label: stage.meta.world.state.labels[0]?.id ?? '',
      Person: stage.thread.psid,
      Root: '',
    };
    return `/${[nodes[edge.node], edge.edge].filter(Boolean).join('/')}`;
  };
  const usualToken: Partial<Record<NodeType, string>> = { User: 'user', Person: 'desk' };
  const call = (name: EdgeName, params: Record<string, unknown>, token?: string) => {
    const edge: Edge = edges[name];
    return { GET: stage.get, POST: stage.post, DELETE: stage.del }[edge.method](
      pathOf(edge),
      token ?? usualToken[edge.node] ?? 'bot',
      params,
    );
  };
  /** A value of the right type for each required parameter. */
  const good = (edge: Edge): Record<string, unknown> => {
    const values: Record<string, unknown> = {
      recipient: edge.edge === 'thread_owner' ? stage.thread.psid : { id: stage.thread.psid },
      page_label_name: 'a label',
      user: stage.thread.psid,
      subscribed_fields: ['messages', 'standby'],
      fields: ['GET_STARTED'],
      input_token: stage.meta.tokens.bot,
    };
    return Object.fromEntries(
      Object.entries(edge.params).flatMap(([name, param]) => (param.required ? [[name, values[name]]] : [])),
    );
  };

  const withParams = edgeNames.flatMap((name) =>
    Object.entries((edges[name] as Edge).params).map(([param, spec]) => ({ name, param, spec: spec as Param })),
  );

  test.each(edgeNames)('%s refuses a parameter that it does not have', async (name) => {
    expect(await call(name, { ...good(edges[name]), shoe_size: '42' })).toMatchObject(refusalOf('shoe_size'));
  });

  test.each(withParams.filter(({ spec }) => spec.required))('$name wants $param', async ({ name, param }) => {
    const { [param]: _, ...rest } = good(edges[name]);
    expect(await call(name, rest)).toMatchObject(refusalOf(param));
  });

  // A message tag is an object to the specification and a word to everybody.
  test.each(withParams.filter(({ param, spec }) => /enum|int|^Object/.test(spec.type) && param !== 'tag'))(
    '$name refuses a $param that is no $spec.type',
    async ({ name, param }) => {
      expect(await call(name, { ...good(edges[name]), [param]: 'no-such-value' })).toMatchObject(refusalOf(param));
    },
  );
  test.each(edgeNames.filter((name) => edges[name].scopes.length > 0))('%s wants its permissions', async (name) => {
    expect(
      await call(name, good(edges[name]), edges[name].node === 'User' ? 'user-few-scopes' : 'few-scopes'),
    ).toMatchObject({ status: 403, body: { error: { code: 200 } } });
  });
});

interface SdkParam {
  name: string;
  required: boolean;
  type: string;
}
interface SdkApi {
  method: string;
  endpoint?: string;
  name?: string;
  return?: string;
  params: SdkParam[];
}
interface SdkNode {
  apis: SdkApi[];
  fields: { name: string; type: string }[];
}

const sdk = fileURLToPath(new URL('../../../../shared/spec/', import.meta.url));
const read = (name: string): unknown => JSON.parse(readFileSync(`${sdk}${name}.json`, 'utf8'));

describe.runIf(existsSync(sdk))('our specification agrees with Meta’s', () => {
  const nodes: [string, NodeType][] = [
    ['Page.messaging', 'Page'],
    ['UnifiedThread', 'UnifiedThread'],
    ['PageUserMessageThreadLabel', 'Label'],
  ];

  /** `pageconversations_platform_enum_param` and our `enum platform` are the same. */
  const plainType = (type: string): string =>
    type.replace(/[a-z_]+_enum_param/, 'ENUM').replace(/enum [a-z_]+/, 'ENUM');

  const describeEdge = (method: string, edge: string | null, returns: string, params: SdkParam[]) =>
    `${method} ${edge ?? 'itself'} → ${returns} (${params
      .map(({ name, required, type }) => `${name}${required ? '!' : ''}: ${plainType(type)}`)
      .sort()
      .join(', ')})`;

  test.each(nodes)('edges, parameters and types of %s', (file, type) => {
    const theirs = (read(file) as SdkNode).apis.map(({ method, endpoint, return: returns, params }) =>
      describeEdge(method, endpoint ?? null, returns ?? '', params),
    );
    const ours = edgeNames
      .map((name): Edge => edges[name])
      .filter(({ node, ours: own }) => node === type && !own)
      .map(({ method, edge, returns, params }) =>
        describeEdge(
          method,
          edge,
          returns,
          Object.entries(params).flatMap(([name, param]) =>
            param.ours ? [] : [{ name, required: param.required === true, type: param.type }],
          ),
        ),
      );
    expect(ours.sort()).toEqual(theirs.sort());
  });

  test.each([
    ['UnifiedThread', 'UnifiedThread'],
    ['PageUserMessageThreadLabel', 'Label'],
  ] as [string, NodeType][])('all fields of %s', (file, type) => {
    const { fields } = read(file) as SdkNode;
    expect(fieldsOf[type]).toEqual(Object.fromEntries(fields.map(({ name, type: of }) => [name, of])));
  });

  test('the Page’s fields that we have are there, of the same type', () => {
    const { fields } = read('Page.messaging') as SdkNode;
    const theirs = Object.fromEntries(fields.map(({ name, type }) => [name, type]));
    expect(theirs).toMatchObject(fieldsOf.Page);
  });

  test('enums', () => {
    const lists = read('enums') as { name: string; values: string[] }[];
    const theirs = (name: string) => [...(lists.find((list) => list.name === name)?.values ?? [])].sort();
    const pairs: [keyof typeof enums, string][] = [
      ['platform', 'pageconversations_platform_enum_param'],
      ['folder', 'pagemessages_folder_enum_param'],
      ['messaging_type', 'pagemessages_messaging_type_enum_param'],
      ['notification_type', 'pagemessages_notification_type_enum_param'],
      ['sender_action', 'pagemessages_sender_action_enum_param'],
      ['suggestion_action', 'pagemessages_suggestion_action_enum_param'],
      ['source', 'unifiedthreadmessages_source_enum_param'],
      ['profile_fields', 'pagemessenger_profile_fields_enum_param'],
    ];
    for (const [ours, name] of pairs) expect([ours, [...enums[ours]].sort()]).toEqual([ours, theirs(name)]);
    expect(theirs('pagesubscribed_apps_subscribed_fields_enum_param')).toEqual(
      expect.arrayContaining([...enums.subscribed_fields]),
    );
  });
});
