import type { VNode } from 'preact';
import { useState } from 'preact/hooks';
import type { Declared } from '../../utils/conversation/declared';
import { invisibleIn } from '../../utils/conversation/signature';
import type { DeclaredView, Reply } from '../../utils/conversation/view';
import { invisibleLine } from '../words';
import { Part } from './Part';
import { Said, type Words, wordsOf } from './Said';

/** As typed, and only what may be changed; blank: to be removed. */
export type DeclareRequest = { pageId: string } & Partial<Record<keyof Declared, string>>;

interface Props {
  pageId: string;
  declared: DeclaredView;
  onDeclare(request: DeclareRequest): Promise<Reply<null>>;
}

const FIELDS: readonly { name: keyof Declared; title: string; hint: string }[] = [
  {
    name: 'signature',
    title: 'Signature of the bot',
    hint: 'What each of its messages begins with, or invisible characters in it. A message that carries it is the bot’s for certain. It is shown nowhere else.',
  },
  {
    name: 'handBackPhrase',
    title: 'Hand-back phrase',
    hint: 'Words by which your agents give a conversation back to the bot. Baton says so while they stand in a reply that is not sent.',
  },
];

/** What the admin declares about the words around a Page's bot. An empty field removes it. */
export function BotWords({ pageId, declared, onDeclare }: Props): VNode {
  const [typed, setTyped] = useState<Partial<Record<keyof Declared, string>>>({});
  const [said, say] = useState<Words | null>(null);
  const free = FIELDS.map(({ name }) => name).filter((name) => !declared.byPolicy.includes(name));
  const wordsIn = (name: keyof Declared) => typed[name] ?? declared[name] ?? '';

  async function submit(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    const done = await onDeclare({ pageId, ...Object.fromEntries(free.map((name) => [name, wordsIn(name)])) });
    say(wordsOf(done));
    if (done.ok) setTyped({});
  }

  return (
    <Part title="What the bot writes">
      <form onSubmit={submit} autocomplete="off">
        {FIELDS.map((field) => (
          <Field
            key={field.name}
            {...field}
            words={wordsIn(field.name)}
            isFree={free.includes(field.name)}
            onType={(words) => {
              setTyped({ ...typed, [field.name]: words });
              say(null);
            }}
          />
        ))}
        {free.length > 0 && (
          <div class="acts">
            <button type="submit" class="btn">
              Keep these words
            </button>
          </div>
        )}
      </form>
      <Said said={said} />
    </Part>
  );
}

interface FieldProps {
  name: keyof Declared;
  title: string;
  hint: string;
  words: string;
  /** No policy of the browser sets it. */
  isFree: boolean;
  onType(words: string): void;
}

/** One field; what is in it and cannot be seen there is said below. */
function Field({ name, title, hint, words, isFree, onType }: FieldProps): VNode {
  const unseen = invisibleLine(invisibleIn(words));
  return (
    <>
      <label class="field">
        <span>{title}</span>
        <input
          type="text"
          name={name}
          value={words}
          disabled={!isFree}
          autocomplete="off"
          spellcheck={false}
          aria-describedby={`${name}-hint`}
          onInput={({ currentTarget }) => onType(currentTarget.value)}
        />
      </label>
      <p class="sub hint" id={`${name}-hint`}>
        {unseen && <b>{unseen} </b>}
        {!isFree && 'Your organisation has set this. '}
        {hint}
      </p>
    </>
  );
}
