/** Whether a row is unread: Facebook shows that by weight alone. */
import { styleOf } from './dom';
import { isRecent } from './recent';
import type { Shape } from './row-shape';
import { ASKED_EVERY } from './row-sight';

/** Weights by document and classes, since asking for computed style makes the browser compute it early. */
const weights = new WeakMap<Document, Map<string, { bold: boolean | null; at: number }>>();

/** 700 or more. The same classes have the same weight. Null where it cannot be told. `now`: epoch ms. */
export function isBold({ name, around }: Shape, now: number): boolean | null {
  const { ownerDocument } = name;
  const classes = classesOf(around);
  const known = weights.get(ownerDocument) ?? new Map<string, { bold: boolean | null; at: number }>();
  weights.set(ownerDocument, known);
  const before = known.get(classes);
  if (before && isRecent(before.at, now, ASKED_EVERY)) return before.bold;
  const bold = computedBold(name);
  known.set(classes, { bold, at: now });
  return bold;
}

function computedBold(name: Element): boolean | null {
  const weight = styleOf(name)?.fontWeight;
  if (!weight) return null;
  return weight === 'bold' || weight === 'bolder' || Number(weight) >= 700;
}

function classesOf(elements: readonly Element[]): string {
  let classes = '';
  for (const element of elements) classes += `${element.className}>`;
  return classes;
}
