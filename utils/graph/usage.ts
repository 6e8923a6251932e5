import * as v from 'valibot';

/** How much of Meta's allowance is used, from its headers. Source: Meta, Rate limiting, Mar 2026. */
export interface Usage {
  /** The highest percentage named, 0 to 100 and above. */
  percent: number;
  /** How long Meta asks to wait, ms; null where it does not say. */
  waitMs: number | null;
}

const usage = v.object({
  call_count: v.optional(v.number(), 0),
  total_time: v.optional(v.number(), 0),
  total_cputime: v.optional(v.number(), 0),
  /** Minutes. */
  estimated_time_to_regain_access: v.optional(v.number(), 0),
});

const byBusiness = v.record(v.string(), v.array(usage));

/** Reads `X-App-Usage`, `X-Page-Usage` and `X-Business-Use-Case-Usage`; null where none can be read. */
export function readUsage(headers: Headers): Usage | null {
  const found = [
    ...['x-app-usage', 'x-page-usage'].flatMap((name) => parse(usage, headers.get(name)) ?? []),
    ...Object.values(parse(byBusiness, headers.get('x-business-use-case-usage')) ?? {}).flat(),
  ];
  if (found.length === 0) return null;
  const minutes = Math.max(...found.map((one) => one.estimated_time_to_regain_access));
  return {
    percent: Math.max(...found.flatMap((one) => [one.call_count, one.total_time, one.total_cputime])),
    waitMs: minutes > 0 ? minutes * 60_000 : null,
  };
}

function parse<Schema extends v.GenericSchema>(schema: Schema, text: string | null): v.InferOutput<Schema> | null {
  if (text === null) return null;
  try {
    const parsed = v.safeParse(schema, JSON.parse(text));
    return parsed.success ? parsed.output : null;
  } catch {
    return null;
  }
}
