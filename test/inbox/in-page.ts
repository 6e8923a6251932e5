/** What tests run within a real page. */
export { capture } from '../../utils/inbox/capture';
export { factsOf, noFacts } from '../../utils/inbox/facts';
export { readLocation } from '../../utils/inbox/location';
export { observe } from '../../utils/inbox/observe';
export { parseHeader, parseMessages, parseNotices, parseThreadRows } from '../../utils/inbox/parse';
export { keepOnly, placeIn, removeAll } from '../../utils/inbox/place';
export { listenForFacts } from '../../utils/inbox/react-facts';
export { readPage } from '../../utils/inbox/seen';
export { fontOn, themeOn } from '../../utils/inbox/theme';
export { VARIANTS } from '../fixtures/variants';
export { countPage } from './count';
export { CLEAN, damage, isOn, markAll, sum, survivingRows, trial } from './mangle';
export { startMarking } from './marking';
