/**
 * The one shared state: a Page, its apps, its conversations, and a clock that tests move.
 * Here is what everybody can do; the rules decide, the listeners hear of it.
 */
import { customerHooks, reactionHooks } from './hooks';
import { type App, type Entry, INBOX_APP, type Message, type Platform, type Template, type Thread } from './model';
import { newThread } from './new-thread';
import { isSystemLine } from './page-feed';
import { GraphRefusal } from './refusals';
import {
  AD_WINDOW,
  CONTROL_TERM,
  type ControlAction,
  DAY,
  firstBroken,
  HUMAN_AGENT_WINDOW,
  ownerAfter,
  ownerAt,
  routedApp,
  type Situation,
  STANDARD_WINDOW,
  takesBySending,
} from './rules';
import { type Content, platformOf, WorldBase } from './world-base';

/** What a customer does. One of text, sticker, image, postback and reaction; `entry` tells the way in. */
export interface CustomerInput {
  text?: string;
  sticker?: boolean;
  image?: boolean;
  postback?: { title: string; payload: string };
  /** To the newest message of the Page, where no `messageId` is given. */
  reaction?: { reaction: string; messageId?: string };
  replyTo?: string;
  entry?: Entry;
}

export interface ControlParams {
  /** Pass: the wanted owner. */
  target?: string | null;
  metadata?: string | null;
  /** Extend: ms. */
  duration?: number;
}

export interface SendParams {
  text?: string;
  template?: Template;
  image?: boolean;
  replyTo?: string | null;
  metadata?: string | null;
  humanAgentTag?: boolean;
  removedTag?: boolean;
  handsOver?: { to: 'pass' | 'release'; target: string | null } | null;
  /** No message: typing, seen. */
  silent?: boolean;
}

export class World extends WorldBase {
  // ── The customer ────────────────────────────────────────────────────────────────────────────────────────────────

  /**
   * The customer does something. A string is a text.
   * @param id PSID, page id or Graph id of the conversation
   * @returns the new message, or for a reaction the one reacted to
   * @throws RangeError for an unknown conversation, for nothing said, or for a reaction to nothing
   */
  customerSays(id: string, said: string | CustomerInput): Message {
    const thread = this.thread(id);
    const input = typeof said === 'string' ? { text: said } : said;
    if (!input.text && !input.sticker && !input.image && !input.postback && !input.reaction)
      throw new RangeError('A customer says text, sticker, image, postback or reaction');
    const at = this.now();
    const message = input.reaction
      ? this.react(thread, input.reaction)
      : this.append(thread, { kind: 'customer' }, customerContent(input), at);
    this.openWindows(thread, input.entry ?? 'direct', at);
    if (!input.reaction) {
      thread.folder = 'inbox';
      this.route(thread, input.entry ?? 'direct', at);
    }
    const scene = this.scene(thread, at);
    if (scene) {
      const { apps } = this.current;
      this.emit(
        input.reaction
          ? reactionHooks(apps, scene, message.id, input.reaction.reaction)
          : customerHooks(apps, scene, message, input.postback?.payload ?? null),
      );
    }
    this.changed(thread);
    return message;
  }

  /** A new customer, who has not written yet. */
  addCustomer(name: string, channel: Platform): Thread {
    const thread = newThread(this.dice, name, channel);
    this.current.threads.push(thread);
    return thread;
  }

  /** The customer blocks the Page, or lets it write again. */
  block(id: string, on: boolean): void {
    this.thread(id).blocked = on;
  }

  private react(thread: Thread, { reaction, messageId }: NonNullable<CustomerInput['reaction']>): Message {
    const target = messageId
      ? thread.messages.find((m) => m.id === messageId)
      : thread.messages.findLast((m) => m.author.kind !== 'customer' && !isSystemLine(m));
    if (!target) throw new RangeError('There is nothing to react to');
    target.reactions = [{ reaction, by: thread.psid }];
    return target;
  }

  private openWindows(thread: Thread, entry: Entry, at: number): void {
    const length = entry === 'ad' ? AD_WINDOW : STANDARD_WINDOW;
    thread.standardWindowEndsAt = Math.max(thread.standardWindowEndsAt, at + length);
    thread.humanAgentWindowEndsAt = Math.max(thread.humanAgentWindowEndsAt, at + HUMAN_AGENT_WINDOW);
  }

