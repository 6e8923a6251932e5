import type { VNode } from 'preact';
import { useState } from 'preact/hooks';
import type { PageView, Reply, SetupView } from '../../utils/conversation/view';
import { Icon } from '../icons';
import { BotWords, type DeclareRequest } from './BotWords';
import { Checks } from './Checks';
import { Connect, type Connected, type ConnectRequest } from './Connect';
import { Degrees } from './Degrees';
import { GuidedSteps, isGuided } from './GuidedSteps';
import { Options, type OptionsActions } from './Options';
import { PageCheck, type PageCheckActions } from './PageCheck';
import { Part } from './Part';
import { Vault } from './Vault';

export interface SetupActions {
  /** The token is handed on and kept nowhere here. */
  onConnect(request: ConnectRequest): Promise<Connected>;
  onForget(pageId: string): void;
  onCheckAgain(pageId: string): void;
  /** The admin has looked at what no API tells. */
  onTick(pageId: string, checkId: string, ticked: boolean): void;
  /** Takes control of one conversation, passes it, and puts it back. */
  onTrial?(pageId: string, psid: string): Promise<unknown>;
  /** What the bot writes, as the admin declares it. */
  onDeclare?(request: DeclareRequest): Promise<Reply<null>>;
  /** Absent where nothing can be set. */
  own?: OptionsActions;
  /** Absent where no inbox can be looked at. */
  pageCheck?: PageCheckActions;
}

interface Props extends SetupActions {
  view: SetupView;
  /** Epoch ms on the server's clock. */
  now: number;
}

/** What Meta tells for a Page, connecting it, and whether handover can work there. */
export function Setup({
  view: { pages, currentPageId, options },
  now,
  onConnect,
  onForget,
  onCheckAgain,
  onTick,
  onTrial,
  onDeclare,
  own,
  pageCheck,
}: Props): VNode {
  const [picked, setPicked] = useState<string | null>(null);
  const page = pages.find(({ pageId }) => pageId === (picked ?? currentPageId)) ?? pages[0] ?? null;
  // Until it is unlocked there is nothing else to see or to do.
  if (options?.locked && own) return <Vault options={options} {...own} />;
  return (
    <>
      {page && pages.length > 1 && <PagePicker pages={pages} page={page} onPick={setPicked} />}
      {pages.length === 0 && options?.sessionEnded && <SessionEnded />}
      {page?.stopped && <Stopped why={page.stopped} />}
      <Degrees degree={page?.degree ?? 1} measuredAt={page?.degreeAt ?? null} now={now} />
      {page && (
        <>
          <Checks
            checks={page.checks.filter((check) => !isGuided(check))}
            now={now}
            onCheckAgain={() => onCheckAgain(page.pageId)}
            candidates={page.trialCandidates}
            onTrial={onTrial && ((psid) => onTrial(page.pageId, psid))}
          />
          <GuidedSteps
            checks={page.checks.filter(isGuided)}
            onTick={(checkId, ticked) => onTick(page.pageId, checkId, ticked)}
          />
        </>
      )}
      <Connect pages={pages} page={page} onConnect={onConnect} onForget={onForget} />
      {page?.declared && onDeclare && (
        <BotWords key={page.pageId} pageId={page.pageId} declared={page.declared} onDeclare={onDeclare} />
      )}
      {pageCheck && <PageCheck {...pageCheck} pageId={page?.pageId ?? null} />}
      {options && own && <Options options={options} {...own} />}
      <Part title="Words that changed">
        <p class="sub">
          Help pages before 2025 say “primary receiver” and “secondary receiver”. Meta now says default app and
          conversation routing: the default app gets every new conversation, as the primary receiver did, and any other
          app can take control or be given it, as the secondary receivers could be.
        </p>
      </Part>
    </>
  );
}

function PagePicker({
  pages,
  page,
  onPick,
}: {
  pages: PageView[];
  page: PageView;
  onPick(pageId: string): void;
}): VNode {
  return (
    <Part>
      <label class="field">
        <span>Page</span>
        <select value={page.pageId} onChange={({ currentTarget }) => onPick(currentTarget.value)}>
          {pages.map(({ pageId, name }) => (
            <option key={pageId} value={pageId}>
              {name}
            </option>
          ))}
        </select>
      </label>
    </Part>
  );
}

function SessionEnded(): VNode {
  return (
    <Part>
      <div role="status" class="result">
        <Icon name="info" />
        <bdi class="words">
          <b>The last session has ended</b>{' '}
          <span>Its Pages were kept for that session alone and are gone. Connect them again.</span>
        </bdi>
      </div>
    </Part>
  );
}

function Stopped({ why }: { why: string }): VNode {
  return (
    <Part>
      <div role="alert" class="result" data-outcome="refused">
        <Icon name="wrong" />
        <bdi class="words">
          <b>Work for this Page has stopped</b> <span>{why}</span>
        </bdi>
      </div>
    </Part>
  );
}
