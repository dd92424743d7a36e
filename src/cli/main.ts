#!/usr/bin/env node
import { processIo } from './io.ts';
import { run } from './program.ts';

const code = await run(processIo(), process.argv.slice(2));
// Whatever a library still holds open must not keep a finished command.
process.stdout.write('', () => process.exit(code));
