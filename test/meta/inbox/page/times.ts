const DAY = 86_400_000;

/** How the page words a time (epoch ms), in the viewer's language and time zone. `now` is the host's clock. */
export interface Clock {
  /** In a row: the time of day, a weekday, or a date. */
  short(at: number, now: number): string;
  /** As a row's hidden text and tooltip speak it. */
  spoken(at: number): string;
  /** Between messages: "Today 3:40 PM", "Fri 11:34 PM", "1/13/24, 8:22 AM". */
  separator(at: number, now: number): string;
}

export function createClock(language: string): Clock {
  const format = (options: Intl.DateTimeFormatOptions) => {
    const formatter = new Intl.DateTimeFormat(language, options);
    return (at: number) => formatter.format(at);
  };
  const timeOfDay = format({ hour: 'numeric', minute: '2-digit' });
  const weekday = format({ weekday: 'short' });
  const date = format({ day: 'numeric', month: 'short' });
  const full = format({ dateStyle: 'short', timeStyle: 'short' });
  const spoken = format({ weekday: 'long', day: 'numeric', month: 'long', hour: 'numeric', minute: '2-digit' });
  const today = capitalised(new Intl.RelativeTimeFormat(language, { numeric: 'auto' }).format(0, 'day'), language);

  return {
    short: (at, now) => (isSameDay(at, now) ? timeOfDay(at) : isWithinWeek(at, now) ? weekday(at) : date(at)),
    spoken,
    separator: (at, now) => {
      if (isSameDay(at, now)) return `${today} ${timeOfDay(at)}`;
      return isWithinWeek(at, now) ? `${weekday(at)} ${timeOfDay(at)}` : full(at);
    },
  };
}

function isSameDay(at: number, now: number): boolean {
  return new Date(at).toDateString() === new Date(now).toDateString();
}

function isWithinWeek(at: number, now: number): boolean {
  return now - at < 6 * DAY;
}

function capitalised(word: string, language: string): string {
  return word.slice(0, 1).toLocaleUpperCase(language) + word.slice(1);
}