  /** An idle thread goes to the routed app; an owned one stays and ends later. */
  private route(thread: Thread, entry: Entry, at: number): void {
    const platform = platformOf(thread);
    if (platform === null) return;
    const control = ownerAt(thread.control, at) === null ? null : thread.control;
    if (control) {
      control.expiresAt = Math.max(control.expiresAt, at + (thread.adControlDays ?? 1) * DAY);
      return;
    }
    const routing = this.routing(platform);
    const owner = routedApp(routing, entry);
    thread.adControlDays = owner !== null && entry === 'ad' ? routing.adControlDays : null;
    thread.control = owner === null ? null : { owner, since: at, expiresAt: at + (thread.adControlDays ?? 1) * DAY };
    thread.metaAi = false;
  }

  // ── The Page's people, as they act in the inbox ─────────────────────────────────────────────────────────────────

  /** An agent answers in the inbox, which takes control by that alone. */
  sendAsInbox(userId: string, text: string, agent: string, device: 'desktop' | 'mobile' = 'desktop'): Message {
    const thread = this.thread(userId);
    this.inboxTakes(thread);
    this.leaveMetaAi(thread);
    thread.readAt = this.now();
    return this.pageSays(thread, { kind: 'human', name: agent, device }, { kind: 'text', text });
  }

  /** Back from Done to the main folder, which gives the inbox control. */
  moveToMain(userId: string): void {
    const thread = this.thread(userId);
    thread.folder = 'inbox';
    this.inboxTakes(thread);
    this.changed(thread);
  }

  markDone(userId: string): void {
    const thread = this.thread(userId);
    thread.folder = 'done';
    const platform = platformOf(thread);
    if (platform && this.owner(thread) === INBOX_APP[platform]) this.followDone(thread, platform);
    this.changed(thread);
  }

  /** What Done does to control is one of the doubts. */
  private followDone(thread: Thread, platform: Platform): void {
    const reading = this.doubts.done;
    if (reading === 'nothing') return;
    this.moveControl(thread, reading === 'releases' ? null : this.defaultApp(platform), 'pass_thread_control', '');
  }

  /** @param name null takes the assignment back */
  assign(userId: string, name: string | null): void {
    const thread = this.thread(userId);
    if (thread.assignedTo === name) return;
    thread.assignedTo = name;
    if (name !== null)
      this.pageSays(
        thread,
        { kind: 'meta' },
        { kind: 'activity', text: `${this.current.viewer} assigned this conversation to ${name}` },
      );
    else this.changed(thread);
  }

  markRead(userId: string): void {
    const thread = this.thread(userId);
    thread.readAt = this.now();
    this.changed(thread);
  }

  /** The agent takes the chat from Meta's own AI. */
  respondYourself(userId: string): void {
    const thread = this.thread(userId);
    this.leaveMetaAi(thread);
    this.changed(thread);
  }

  private inboxTakes(thread: Thread): void {
    const platform = platformOf(thread);
    if (platform === null || this.owner(thread) === INBOX_APP[platform]) return;
    this.moveControl(thread, INBOX_APP[platform], 'take_thread_control', '');
  }

  // ── Meta's own machinery ────────────────────────────────────────────────────────────────────────────────────────

  /** Meta's AI takes or leaves the chat. It acts under the inbox's id, and no webhook tells of it. */
  setMetaAi(userId: string, on: boolean): void {
    const thread = this.thread(userId);
    const platform = platformOf(thread);
    if (!on) this.leaveMetaAi(thread);
    else if (platform && !thread.metaAi) {
      this.setControl(thread, INBOX_APP[platform]);
      thread.metaAi = true;
      this.pageSays(thread, { kind: 'meta' }, { kind: 'notice', text: 'Your AI agent will respond.' });
    }
    this.changed(thread);
  }

  metaAiSays(userId: string, text: string): Message {
    return this.pageSays(this.thread(userId), { kind: 'meta-ai' }, { kind: 'text', text });
  }

  automationSays(userId: string, text: string): Message {
    return this.pageSays(this.thread(userId), { kind: 'automation' }, { kind: 'text', text });
  }

  private leaveMetaAi(thread: Thread): void {
    if (!thread.metaAi) return;
    thread.metaAi = false;
    this.pageSays(thread, { kind: 'meta' }, { kind: 'notice', text: 'You took over this chat from your AI agent.' });
  }

  /** Gives control to an app for a day, by the rules of nobody; null: to nobody. */
  give(thread: Thread, owner: string | null): void {
    const since = this.now();
    thread.control = owner === null ? null : { owner, since, expiresAt: since + DAY };
  }

