/** Where at Meta people set what the checks are about, and who may. Paths as public pages named them in October 2026. */
export const ROUTING = {
  text: 'Open conversation routing',
  url: 'https://www.facebook.com/settings?tab=msgr_conversation_routing',
};

export const INSTAGRAM_ROUTING = {
  text: 'Open Instagram routing',
  url: 'https://www.facebook.com/settings?tab=ig_conversation_routing',
};

export const ADVANCED = {
  text: 'Open advanced messaging',
  url: 'https://www.facebook.com/settings?tab=advanced_messaging',
};

export const FULL_ACCESS = 'Someone with full access to the Page.';

/** A day for people. `at`: epoch ms. */
export const date = (at: number): string => new Intl.DateTimeFormat(undefined, { dateStyle: 'medium' }).format(at);
