/** Field expansion: `id,name,messages.limit(5){from{id},message}` as a tree. Meta, Field expansion. */
import { GraphRefusal } from '../refusals';

export interface Field {
  name: string;
  /** Modifiers in parentheses, as `limit` and `after`. */
  modifiers: Record<string, string>;
  /** Null where no braces follow. */
  fields: Field[] | null;
}

const TOKEN = /\s*([A-Za-z_][\w]*|[.,{}()]|"[^"]*")\s*/y;
const VALUE = /\s*([^()]*?)\s*\)/y;

/** @throws GraphRefusal `syntax` */
export function parseFields(text: string): Field[] {
  const parser = new Parser(text);
  const fields = parser.list();
  parser.end();
  return fields;
}

class Parser {
  private at = 0;

  constructor(private readonly text: string) {}

  list(): Field[] {
    const fields: Field[] = [];
    do fields.push(this.field());
    while (this.take(','));
    return fields;
  }

  end(): void {
    if (this.text.slice(this.at).trim() !== '') this.fail();
  }

  private field(): Field {
    const field: Field = { name: this.word(), modifiers: {}, fields: null };
    while (this.take('.')) field.modifiers[this.word()] = this.argument();
    if (this.take('{')) {
      field.fields = this.list();
      if (!this.take('}')) this.fail();
    }
    return field;
  }

  private argument(): string {
    if (!this.take('(')) this.fail();
    VALUE.lastIndex = this.at;
    const match = VALUE.exec(this.text);
    if (match?.[1] === undefined) this.fail();
    this.at = VALUE.lastIndex;
    return match[1];
  }

  private word(): string {
    const token = this.peek();
    if (token === null || !/^\w/.test(token)) this.fail();
    this.at = TOKEN.lastIndex;
    return token;
  }

  private take(wanted: string): boolean {
    if (this.peek() !== wanted) return false;
    this.at = TOKEN.lastIndex;
    return true;
  }

  private peek(): string | null {
    TOKEN.lastIndex = this.at;
    return TOKEN.exec(this.text)?.[1] ?? null;
  }

  private fail(): never {
    throw new GraphRefusal('syntax', `Syntax error "Expected name or separator at character ${this.at}" in fields`);
  }
}
