import { listenForFacts } from '../../../utils/inbox/react-facts';

/** Baton's script in the page's own world. */
listenForFacts(document);
