/** A call's parameters, read by the specification. Anything unknown or misshapen is refused, as Meta's strict edges do. */
import { GraphRefusal } from '../refusals';
import { type Edge, type EnumName, enums, type Param, type ParamType, universalParams } from './spec';

export type Params = Record<string, unknown>;

/**
 * The parameters by their types.
 * @throws GraphRefusal `invalidParameter` for a missing, unknown or misshapen one
 */
export function readParams(
  edge: Edge,
  given: Params,
  options: { ignoreUnknown: boolean; also?: readonly string[] },
): Params {
  const read: Params = {};
  for (const [name, value] of Object.entries(given)) {
    const param = Object.hasOwn(edge.params, name) ? edge.params[name] : undefined;
    if (param) read[name] = readValue(name, param.type, value);
    else if (options.also?.includes(name)) read[name] = value;
    else if (!universalParams.includes(name) && !options.ignoreUnknown)
      throw new GraphRefusal('invalidParameter', `(#100) Unexpected parameter ${name}`);
  }
  for (const [name, param] of Object.entries(edge.params) as [string, Param][]) {
    if (param.required && read[name] === undefined)
      throw new GraphRefusal('invalidParameter', `(#100) The parameter ${name} is required`);
  }
  return read;
}

function readValue(name: string, type: ParamType, value: unknown): unknown {
  const misshapen = (): never => {
    throw new GraphRefusal('invalidParameter', `(#100) Param ${name} must be ${type.replace('enum ', 'one of ')}`);
  };
  const list = /^list<(.+)>$/.exec(type)?.[1];
  if (list !== undefined)
    return readList(value, misshapen).map((item) =>
      list.startsWith('enum ') ? readEnum(list.slice(5) as EnumName, item, misshapen) : item,
    );
  if (type.startsWith('enum ')) return readEnum(type.slice(5) as EnumName, value, misshapen);
  if (type === 'Object') return readObject(name, value, misshapen);
  if (type === 'bool') return value === true || value === 'true' || value === '1';
  if (type === 'int' || type === 'unsigned int') return readInteger(type, value, misshapen);
  return typeof value === 'string' || typeof value === 'number' ? String(value) : misshapen();
}

/** Enum names are written in either case. */
function readEnum(name: EnumName, value: unknown, misshapen: () => never): string {
  const wanted = String(value).toUpperCase();
  return (enums[name] as readonly string[]).find((entry) => entry.toUpperCase() === wanted) ?? misshapen();
}

/** Ids are integers to Meta and too long for a number: they stay text. */
function readInteger(type: 'int' | 'unsigned int', value: unknown, misshapen: () => never): string {
  const digits = String(value);
  return (type === 'int' ? /^-?\d+$/ : /^\d+$/).test(digits) ? digits : misshapen();
}

function readObject(name: string, value: unknown, misshapen: () => never): unknown {
  // A message tag is called an object by the specification and sent as a plain word.
  if (name === 'tag' && typeof value === 'string') return value;
  const parsed = typeof value === 'string' ? parseJson(value) : value;
  return typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed) ? parsed : misshapen();
}

function readList(value: unknown, misshapen: () => never): unknown[] {
  if (Array.isArray(value)) return value;
  if (typeof value !== 'string') return misshapen();
  const parsed = parseJson(value);
  return Array.isArray(parsed) ? parsed : value.split(',').map((item) => item.trim());
}

/** Undefined where it is not JSON. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** A member that must be text, or null. */
export function textIn(object: unknown, key: string): string | null {
  const value = typeof object === 'object' && object !== null ? (object as Record<string, unknown>)[key] : undefined;
  return typeof value === 'string' || typeof value === 'number' ? String(value) : null;
}

/** @throws GraphRefusal for a key that Meta does not know there */
export function refuseUnknownKeys(param: string, object: unknown, known: readonly string[]): void {
  const unknown = Object.keys((object ?? {}) as object).filter((key) => !known.includes(key));
  if (unknown.length > 0)
    throw new GraphRefusal(
      'invalidParameter',
      `(#100) Invalid keys "${unknown.join(', ')}" were found in param "${param}".`,
    );
}
