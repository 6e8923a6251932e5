import PageParserTree from 'page-parser-tree';
import { followRow } from '../recycled';

const page = new PageParserTree(document, {
  tags: {},
  watchers: [{ sources: [null], selectors: ['body', 'section', '#list', '.slot', '._5_n1'], tag: 'row' }],
  finders: {},
});
page.tree.getAllByTag('row').subscribe((changes) => {
  for (const change of changes) if (change.type === 'add') followRow(change.value.getValue());
});
for (const node of page.tree.getAllByTag('row').values()) followRow(node.getValue());
