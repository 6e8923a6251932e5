import type { Page } from 'puppeteer-core';
import type { Meta } from '../meta/meta';
import { type Driven, until } from './launch';
import { press, read, showTab } from './sight';

/** Opens the inbox with Baton installed and nothing connected. `variant`: which of the page's known cohorts, as a query. */
export async function openInbox(meta: Meta, driven: Driven, variant = ''): Promise<Page> {
  const inbox = await driven.open(`https://business.facebook.com/latest/inbox/all?asset_id=${meta.pageId}${variant}`);
  await until(async () => (await inbox.$$('[role=presentation]')).length > 3, 'the rows');
  return inbox;
}

/** Connects the Page in the popup's Setup, as an admin does. */
export async function connect(driven: Driven, inbox: Page, token: string): Promise<string> {
  const popup = await driven.popup(inbox);
  await until(async () => (await popup.$$('[role=tab]')).length > 1, 'the popup’s tabs');
  await showTab(popup, 'Setup');
  const field = await popup.waitForSelector('input[name=token]');
  await field?.type(token);
  await press(popup, 'Connect Page');
  await until(async () => (await popup.$$('[data-check=clock]')).length > 0, 'the checks');
  const text = await read(popup);
  await popup.close();
  await inbox.bringToFront();
  return text;
}
