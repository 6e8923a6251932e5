/** What “Check this page” calls, by the names that it tells, in their order. */
export const CHECKED_CALLS: readonly string[] = [
  'me',
  'debug_token',
  'conversations',
  'messages',
  'thread_owner',
  'subscribed_apps',
  'secondary_receivers',
  'custom_labels',
  'app',
];
