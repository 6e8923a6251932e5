/** Everything that is read from the page's markup. Pure: the same markup gives the same answer. */
export { type Header, parseHeader } from './header';
export { type Notice, type PageMessage, parseMessages, parseNotices } from './messages';
export { parseThreadRows, type ThreadRow } from './rows';
