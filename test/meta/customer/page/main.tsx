import { render } from 'preact';
import { CustomerApp } from './CustomerApp';
import { connectFeed } from './feed-client';

render(<CustomerApp client={connectFeed()} />, document.body);
