import type { ComponentChildren, VNode } from 'preact';
import { useRef, useState } from 'preact/hooks';

interface Tab {
  id: string;
  title: string;
  panel: ComponentChildren;
}

interface Props {
  /** Stands over the tabs, and stays in sight with them. */
  head: ComponentChildren;
  tabs: readonly Tab[];
  /** Which one is open at the start; the first where absent. */
  start?: string;
}

/**
 * Tabs after the ARIA Authoring Practices: one stop for the tab key, arrows, Home and End between the tabs,
 * and what is focused is open. A closed panel is empty: what was typed there is gone, and its regions are silent.
 */
export function Tabs({ head, tabs, start }: Props): VNode {
  const [open, setOpen] = useState(() =>
    Math.max(
      0,
      tabs.findIndex(({ id }) => id === start),
    ),
  );
  const list = useRef<HTMLDivElement>(null);

  function go(event: KeyboardEvent): void {
    const next = target(event.key, open, tabs.length, isRightToLeft(list.current));
    if (next === null) return;
    event.preventDefault();
    setOpen(next);
    list.current?.querySelectorAll<HTMLElement>('[role=tab]')[next]?.focus();
  }

  return (
    <>
      <header>
        {head}
        <div class="tabs" role="tablist" ref={list} onKeyDown={go}>
          {tabs.map(({ id, title }, index) => (
            <button
              key={id}
              type="button"
              role="tab"
              id={`tab-${id}`}
              aria-controls={`panel-${id}`}
              aria-selected={index === open}
              tabIndex={index === open ? 0 : -1}
              onClick={() => setOpen(index)}
            >
              {title}
            </button>
          ))}
        </div>
      </header>
      <main>
        {tabs.map(({ id, panel }, index) => (
          <div key={id} role="tabpanel" id={`panel-${id}`} aria-labelledby={`tab-${id}`} hidden={index !== open}>
            {index === open && panel}
          </div>
        ))}
      </main>
    </>
  );
}

/** The tab that a key leads to, round the ends; null for other keys. */
function target(key: string, open: number, count: number, rightToLeft: boolean): number | null {
  switch (key) {
    case 'Home':
      return 0;
    case 'End':
      return count - 1;
    case 'ArrowRight':
      return (open + (rightToLeft ? count - 1 : 1)) % count;
    case 'ArrowLeft':
      return (open + (rightToLeft ? 1 : count - 1)) % count;
    default:
      return null;
  }
}

function isRightToLeft(element: Element | null): boolean {
  return element !== null && getComputedStyle(element).direction === 'rtl';
}