  // ── The apps, through Graph ─────────────────────────────────────────────────────────────────────────────────────

  /**
   * A control call.
   * @param apply false: only asks whether it would be allowed
   * @throws GraphRefusal by the first broken rule
   */
  control(action: ControlAction, caller: App, thread: Thread, params: ControlParams = {}, apply = true): void {
    const platform = requirePlatform(thread);
    const situation = this.situation(caller, thread, platform, {
      target: params.target ?? null,
      duration: params.duration ?? CONTROL_TERM,
    });
    const broken = firstBroken(action, situation);
    const passesUnheard = broken?.rule === 'request-no-routing' && this.doubts['request-with-routing'] === 'no-effect';
    if (broken && !passesUnheard) throw new GraphRefusal(broken.refusal);
    if (broken || !apply) return;
    const owner = ownerAfter(action, situation);
    const metadata = params.metadata ?? '';
    switch (action) {
      case 'pass':
        this.moveControl(thread, owner, 'pass_thread_control', metadata);
        break;
      case 'take':
        this.moveControl(thread, owner, 'take_thread_control', metadata);
        break;
      case 'request':
        if (situation.owner === null) this.setControl(thread, owner);
        else this.tell(thread, owner, 'request_thread_control', { requested_owner_app_id: caller.id, metadata });
        break;
      case 'release':
        this.setControl(thread, owner);
        break;
      case 'extend':
        this.setControl(thread, owner, this.now() + situation.duration);
        break;
    }
    this.changed(thread);
  }

  /**
   * The Send API.
   * @returns the new message; null for a silent action or without `apply`
   * @throws GraphRefusal by the first broken rule
   */
  appSends(caller: App, thread: Thread, send: SendParams, apply = true): Message | null {
    const platform = requirePlatform(thread);
    const situation = this.situation(caller, thread, platform, {
      target: send.handsOver?.target ?? null,
      handsOver: send.handsOver?.to ?? null,
      humanAgentTag: send.humanAgentTag ?? false,
      removedTag: send.removedTag ?? false,
    });
    const broken = firstBroken('send', situation);
    if (broken) throw new GraphRefusal(broken.refusal);
    if (!apply || send.silent) return null;
    if (takesBySending(situation)) this.moveControl(thread, caller.id, 'take_thread_control', '');
    const kind = send.template ? 'template' : send.image ? 'image' : 'text';
    const message = this.pageSays(
      thread,
      { kind: 'app', appId: caller.id },
      { kind, text: send.text ?? '', template: send.template ?? null, replyTo: send.replyTo ?? null },
      send.metadata ?? null,
    );
    if (send.handsOver) this.handOver(thread, situation, send.handsOver.to);
    return message;
  }

  private handOver(thread: Thread, situation: Situation, to: 'pass' | 'release'): void {
    this.moveControl(thread, ownerAfter(to, situation), 'pass_thread_control', '');
    this.changed(thread);
  }

  private situation(caller: App, thread: Thread, platform: Platform, given: Partial<Situation>): Situation {
    const now = this.now();
    const defaultApp = this.defaultApp(platform);
    const wanted = given.target ?? defaultApp;
    const otherInbox = INBOX_APP[platform === 'messenger' ? 'instagram' : 'messenger'];
    return {
      caller: caller.id,
      owner: this.owner(thread),
      defaultApp,
      toggle: caller.takeControl,
      target: null,
      targetConnected: wanted !== null && wanted !== otherInbox && this.app(wanted)?.connected === true,
      duration: CONTROL_TERM,
      standardWindowOpen: now < thread.standardWindowEndsAt,
      humanAgentWindowOpen: now < thread.humanAgentWindowEndsAt,
      humanAgentTag: false,
      humanAgentFeature: caller.humanAgent,
      removedTag: false,
      blocked: thread.blocked,
      handsOver: null,
      ...given,
    };
  }
}

function customerContent(input: CustomerInput): Content {
  if (input.postback) return { kind: 'postback', text: input.postback.title };
  const kind = input.sticker ? 'sticker' : input.image ? 'image' : 'text';
  return { kind, text: input.text ?? '', replyTo: input.replyTo ?? null };
}

function requirePlatform(thread: Thread): Platform {
  const platform = platformOf(thread);
  if (platform === null) throw new GraphRefusal('noPerson');
  return platform;
}
