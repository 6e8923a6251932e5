/**
 * Baton's icons, drawn for it on a grid of 16 px with strokes of 1.3 px and round ends.
 * Paths are written out in each place, with no sprite and no mask: a reference by id does not reach into
 * a shadow root, and a mask is dear in forty rows.
 */
import type { VNode } from 'preact';

interface Drawing {
  /** Path that is filled (even-odd). */
  fill?: string;
  /** Path that is stroked. */
  line?: string;
  /** Stroke width, px; 1.3 where not given. */
  width?: number;
  dash?: string;
  /** The whole grid where not given. */
  viewBox?: string;
  /** Mirrored from right to left: it points along the line of reading. */
  mirrors?: true;
}

const RING = 'M2.15 8a5.85 5.85 0 1 1 11.7 0 5.85 5.85 0 0 1-11.7 0';
const DISC = 'M8 1.5a6.5 6.5 0 1 1 0 13 6.5 6.5 0 0 1 0-13Z';
const SLASH = 'M2.6 2.2l11.6 11.6';

const DRAWINGS = {
  bot: {
    fill: 'M8.75 3.3a1.25 1.25 0 1 0-1.5 0v1.2H5a2.75 2.75 0 0 0-2.75 2.75v3.5A2.75 2.75 0 0 0 5 13.5h6a2.75 2.75 0 0 0 2.75-2.75v-3.5A2.75 2.75 0 0 0 11 4.5H8.75zm-3 4.5a1.2 1.2 0 1 1 0 2.4 1.2 1.2 0 0 1 0-2.4m4.5 0a1.2 1.2 0 1 1 0 2.4 1.2 1.2 0 0 1 0-2.4',
  },
  'bot-line': {
    line: 'M5.1 5.1h5.8a2.2 2.2 0 0 1 2.2 2.2v3.4a2.2 2.2 0 0 1-2.2 2.2H5.1a2.2 2.2 0 0 1-2.2-2.2V7.3a2.2 2.2 0 0 1 2.2-2.2m2.9 0V3.2',
    fill: 'M8 1.15a1.15 1.15 0 1 1 0 2.3 1.15 1.15 0 0 1 0-2.3M5.9 8a1 1 0 1 1 0 2 1 1 0 0 1 0-2m4.2 0a1 1 0 1 1 0 2 1 1 0 0 1 0-2',
  },
  'not-bot': {
    fill: 'M8.75 3.3a1.25 1.25 0 1 0-1.5 0v1l6.49 6.5.01-.05v-3.5A2.75 2.75 0 0 0 11 4.5H8.75zM3.11 5.25a2.8 2.8 0 0 0-.86 2v3.5A2.75 2.75 0 0 0 5 13.5h6l.33-.02-4.38-4.39A1.2 1.2 0 1 1 5.66 7.8z',
    line: SLASH,
    width: 1.5,
  },
  inbox: {
    fill: 'M4.3 2.5h7.4c.66 0 1.24.43 1.43 1.06l1.3 4.24q.07.22.07.44V12a1.75 1.75 0 0 1-1.75 1.75h-9.5A1.75 1.75 0 0 1 1.5 12V8.24q0-.23.07-.44l1.3-4.24A1.5 1.5 0 0 1 4.3 2.5M4.55 4 3.4 7.75h2.35c.3 0 .57.18.69.46l.36.86c.12.27.39.46.69.46h1.02c.3 0 .57-.19.69-.46l.36-.86a.8.8 0 0 1 .69-.46h2.35L11.45 4z',
  },
  'inbox-line': {
    line: 'M4.35 3.1h7.3a1 1 0 0 1 .96.71l1.24 4.1v3.99c0 .66-.54 1.2-1.2 1.2h-9.3a1.2 1.2 0 0 1-1.2-1.2V7.91l1.24-4.1a1 1 0 0 1 .96-.71m-2.05 5h3.2l.8 1.75h3.4l.8-1.75h3.2',
  },
  app: {
    fill: 'M3.25 2h2.5C6.44 2 7 2.56 7 3.25v2.5C7 6.44 6.44 7 5.75 7h-2.5C2.56 7 2 6.44 2 5.75v-2.5C2 2.56 2.56 2 3.25 2m7 0h2.5c.69 0 1.25.56 1.25 1.25v2.5C14 6.44 13.44 7 12.75 7h-2.5C9.56 7 9 6.44 9 5.75v-2.5C9 2.56 9.56 2 10.25 2m-7 7h2.5C6.44 9 7 9.56 7 10.25v2.5C7 13.44 6.44 14 5.75 14h-2.5C2.56 14 2 13.44 2 12.75v-2.5C2 9.56 2.56 9 3.25 9m7 0h2.5c.69 0 1.25.56 1.25 1.25v2.5c0 .69-.56 1.25-1.25 1.25h-2.5C9.56 14 9 13.44 9 12.75v-2.5C9 9.56 9.56 9 10.25 9',
  },
  unnamed: {
    fill: `${DISC}M8 4.1a2.3 2.3 0 1 0 0 4.6 2.3 2.3 0 0 0 0-4.6m0 5.6c-1.7 0-3.1.84-3.66 2.02a.5.5 0 0 0 .13.58 5.5 5.5 0 0 0 7.06 0 .5.5 0 0 0 .13-.58C11.1 10.54 9.7 9.7 8 9.7`,
  },
  idle: {
    line: RING,
    width: 1.7,
    dash: '2.55 2.05',
    fill: 'M6 7.15h4a.85.85 0 0 1 0 1.7H6a.85.85 0 0 1 0-1.7',
  },
  'idle-line': {
    line: RING,
    width: 1.1,
    dash: '2.55 2.05',
    fill: 'M6 7.45h4a.55.55 0 0 1 0 1.1H6a.55.55 0 0 1 0-1.1',
  },
  person: {
    fill: 'M8 2a3 3 0 1 1 0 6 3 3 0 0 1 0-6m0 7.25c3 0 5.25 1.62 5.25 3.5 0 .7-.55 1.25-1.25 1.25H4c-.7 0-1.25-.55-1.25-1.25 0-1.88 2.25-3.5 5.25-3.5',
  },
  automation: {
    fill: 'M9.3 1.6 3.55 8.7a.6.6 0 0 0 .47.98h3.1l-.86 4.3c-.12.6.64.97 1.03.5l5.3-6.93a.6.6 0 0 0-.48-.96H9.2l1.14-4.44c.15-.6-.63-1.03-1.04-.55',
  },
  'meta-ai': {
    fill: 'M8.7 2.1a.75.75 0 0 0-1.4 0L6.2 5.2a1.7 1.7 0 0 1-1 1L2.1 7.3a.75.75 0 0 0 0 1.4l3.1 1.1c.47.17.83.53 1 1l1.1 3.1a.75.75 0 0 0 1.4 0l1.1-3.1q.28-.72 1-1l3.1-1.1a.75.75 0 0 0 0-1.4l-3.1-1.1a1.7 1.7 0 0 1-1-1z',
  },
  clock: { line: `${RING}M8 4.7V8l2.2 1.6` },
  'clock-ending': {
    fill: `${DISC}M8 4a.7.7 0 0 0-.7.7V8q0 .35.29.57l2.2 1.6a.7.7 0 0 0 .82-1.14L8.7 7.64V4.7A.7.7 0 0 0 8 4`,
  },
  'human-agent': {
    fill: 'M6.3 2a2.7 2.7 0 1 1 0 5.4 2.7 2.7 0 0 1 0-5.4m0 6.5q.75 0 1.42.14A4.2 4.2 0 0 0 7.2 13H2.6c-.6 0-1.1-.5-1.1-1.1 0-1.9 2.1-3.4 4.8-3.4',
    line: 'M8.4 11.2a2.9 2.9 0 1 1 5.8 0 2.9 2.9 0 0 1-5.8 0m2.9-1.5v1.6l1 .7',
    width: 1.15,
  },
  closed: {
    line: `M6.01 2.5A5.85 5.85 0 0 1 13.5 9.99M10.55 13.26A5.85 5.85 0 0 1 2.74 5.45${SLASH}`,
  },
  control: {
    fill: 'm2.63 10.55 1.83-1.84 2.83 2.83-1.84 1.83a2 2 0 1 1-2.82-2.82M5.17 8 8 5.17 10.83 8 8 10.83zm3.54-3.54 1.84-1.83a2 2 0 1 1 2.82 2.82l-1.83 1.84z',
  },
  handover: {
    fill: 'M3 6a2 2 0 1 1 0 4 2 2 0 0 1 0-4',
    line: 'M6.6 8h7M10.2 4.4 13.8 8l-3.6 3.6',
    width: 1.5,
    mirrors: true,
  },
  take: {
    line: 'M8 2.2v6.6M5.2 6 8 8.8 10.8 6M2.6 9.6v2.2c0 .99.8 1.8 1.8 1.8h7.2c1 0 1.8-.81 1.8-1.8V9.6',
  },
  pass: {
    line: 'M6.6 3H4.4c-1 0-1.8.8-1.8 1.8v6.4c0 1 .8 1.8 1.8 1.8h2.2M6.4 8h7M10.6 5.2 13.4 8l-2.8 2.8',
    mirrors: true,
  },
  message: {
    fill: 'M4.25 2.25h7.5c1.24 0 2.25 1 2.25 2.25v4.75c0 1.24-1 2.25-2.25 2.25H8.1l-2.9 2.4a.75.75 0 0 1-1.2-.6v-1.8a2.25 2.25 0 0 1-2-2.25V4.5c0-1.25 1-2.25 2.25-2.25',
  },
  phrase: {
    fill: 'M6.6 3.6a.7.7 0 0 1 0 1Q5.4 5.74 5.1 6.8a2.4 2.4 0 1 1-2.7 2.5c0-2.2 1-4.1 3.2-5.8a.7.7 0 0 1 1 .1m6.7 0a.7.7 0 0 1 0 1q-1.2 1.14-1.5 2.2a2.4 2.4 0 1 1-2.7 2.5c0-2.2 1-4.1 3.2-5.8a.7.7 0 0 1 1 .1',
  },
  old: {
    line: 'M2.6 6.2a5.85 5.85 0 1 1-.4 2.4m.1-5.5v3.2h3.2M8 5v3.1l2 1.4',
  },
  info: {
    line: `${RING}M8 7.4v3.3`,
    fill: 'M8 4.2A.9.9 0 1 1 8 6a.9.9 0 0 1 0-1.8',
  },
  ok: {
    fill: `${DISC}M11 5.5a.8.8 0 0 0-1.13.04L7.1 8.6 6.06 7.5A.8.8 0 0 0 4.9 8.6l1.64 1.73a.8.8 0 0 0 1.17-.01l3.33-3.7A.8.8 0 0 0 11 5.5`,
  },
  wrong: {
    fill: `${DISC}M8 4.2a.85.85 0 0 0-.85.9l.2 3.4a.65.65 0 0 0 1.3 0l.2-3.4A.85.85 0 0 0 8 4.2m0 5.7a.9.9 0 1 0 0 1.8.9.9 0 0 0 0-1.8`,
  },
  'cannot-check': {
    line: `${RING}M6.4 6.4a1.6 1.6 0 1 1 2.5 1.35c-.55.37-.9.7-.9 1.25`,
    fill: 'M8 10.15a.85.85 0 1 1 0 1.7.85.85 0 0 1 0-1.7',
  },
  'not-tested': { line: RING },
  external: {
    line: 'M6.5 3.2H4.6c-.8 0-1.4.6-1.4 1.4v6.8c0 .8.6 1.4 1.4 1.4h6.8c.8 0 1.4-.6 1.4-1.4V9.5M9.4 2.9h3.7v3.7m-.2-3.5L8 8',
    mirrors: true,
  },
} satisfies Record<string, Drawing>;

