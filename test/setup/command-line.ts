import { type ParseArgsConfig, parseArgs } from 'node:util';

/** The options that a command was given. What it does not know ends it with one sentence. */
export function commandLine<Options extends NonNullable<ParseArgsConfig['options']>>(options: Options) {
  try {
    return parseArgs({ options }).values;
  } catch (error) {
    console.error((error as Error).message);
    process.exit(2);
  }
}
