import type { VNode } from 'preact';
import { useRef, useState } from 'preact/hooks';
import { KNOWN_APPS } from '../../utils/conversation/apps';
import type { PageView } from '../../utils/conversation/view';
import { Icon } from '../icons';
import { HowToGetOne } from './HowToGetOne';
import { Part } from './Part';

/**
 * `botApp`: an app id where the words name an app that was offered, else the words as they were typed.
 * `pageId`: the Page that was picked; without a token, the connected one that gets another bot app.
 */
export interface ConnectRequest {
  token: string;
  botApp: string;
  pageId?: string;
}

/** What came of it: the Page's name, or a sentence for people, and Pages to pick from where it was not clear which. */
export type Connected =
  | { ok: true; value: { name: string } }
  | { ok: false; sentence: string; pages?: readonly { pageId: string; name: string }[] };

interface Props {
  pages: readonly PageView[];
  /** The Page that Setup speaks of; null: none is connected. */
  page: PageView | null;
  onConnect(request: ConnectRequest): Promise<Connected>;
  onForget(pageId: string): void;
}

/**
 * Connects a Page by its token. The token leaves the field as soon as the form is sent, whatever comes of it; it is
 * kept at hand only while the admin picks one of the Pages that it reaches.
 */
export function Connect({ pages, page, onConnect, onForget }: Props): VNode {
  const apps = offeredApps(pages);
  const [asking, setAsking] = useState(false);
  const [answer, setAnswer] = useState<Connected | null>(null);

  const unsettled = useRef<ConnectRequest | null>(null);

  function connect(event: SubmitEvent): void {
    event.preventDefault();
    if (asking) return;
    const request = takeRequest(event.currentTarget as HTMLFormElement, apps);
    void ask(request.token === '' && page ? { ...request, pageId: page.pageId } : request);
  }

  async function ask(request: ConnectRequest): Promise<void> {
    unsettled.current = null;
    setAsking(true);
    setAnswer(null);
    try {
      const reply = await onConnect(request);
      if (!reply.ok && reply.pages) unsettled.current = request;
      setAnswer(reply);
    } catch {
      setAnswer({ ok: false, sentence: 'Baton’s background did not answer. Next: open this popup again.' });
    } finally {
      setAsking(false);
    }
  }

  function pick(pageId: string): void {
    if (unsettled.current) void ask({ ...unsettled.current, pageId });
  }

  return (
    <Part title={page ? 'Connect a Page or renew its token' : 'Connect a Page'}>
      <form onSubmit={connect} autocomplete="off">
        <label class="field">
          <span>Page access token</span>
          <input
            type="password"
            name="token"
            required={!page}
            autocomplete="off"
            spellcheck={false}
            aria-describedby="token-hint"
          />
        </label>
        <p class="sub hint" id="token-hint">
          Kept encrypted in this browser. It never reaches the inbox page.
        </p>
        <label class="field">
          <span>Bot app</span>
          <input
            type="text"
            name="botApp"
            list="bot-apps"
            autocomplete="off"
            spellcheck={false}
            aria-describedby="bot-app-hint"
          />
        </label>
        <datalist id="bot-apps">
          {apps.map(({ id, name }) => (
            <option key={id} value={name ?? id} />
          ))}
        </datalist>
        <p class="sub hint" id="bot-app-hint">
          Pick one or type an app id. ManyChat and Hootsuite are known by name. Empty: the token’s own app.
        </p>
        <div class="acts">
          <button type="submit" class="btn fill" aria-disabled={asking}>
            Connect Page
          </button>
          {page && (
            <button type="button" class="btn quiet end" onClick={() => onForget(page.pageId)}>
              Forget Page
            </button>
          )}
        </div>
      </form>
      <Answer asking={asking} answer={answer} />
      {answer && !answer.ok && answer.pages && (
        <div class="acts">
          {answer.pages.map(({ pageId, name }) => (
            <button key={pageId} type="button" class="btn" onClick={() => pick(pageId)}>
              Connect {name}
            </button>
          ))}
        </div>
      )}
      <HowToGetOne />
    </Part>
  );
}

function Answer({ asking, answer }: { asking: boolean; answer: Connected | null }): VNode {
  const refused = answer !== null && !answer.ok;
  const outcome = answer === null ? undefined : answer.ok ? 'done' : 'refused';
  return (
    <div key={refused ? 'alert' : 'status'} role={refused ? 'alert' : 'status'} class="result" data-outcome={outcome}>
      {asking && <Words icon="clock" title="Asking Meta about this token." />}
      {answer?.ok && <Words icon="ok" title={`${answer.value.name} is connected.`} />}
      {answer && !answer.ok && <Words icon="wrong" title="Not connected." then={answer.sentence} />}
    </div>
  );
}

function Words({ icon, title, then }: { icon: 'clock' | 'ok' | 'wrong'; title: string; then?: string }): VNode {
  return (
    <>
      <Icon name={icon} />
      <bdi class="words">
        <b>{title}</b> {then && <span>{then}</span>}
      </bdi>
    </>
  );
}

/** Reads the form and empties its token. */
function takeRequest(form: HTMLFormElement, apps: readonly NamedApp[]): ConnectRequest {
  const data = new FormData(form);
  const request = { token: String(data.get('token')).trim(), botApp: appId(String(data.get('botApp')).trim(), apps) };
  (form.elements.namedItem('token') as HTMLInputElement).value = '';
  return request;
}

interface NamedApp {
  id: string;
  name: string | null;
}

/** Apps that the admin can pick: those known by name, and those found for a Page. */
function offeredApps(pages: readonly PageView[]): NamedApp[] {
  const known = Object.entries(KNOWN_APPS).map(([id, name]) => ({ id, name }));
  const found = pages
    .flatMap(({ botApp, tokenApp, apps = [] }) => [botApp, tokenApp, ...apps])
    .filter((app) => app !== null);
  return [...new Map([...known, ...found].map((app) => [app.id, app])).values()];
}

/** The id of an app that the words name, however they are capitalised; else the words as they are. */
function appId(words: string, apps: readonly NamedApp[]): string {
  return apps.find(({ name }) => name?.toLowerCase() === words.toLowerCase())?.id ?? words;
}