type Drawn = keyof typeof DRAWINGS;

const SOLIDS = ['bot', 'not-bot', 'inbox', 'app', 'unnamed', 'idle', 'person', 'automation', 'meta-ai'] as const;
type Solid = (typeof SOLIDS)[number];

/** `…-line`: the same in outline, for what is only likely. */
export type IconName = Drawn | `${Solid}-line`;

/** Every icon's name, for the sheet that shows them. */
export function iconNames(): IconName[] {
  const outlines = SOLIDS.map((solid) => `${solid}-line` as const);
  return [...new Set([...(Object.keys(DRAWINGS) as Drawn[]), ...outlines])];
}

/** An outline that is not drawn by hand is the solid's edge. */
function drawingOf(name: IconName): Drawing {
  if (name in DRAWINGS) return DRAWINGS[name as Drawn];
  const { fill = '', line = '' }: Drawing = DRAWINGS[name.slice(0, -'-line'.length) as Solid];
  return { line: fill + line, width: 1.15, viewBox: '-.5 -.5 17 17' };
}

/** An icon in the colour of the text. Hidden from readers of the screen: the word beside it speaks. */
export function Icon({ name }: { name: IconName }): VNode {
  const { fill, line, width = 1.3, dash, mirrors, viewBox = '0 0 16 16' } = drawingOf(name);
  return (
    <svg class="i" viewBox={viewBox} aria-hidden="true" data-icon={name} data-flip={mirrors}>
      {fill && <path fill="currentColor" fill-rule="evenodd" d={fill} />}
      {line && (
        <path
          fill="none"
          stroke="currentColor"
          stroke-width={width}
          stroke-linecap={dash ? 'butt' : 'round'}
          stroke-linejoin="round"
          stroke-dasharray={dash}
          d={line}
        />
      )}
    </svg>
  );
}
