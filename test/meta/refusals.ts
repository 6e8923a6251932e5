/**
 * Every refusal the emulator can give, with Meta's code. Texts in quotation are recorded; the others are this
 * project's wording of a refusal whose code alone is public.
 */

export interface Refusal {
  message: string;
  code: number;
  subcode?: number;
  type?: 'OAuthException' | 'GraphMethodException' | 'IGApiException';
  /** HTTP status; 400 where absent. */
  status?: number;
  userTitle?: string;
  userMessage?: string;
  transient?: boolean;
  /** How long a throttled caller has to wait, as the usage header tells it. */
  waitMinutes?: number;
  /** A subcode that no public source ties to this refusal for certain. */
  subcodeUnsure?: true;
}

export const refusals = {
  // Tokens. Meta, Error handling and Access token debugging, read 2026.
  noToken: { message: 'An access token is required to request this resource.', code: 104 },
  badToken: { message: 'Invalid OAuth access token - Cannot parse access token', code: 190 },
  expiredToken: { message: 'Error validating access token: Session has expired.', code: 190, subcode: 463 },
  deauthorised: {
    message: 'Error validating access token: The user has not authorized application.',
    code: 190,
    subcode: 458,
  },
  checkpointed: {
    message: 'Error validating access token: The user is enrolled in a blocking, logged-in checkpoint.',
    code: 190,
    subcode: 459,
  },
  passwordChanged: {
    message:
      'Error validating access token: The session has been invalidated because the user changed their password or Facebook has changed the session for security reasons.',
    code: 190,
    subcode: 460,
  },
  invalidSession: { message: 'Error validating access token: The access token is invalid.', code: 190, subcode: 467 },
  lostRole: {
    message: 'Error validating access token: The user must be an administrator, editor, or moderator of the page.',
    code: 190,
    subcode: 492,
  },
  dataAccessOver: {
    message: 'Error validating access token: The data access of this session has expired.',
    code: 190,
    subcode: 463,
    subcodeUnsure: true,
  },
  needsPageToken: { message: '(#190) This method must be called with a Page Access Token', code: 190 },
  debugNotAllowed: {
    message:
      '(#100) You must provide an app access token, or a user access token that is an owner or developer of the app',
    code: 100,
  },

  // Permissions.
  needsScope: { message: '(#200) The token lacks a permission that this call needs.', code: 200, status: 403 },
  noCapability: { message: '(#3) Application does not have the capability to make this API call.', code: 3 },
  noObject: {
    message:
      'Unsupported request. Object does not exist, cannot be loaded due to missing permissions, or does not support this operation.',
    code: 100,
    subcode: 33,
    type: 'GraphMethodException',
  },
  unknownPath: { message: 'Unknown path components', code: 2500 },
  unknownVersion: { message: '(#2635) You are calling a version of the API that does not exist.', code: 2635 },
  wrongMethod: { message: 'Unsupported method for this object.', code: 100, type: 'GraphMethodException' },

  // Parameters.
  invalidParameter: { message: '(#100) Invalid parameter', code: 100 },
  unknownField: { message: '(#100) Tried accessing nonexisting field', code: 100 },
  badProof: { message: '(#100) Invalid appsecret_proof provided in the API argument', code: 100 },
  syntax: { message: 'Syntax error in the fields parameter', code: 2500 },
  badCursor: { message: '(#100) The cursor is not valid here', code: 100 },
  tooManyCalls: { message: 'Too many requests in batch message. Maximum batch size is 50', code: 100 },

  // Control. Field tests of Aug 2026; the subcodes from one public project.
  routingOff: {
    message: '(#27) Take thread control is not supported when Conversation Routing is not enabled.',
    code: 27,
    subcode: 2018464,
    subcodeUnsure: true,
  },
  toggleOff: {
    message: '(#27) The app may not take control of conversations on this Page.',
    code: 27,
    subcodeUnsure: true,
  },
  alreadyOwner: { message: '(#100) The app is already the thread owner', code: 100 },
  notOwner: { message: '(#100) calling app is not the thread owner', code: 100, subcode: 2018151, subcodeUnsure: true },
  onlyOwnerReleases: {
    message: '(#100) Only the current thread owner can release',
    code: 100,
    subcode: 2018151,
    subcodeUnsure: true,
  },
  onlyOwnerExtends: {
    message: '(#100) Only the current thread owner can extend',
    code: 100,
    subcode: 2018151,
    subcodeUnsure: true,
  },
  requestWithRouting: {
    message: '(#27) Request thread control is not supported when Conversation Routing is enabled.',
    code: 27,
    subcodeUnsure: true,
  },
  targetMissing: { message: '(#100) The parameter target_app_id is required', code: 100 },
  targetIsSelf: { message: '(#100) The target app is already the thread owner', code: 100 },
  targetUnknown: { message: '(#100) Incorrect App ID', code: 100, subcode: 2018164 },
  durationTooLong: { message: '(#100) Param duration must be between 1 and 604800 seconds', code: 100 },
  controlledByOther: {
    message: '(#10) Message failed to send because another app is controlling this thread now.',
    code: 10,
    subcode: 2018300,
  },
  sendControlWithoutRouting: {
    message: '(#100) thread_control is not supported when Conversation Routing is not enabled',
    code: 100,
  },

  // Sending. Meta, Messenger platform error codes, Jun 2026.
  outsideWindow: { message: '(#10) This message is sent outside of allowed window.', code: 10, subcode: 2018278 },
  noPerson: { message: '(#100) No matching user found', code: 100, subcode: 2018001 },
  unavailable: { message: "(#551) This person isn't available right now.", code: 551, subcode: 1545041 },
  needsReview: {
    message: '(#200) Cannot message users with this feature before it is reviewed and approved',
    code: 200,
    subcode: 2018028,
  },
  removedTag: { message: '(#100) The message tag is no longer supported', code: 100 },

  // Conversations.
  messageTooOld: { message: '(#9000001) This message has been deleted', code: 9000001 },
  tooMuchData: {
    message: "Please reduce the amount of data you're asking for, then retry your request",
    code: 1,
    status: 500,
  },
  notReceivers: { message: '(#100) Only available to Primary and Secondary Receivers', code: 100, subcode: 2018171 },
  labelTerms: {
    message: 'Service temporarily unavailable',
    code: 2,
    subcode: 2018344,
    transient: false,
    userTitle: 'Privacy ToS not accepted',
    userMessage: 'To use the inbox label API, you need to accept the privacy ToS.',
  },

  // Limits. Meta, Rate limiting, Mar 2026.
  conversationRate: { message: '(#613) Calls to this api have exceeded the rate limit.', code: 613, subcode: 1996 },
  messengerLimit: {
    message: '(#80006) There have been too many messenger api calls from this Page account. Wait a bit and try again.',
    code: 80006,
    waitMinutes: 1,
  },
  appLimit: { message: '(#4) Application request limit reached', code: 4, transient: true },
  pageLimit: { message: '(#32) Page request limit reached', code: 32 },
} as const satisfies Record<string, Refusal>;

export type RefusalName = keyof typeof refusals;

/** Thrown by any part of Graph that refuses; the server turns it into Meta's envelope. */
export class GraphRefusal extends Error {
  readonly refusal: Refusal;

  /** @param detail replaces the table's message where Meta names the culprit. */
  constructor(
    readonly kind: RefusalName,
    detail?: string,
  ) {
    const refusal: Refusal = refusals[kind];
    super(detail ?? refusal.message);
    this.refusal = { ...refusal, message: this.message };
  }
}
