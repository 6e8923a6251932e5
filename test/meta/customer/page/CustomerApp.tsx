import { useEffect, useState } from 'preact/hooks';
import type { FeedMessage, FeedThread } from '../../inbox/feed';
import type { CustomerClient, Threads } from './feed-client';

const QUICK_WORDS = ['Hello', 'Are you open on Sunday?', 'Talk to a human', 'Thank you'];

/** One plays a customer: on the left whom, on the right what the Page and they have said. */
export function CustomerApp({ client }: { client: CustomerClient }) {
  const [threads, setThreads] = useState<Threads | null>(null);
  useEffect(() => client.subscribe(setThreads), [client]);
  return threads && <Customers threads={threads} client={client} />;
}

/** Whom the address names, else the newest of the moment: the choice stays when another becomes the newest. */
function Customers({ threads, client }: { threads: Threads; client: CustomerClient }) {
  const newestFirst = [...threads.byId.values()].sort((a, b) => b.lastActivityAt - a.lastActivityAt);
  const [userId, setUserId] = useState(
    new URLSearchParams(location.search).get('customer') ?? newestFirst[0]?.userId ?? '',
  );
  const thread = threads.byId.get(userId);
  const choose = (chosen: string) => {
    setUserId(chosen);
    history.replaceState(null, '', `?customer=${chosen}`);
  };

  return (
    <main>
      <nav aria-label="Customers">
        <h1>Write as</h1>
        {newestFirst.map((each) => (
          <button type="button" key={each.userId} aria-current={each === thread} onClick={() => choose(each.userId)}>
            <bdi>{each.title}</bdi>
            <small dir="auto">{each.snippet}</small>
          </button>
        ))}
      </nav>
      {thread && <Conversation key={thread.userId} thread={thread} pageName={threads.pageName} client={client} />}
    </main>
  );
}

function Conversation({ thread, pageName, client }: { thread: FeedThread; pageName: string; client: CustomerClient }) {
  const [text, setText] = useState('');
  const [failure, setFailure] = useState<string | null>(null);
  const say = async (words: string) => {
    setFailure(await client.say(thread.userId, words));
  };
  const submit = (event: Event) => {
    event.preventDefault();
    if (text.trim() === '') return;
    void say(text);
    setText('');
  };
  return (
    <section>
      <header>
        <strong>{pageName}</strong>
        <span>
          You are <bdi>{thread.title}</bdi>, on {CHANNEL_NAMES[thread.channel]}
        </span>
      </header>
      <Messages messages={thread.messages} />
      {failure && <p role="alert">{failure}</p>}
      <div class="quick">
        {QUICK_WORDS.map((words) => (
          <button type="button" key={words} onClick={() => void say(words)}>
            {words}
          </button>
        ))}
      </div>
      <form onSubmit={submit}>
        <input
          aria-label="Message"
          placeholder="Aa"
          autocomplete="off"
          value={text}
          onInput={({ currentTarget }) => setText(currentTarget.value)}
        />
        <button type="submit">Send</button>
      </form>
    </section>
  );
}

const CHANNEL_NAMES = { messenger: 'Messenger', instagram: 'Instagram', whatsapp: 'WhatsApp' } as const;
const timeOfDay = new Intl.DateTimeFormat(undefined, { weekday: 'short', hour: 'numeric', minute: '2-digit' });

/** A customer sees who said it, the customer or the Page, and nothing of who answers for the Page. */
function Messages({ messages }: { messages: FeedMessage[] }) {
  const said = messages.filter(({ direction }) => direction !== 'system');
  return (
    <ol aria-live="polite">
      {said.map(({ mid, at, direction, kind, text, replyTo }, index) => (
        <li
          key={mid}
          class={direction}
          title={timeOfDay.format(at)}
          dir="auto"
          ref={index === said.length - 1 ? reveal : undefined}
        >
          {replyTo && <q>{replyTo.text}</q>}
          {text || (kind === 'sticker' ? 'Sticker' : 'Picture')}
        </li>
      ))}
    </ol>
  );
}

/** Called once for each message that becomes the last. */
function reveal(message: HTMLElement | null) {
  message?.scrollIntoView({ block: 'end' });
}
