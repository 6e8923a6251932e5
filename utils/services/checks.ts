import { KNOWN_APPS } from '../conversation/apps';
import type { CheckState, CheckView } from '../conversation/view';
import type { Refusal } from '../graph/refusals';
import type { CheckEvidence } from './evidence';
import { date, FULL_ACCESS, INSTAGRAM_ROUTING, ROUTING } from './meta-settings';

interface Found {
  state: CheckState;
  title: string;
  how: string;
  who?: string | null;
  link?: CheckView['link'];
}

const TOKEN_MAKER = 'Whoever made the token.';
const NEEDED = ['pages_messaging', 'pages_manage_metadata', 'pages_read_engagement'];
/** Helps to make a token, and harms nothing. */
const HARMLESS = ['pages_show_list', 'business_management', 'public_profile'];
const WEEK_MS = 7 * 86_400_000;
const CLOCK_TOLERANCE_MS = 60_000;
/** So many customers must be missing before that says something: one may be new, or another's name spelt otherwise. */
const ENOUGH_ROWS = 3;

const nameOf = (appId: string, told: string | null): string => told ?? KNOWN_APPS[appId] ?? appId;

function notTold(refusal: Refusal, title: string, asked: string): Found {
  return { state: 'cannot-check', title, how: `${asked} ${refusal.cause}`, who: refusal.next };
}

