/**
 * The ground of the world: its state and clock, who listens, where things are, what an admin sets, and the small steps
 * that every act is made of.
 */
import { type Doubts, defaultDoubts, isReading } from './doubts';
import { echoHooks, type Handover, type HookEvent, handoverHook, roleHooks } from './hooks';
import { Dice, newMessageId, newPageMid } from './ids';
import type { Feed, FeedThread } from './inbox/feed';
import type { App, Author, Message, Platform, Routing, SavedWorld, Thread, Token, WorldState } from './model';
import { feedOf, feedThread } from './page-feed';
import { CONTROL_TERM, defaultAppOf, ownerAt } from './rules';

type Listener<T> = (value: T) => void;

/** Adds a listener and returns how to stop. */
function listen<T>(set: Set<Listener<T>>, listener: Listener<T>): () => void {
  set.add(listener);
  return () => void set.delete(listener);
}

/** What a message says, without who and when. */
export type Content = Pick<Message, 'kind' | 'text'> & Partial<Pick<Message, 'template' | 'replyTo'>>;

/** The platform that Graph knows the conversation on; null for WhatsApp. */
export function platformOf(thread: Thread): Platform | null {
  return thread.channel === 'whatsapp' ? null : thread.channel;
}

export class WorldBase {
  private readonly pageListeners = new Set<Listener<FeedThread[]>>();
  private readonly hookListeners = new Set<Listener<HookEvent>>();
  protected dice: Dice;

  constructor(
    protected current: WorldState,
    private readonly realNow: () => number = Date.now,
  ) {
    this.dice = new Dice(current.dice);
  }

  // ── State and clock ─────────────────────────────────────────────────────────────────────────────────────────────

  /** The live state, for reading. */
  get state(): Readonly<WorldState> {
    return this.current;
  }

  /** Epoch ms by the world's clock. */
  now(): number {
    return this.realNow() + this.current.clockOffset;
  }

  /** Moves the clock by `ms`. @throws RangeError backwards */
  advance(ms: number): void {
    if (!Number.isFinite(ms) || ms < 0) throw new RangeError('The clock goes forward only');
    this.current.clockOffset += ms;
  }

  /** Sets the clock to `at`, epoch ms. */
  setClock(at: number): void {
    this.advance(at - this.now());
  }

  /** A copy that can be written to a file. The addresses of webhooks stay out: they belong to the running emulator. */
  save(): SavedWorld {
    const apps = this.current.apps.map((app) => ({ ...app, webhook: null }));
    return structuredClone({ ...this.current, apps, dice: this.dice.state, savedAt: this.now() });
  }

  /**
   * Puts a saved world in place of this one. Its clock goes on from where it was saved; listeners and webhooks stay.
   * @throws RangeError if it is none
   */
  load({ savedAt, ...saved }: SavedWorld): void {
    if (!Array.isArray(saved.threads) || !saved.page?.id) throw new RangeError('This is no saved world');
    const apps = saved.apps.map((app) => ({ ...app, webhook: this.app(app.id)?.webhook ?? null }));
    const doubts = { ...defaultDoubts(), ...saved.doubts };
    this.current = structuredClone({ ...saved, apps, doubts, clockOffset: savedAt - this.realNow() });
    this.dice = new Dice(saved.dice);
    this.changed(...this.current.threads);
  }

  get doubts(): Doubts {
    return this.current.doubts;
  }

  /** @throws RangeError for an unknown doubt or reading */
  setDoubt(id: string, reading: unknown): void {
    if (!isReading(id, reading)) throw new RangeError(`No reading ${String(reading)} of ${id}`);
    Object.assign(this.current.doubts, { [id]: reading });
    this.changed(...this.current.threads);
  }

  /** For the page: calls back with the threads that changed. Returns how to stop. */
  subscribe(listener: Listener<FeedThread[]>): () => void {
    return listen(this.pageListeners, listener);
  }

  /** For delivery: calls back with each webhook event. Returns how to stop. */
  onHook(listener: Listener<HookEvent>): () => void {
    return listen(this.hookListeners, listener);
  }

  // ── Looking up ──────────────────────────────────────────────────────────────────────────────────────────────────

  app(id: string): App | undefined {
    return this.current.apps.find((app) => app.id === id);
  }

  token(value: string): Token | undefined {
    return this.current.tokens.find((token) => token.value === value);
  }

  /** By PSID, the page's id, or Graph's id. */
  findThread(id: string): Thread | undefined {
    return this.current.threads.find((thread) => thread.psid === id || thread.userId === id || thread.id === id);
  }

  /** @throws RangeError where there is none */
  thread(id: string): Thread {
    const thread = this.findThread(id);
    if (!thread) throw new RangeError(`No conversation ${id}`);
    return thread;
  }

  /** The first conversation with somebody of this name. @throws RangeError where there is none */
  threadWith(name: string): Thread {
    const thread = this.current.threads.find((candidate) => candidate.name === name);
    if (!thread) throw new RangeError(`No conversation with ${name}`);
    return thread;
  }

  routing(platform: Platform): Routing {
    return this.current.routing[platform];
  }

  /** The default app; null while routing is off. */
  defaultApp(platform: Platform): string | null {
    return defaultAppOf(this.routing(platform));
  }

