#!/usr/bin/env node
import { EXIT } from './exit.ts';
import { outputEnd, processIo } from './io.ts';
import { run } from './program.ts';

let unwritten: string | null = null;

/** Without this listener an output that takes nothing more ends the process with a stack trace. */
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (unwritten !== null) return;
  const { stop, message } = outputEnd(error.code);
  unwritten = message ?? '';
  if (message !== null) process.stderr.write(`${message}\n`);
  if (!stop) return;
  // What listens for a termination stops its servers in order; any other command has nobody left to speak to.
  if (process.listenerCount('SIGTERM') > 0) process.kill(process.pid, 'SIGTERM');
  else process.exit(EXIT.interrupted);
});
process.stderr.on('error', () => undefined);

const code = await run(processIo(), process.argv.slice(2));
// Whatever a library still holds open must not keep a finished command.
process.stdout.write('', () =>
  setImmediate(() => process.exit(unwritten === null ? code : leftUnsaid(code))),
);

/** A verdict or a receipt that nobody could read must not pass as said. */
function leftUnsaid(was: number): number {
  return was === EXIT.done ? EXIT.internal : was;
}