/** The configuration checks by id, in the order they are shown. Green is only what was checked; not knowing is never red. */
const CHECKS: Record<string, (evidence: CheckEvidence) => Found> = {
  token({ me, page }) {
    const title = 'Token';
    if ('told' in me) return { state: 'ok', title, how: 'Meta answered a call made with it.' };
    if (me.refusal.trouble === 'token' || page.stopped) {
      return {
        state: 'wrong',
        title: 'The token no longer works',
        how: me.refusal.cause,
        who: me.refusal.next ?? TOKEN_MAKER,
      };
    }
    return notTold(me.refusal, title, 'Asked Meta who the token is for.');
  },

  'token-page'({ me, page }) {
    const title = 'Page of the token';
    if (!('told' in me)) return notTold(me.refusal, title, 'Asked Meta who the token is for.');
    return me.told.id === page.pageId
      ? { state: 'ok', title, how: `It is ${me.told.name ?? me.told.id}’s own.` }
      : {
          state: 'wrong',
          title: 'The token is another Page’s',
          how: 'Asked Meta who the token is for.',
          who: TOKEN_MAKER,
        };
  },

  'token-app'({ token, page }) {
    const title = 'App of the token';
    if (!('told' in token) && page.tokenApp !== null)
      return { state: 'ok', title, how: `${nameOf(page.tokenApp, null)}, known from an earlier answer of Meta’s.` };
    if (!('told' in token)) return notTold(token.refusal, title, 'Asked the token about itself.');
    const { appId, appName } = token.told;
    return appId
      ? { state: 'ok', title, how: `${appName ?? appId}, read from the token itself.` }
      : { state: 'cannot-check', title, how: 'Meta did not name the token’s app.' };
  },

  permissions({ token }) {
    const title = 'Permissions';
    if (!('told' in token)) return notTold(token.refusal, title, 'Asked the token about itself.');
    const missing = NEEDED.filter((scope) => !token.told.scopes.includes(scope));
    const surplus = token.told.scopes.filter((scope) => !NEEDED.includes(scope) && !HARMLESS.includes(scope));
    const more = surplus.length === 0 ? '' : ` More than Baton needs: ${surplus.join(', ')}.`;
    return missing.length === 0
      ? { state: 'ok', title, how: `All ${NEEDED.length} that Baton needs are granted.${more}` }
      : {
          state: 'wrong',
          title: 'Permissions are missing',
          how: `Missing: ${missing.join(', ')}.${more}`,
          who: TOKEN_MAKER,
        };
  },

  expiry({ token, at }) {
    const title = 'Token expiry';
    if (!('told' in token)) return notTold(token.refusal, title, 'Asked the token about itself.');
    const { expiresAt, dataAccessExpiresAt } = token.told;
    const data = dataAccessExpiresAt === null ? '' : ` Data access ends on ${date(dataAccessExpiresAt)}.`;
    const soon = [expiresAt, dataAccessExpiresAt].some((end) => end !== null && end - at < WEEK_MS);
    const how = `${expiresAt === null ? 'Never expires.' : `Expires on ${date(expiresAt)}.`}${data}`;
    return soon
      ? { state: 'wrong', title: 'The token ends within a week', how, who: TOKEN_MAKER }
      : { state: 'ok', title, how };
  },

  'customers-visible'({ list, rows }) {
    const title = 'Customer visibility';
    if (!('told' in list)) return notTold(list.refusal, title, 'Asked Meta for conversations.');
    const { names, conversations, since } = list.told;
    const met = rows.filter(({ name }) => names.includes(name)).length;
    const missing = rows.filter(
      ({ name, lastActivity }) => lastActivity !== null && lastActivity > since && !names.includes(name),
    ).length;
    if (missing >= ENOUGH_ROWS && missing > met) {
      return {
        state: 'wrong',
        title: 'Customers are not visible',
        how: `Meta leaves out ${missing} of the customers that the inbox shows.`,
        who: 'The app’s developer: the app needs Advanced Access.',
      };
    }
    if (met > 0) return { state: 'ok', title, how: `Meta named ${met} of the customers that the inbox shows.` };
    return {
      state: 'cannot-check',
      title,
      how: `Meta told ${conversations} conversations, and there is no inbox on screen to compare with.`,
      who: 'You: open the inbox, and check again.',
    };
  },

  subscribed({ subscribed, page }) {
    const title = 'Webhooks of the bot app';
    if (!('told' in subscribed)) return notTold(subscribed.refusal, title, 'Asked for the Page’s subscribed apps.');
    const bot = subscribed.told.find((app) => app.id === page.botApp);
    if (!bot) {
      return page.tokenApp === page.botApp
        ? {
            state: 'wrong',
            title: 'The bot app gets no messages',
            how: 'It is not among the Page’s subscribed apps.',
            who: 'The bot’s developer.',
          }
        : { state: 'cannot-check', title, how: 'Meta may list only the token’s own app.' };
    }
    if (!bot.fields)
      return { state: 'cannot-check', title, how: 'Meta lists the bot app, and not what it subscribed to.' };
    const missing = ['messages', 'messaging_handovers'].filter((field) => !bot.fields?.includes(field));
    return missing.length === 0
      ? { state: 'ok', title, how: 'The bot app gets messages and handovers.' }
      : {
          state: 'wrong',
          title: 'The bot app misses webhooks',
          how: `Missing: ${missing.join(', ')}.`,
          who: 'The bot’s developer.',
        };
  },

  'routing-messenger'({ me, list }) {
    const title = 'Messenger routing';
    const byOwner = 'told' in list && list.told.conversations > 0 ? list.told.isOwner > 0 : null;
    const byFeature = 'told' in me ? (me.told.features?.messenger ?? null) : null;
    if (byOwner === null && byFeature === null)
      return { state: 'cannot-check', title, how: 'Meta told nothing about routing.', link: ROUTING };
    if (byOwner !== null && byFeature !== null && byOwner !== byFeature) {
      return {
        state: 'cannot-check',
        title,
        how: 'Meta’s two answers contradict each other.',
        who: FULL_ACCESS,
        link: ROUTING,
      };
    }
    return (byOwner ?? byFeature)
      ? {
          state: 'ok',
          title: 'Messenger routing is on',
          how:
            byOwner === null
              ? 'Asked Meta for the Page’s messaging features.'
              : 'Meta tells the owner in the conversations list.',
        }
      : {
          state: 'wrong',
          title: 'Messenger routing is off',
          how: 'No default app is set, so no app may take control.',
          who: FULL_ACCESS,
          link: ROUTING,
        };
  },

  'routing-instagram'({ me }) {
    const title = 'Instagram routing';
    const on = 'told' in me ? (me.told.features?.instagram ?? null) : null;
    if (on === null)
      return { state: 'cannot-check', title, how: 'Meta told nothing about it.', link: INSTAGRAM_ROUTING };
    return on
      ? { state: 'ok', title: 'Instagram routing is on', how: 'Asked Meta for the Page’s messaging features.' }
      : {
          state: 'not-tested',
          title: 'Instagram routing is off',
          how: 'Baton works on Messenger; this matters for Instagram alone.',
          link: INSTAGRAM_ROUTING,
        };
  },

  'bot-app'({ page, botName, subscribed }) {
    const title = 'Bot app';
    if (page.botApp === null)
      return {
        state: 'wrong',
        title: 'No bot app is named',
        how: 'Without it nobody can say what the bot has.',
        who: 'You, in the field below.',
      };
    if (page.botApp === page.tokenApp)
      return { state: 'ok', title, how: `${nameOf(page.botApp, botName)}, the app of the token itself.` };
    if (!('told' in subscribed)) return notTold(subscribed.refusal, title, 'Asked for the Page’s subscribed apps.');
    if (subscribed.told.some((app) => app.id === page.botApp))
      return { state: 'ok', title, how: `${nameOf(page.botApp, botName)}, among the Page’s subscribed apps.` };
    // Meta may list only the app that asks: that the bot is absent tells something only where others are there.
    return subscribed.told.some((app) => app.id !== page.tokenApp)
      ? {
          state: 'wrong',
          title: 'The bot app is not connected to the Page',
          how: `${nameOf(page.botApp, botName)} is not among the Page’s subscribed apps.`,
          who: 'You, in the field below; or the bot’s developer.',
        }
      : { state: 'cannot-check', title, how: 'Meta lists only the token’s own app, so the bot app stays unseen.' };
  },

  'old-receivers'({ receivers }) {
    const title = 'Old receivers';
    if ('told' in receivers) {
      const names = receivers.told.map((app) => app.name ?? app.id).join(', ');
      return {
        state: 'ok',
        title,
        how: names ? `Meta still lists: ${names}. Routing has replaced them.` : 'None. Routing has replaced them.',
      };
    }
    if (receivers.subcode === 2018171 || receivers.subcode === 2018234) {
      return { state: 'ok', title, how: 'This app is none of them, which routing does not need.' };
    }
    return notTold(receivers.refusal, title, 'Asked Meta for secondary receivers.');
  },

  'owners-seen'({ ownersSeen }) {
    const title = 'Owners seen';
    return ownersSeen.length > 0
      ? { state: 'ok', title, how: `Meta has named: ${ownersSeen.join(', ')}.` }
      : { state: 'not-tested', title, how: 'No conversation’s owner has been read yet. Open one in the inbox.' };
  },

  'label-terms'({ labels }) {
    const title = 'Terms for labels';
    if ('told' in labels) return { state: 'ok', title, how: 'Meta answered a call for the Page’s labels.' };
    return labels.subcode === 2018344
      ? {
          state: 'wrong',
          title: 'Terms for labels are not accepted',
          how: labels.refusal.cause,
          who: FULL_ACCESS,
          link: labels.refusal.link,
        }
      : notTold(labels.refusal, title, 'Asked for the Page’s labels.');
  },

  clock({ clockOffset }) {
    const title = 'Clock';
    if (clockOffset === null) return { state: 'cannot-check', title, how: 'No answer of Meta’s came to compare with.' };
    const seconds = Math.round(Math.abs(clockOffset) / 1000);
    return seconds * 1000 <= CLOCK_TOLERANCE_MS
      ? { state: 'ok', title, how: `Within ${Math.max(seconds, 1)} s of Meta’s.` }
      : {
          state: 'wrong',
          title: 'This computer’s clock is wrong',
          how: `${seconds} s off Meta’s. Baton corrects for it; other programs may not.`,
          who: 'You, in the computer’s settings.',
        };
  },

  budget({ budgetPercent }) {
    const title = 'Meta’s allowance';
    if (budgetPercent === null)
      return { state: 'cannot-check', title, how: 'Meta’s answers did not say how much is used.' };
    return budgetPercent < 90
      ? { state: 'ok', title, how: `${Math.round(budgetPercent)} % of the hour’s calls are used.` }
      : {
          state: 'wrong',
          title: 'Meta’s allowance is nearly used up',
          how: `${Math.round(budgetPercent)} % of the hour’s calls are used. Readings are slower.`,
          who: 'Whoever else calls with this app.',
        };
  },

  'host-access'({ hostAccess }) {
    const title = 'Access to Facebook';
    return hostAccess
      ? { state: 'ok', title, how: 'The browser lets Baton read the inbox and ask Graph.' }
      : {
          state: 'wrong',
          title: 'The browser withholds access',
          how: 'Baton may not read the inbox or ask Graph.',
          who: 'You, in the browser’s settings for Baton.',
        };
  },
};

/** Concludes every check from the evidence; each carries when it was checked. */
export function concludeChecks(evidence: CheckEvidence): CheckView[] {
  return Object.entries(CHECKS).map(([id, check]) => {
    const { state, title, how, who = null, link = null } = check(evidence);
    return { id, state, title, at: evidence.at, how, who, link };
  });
}