  /** Who has control now; null: idle, or a channel without control. */
  owner(thread: Thread): string | null {
    return ownerAt(thread.control, this.now());
  }

  feed(): Feed {
    return feedOf(this.current, this.now());
  }

  // ── Settings of the Page ────────────────────────────────────────────────────────────────────────────────────────

  setRouting(platform: Platform, change: Partial<Routing>): void {
    const before = this.defaultApp(platform);
    Object.assign(this.routing(platform), change);
    const after = this.defaultApp(platform);
    if (before !== after)
      this.emit(roleHooks(this.current.apps, { id: this.current.page.id, platform }, this.now(), after));
  }

  /** The webhook fields an app hears of; none: it is not subscribed. */
  subscribeApp(appId: string, fields: string[]): void {
    const app = this.app(appId);
    if (app) app.subscribedFields = fields;
  }

  /** The toggle "Take control of conversations", the webhook address, and what else an app's owner sets. */
  changeApp(appId: string, change: Partial<Omit<App, 'id'>>): App {
    const app = this.app(appId);
    if (!app) throw new RangeError(`No app ${appId}`);
    return Object.assign(app, change);
  }

  /** @returns the new label's id */
  createLabel(name: string): string {
    const id = this.dice.digits(13);
    this.current.labels.push({ id, name });
    return id;
  }

  deleteLabel(id: string): void {
    this.current.labels = this.current.labels.filter((label) => label.id !== id);
    for (const thread of this.current.threads) thread.labelIds = thread.labelIds.filter((labelId) => labelId !== id);
  }

  labelPerson(thread: Thread, labelId: string, on: boolean): void {
    thread.labelIds = [...thread.labelIds.filter((id) => id !== labelId), ...(on ? [labelId] : [])];
  }

  /** Sets entries of the Messenger profile; undefined clears one. */
  setProfile(change: Record<string, unknown>): void {
    const merged = Object.entries({ ...this.current.page.messengerProfile, ...change });
    this.current.page.messengerProfile = Object.fromEntries(merged.filter(([, value]) => value !== undefined));
  }

  acceptLabelTerms(accepted: boolean): void {
    this.current.page.labelTermsAccepted = accepted;
  }

  setSettings(change: Record<string, unknown>): void {
    Object.assign(this.current.page.settings, change);
  }

  // ── Small steps ─────────────────────────────────────────────────────────────────────────────────────────────────

  /** Gives control to `owner` (null: idle) and tells the one app that Meta tells. */
  protected moveControl(thread: Thread, owner: string | null, kind: Handover, metadata: string): void {
    const before = this.owner(thread);
    this.setControl(thread, owner);
    if (owner === null) return;
    const told = kind === 'take_thread_control' ? before : owner;
    this.tell(thread, told, kind, { previous_owner_app_id: before, new_owner_app_id: owner, metadata });
  }

  /** Any control call ends an ad's longer control. */
  protected setControl(thread: Thread, owner: string | null, expiresAt = this.controlEnd(thread)): void {
    const same = owner !== null && owner === this.owner(thread);
    thread.adControlDays = null;
    if (owner !== this.owner(thread)) thread.metaAi = false;
    thread.control =
      owner === null ? null : { owner, since: same && thread.control ? thread.control.since : this.now(), expiresAt };
  }

  private controlEnd(thread: Thread): number {
    if (this.doubts['control-term'] === 'from-action') return this.now() + CONTROL_TERM;
    const last = thread.messages.findLast((message) => message.author.kind === 'customer');
    return (last?.at ?? 0) + CONTROL_TERM;
  }

  protected tell(thread: Thread, told: string | null, kind: Handover, body: Record<string, unknown>): void {
    const scene = this.scene(thread, this.now());
    if (scene) this.emit(handoverHook(this.current.apps, scene, told, kind, body));
  }

  protected pageSays(thread: Thread, author: Author, content: Content, metadata: string | null = null): Message {
    const at = this.now();
    const message = this.append(thread, author, content, at);
    const scene = this.scene(thread, at);
    if (scene) this.emit(echoHooks(this.current.apps, scene, message, metadata));
    this.changed(thread);
    return message;
  }

  /** Ids in order of writing; two messages of one thread never share a moment. */
  protected append(thread: Thread, author: Author, content: Content, at: number): Message {
    const last = thread.messages.at(-1);
    const message: Message = {
      id: newMessageId(this.dice),
      mid: newPageMid(this.dice),
      at: last ? Math.max(at, last.at + 1) : at,
      author,
      template: null,
      replyTo: null,
      reactions: [],
      unsupported: false,
      ...content,
    };
    thread.messages.push(message);
    return message;
  }

  protected scene(thread: Thread, at: number) {
    const platform = platformOf(thread);
    if (platform === null) return null;
    const { id, instagramMailboxId } = this.current.page;
    return {
      pageId: platform === 'instagram' ? instagramMailboxId : id,
      platform,
      defaultApp: this.defaultApp(platform),
      owner: this.owner(thread),
      thread,
      at,
    };
  }

  protected emit(events: HookEvent[]): void {
    for (const event of events) for (const listener of this.hookListeners) listener(event);
  }

  protected changed(...threads: Thread[]): void {
    if (this.pageListeners.size === 0) return;
    const feed = threads.map((thread) => feedThread(this.current, thread));
    for (const listener of this.pageListeners) listener(feed);
  }
}
