import { decideAs } from '../client/decide-as.ts';
import type { Outcome } from '../client/decide-as.ts';
import type { NotConfirmed } from '../client/decide.ts';
import type { FoundInText } from '../client/guard-texts.ts';
import type { Envelope } from '../contracts/envelope.ts';
import { isRefusal } from '../domain/kernel/refusal.ts';
import type { Refusal } from '../domain/kernel/refusal.ts';
import type { Receipt } from '../domain/kernel/run.ts';
import { askedOf, draftOf } from './envelope.ts';
import type { DecideOptions } from './envelope.ts';
import { EXIT, databaseAway, temporalAway } from './exit.ts';
import type { Exit } from './exit.ts';
import { foundLines } from './guard-words.ts';
import type { Io } from './io.ts';
import { within } from './open.ts';
import { ofServer, serverOf } from './remote.ts';
import { learnTopic, missingText, refusalLines } from './sentences.ts';

/** The guard's no. Reasons and better wordings are for the author, who is the one that reads this. */
function tellBlocked(io: Io, json: boolean, blocked: readonly FoundInText[]): Exit {
  const rule = blocked[0]?.findings[0]?.rule ?? null;
  if (json)
    io.out(
      JSON.stringify({
        is: 'refused',
        refusal: { code: 'guard_blocked', rule, missing: [] },
        findings: blocked,
      }),
    );
  else {
    io.err('Refused (guard_blocked). A guard stops wording in a text; nothing was kept of it.');
    for (const line of foundLines(blocked)) io.err(line);
  }
  return EXIT.refused;
}

function tellRefusal(io: Io, json: boolean, refusal: Refusal, found: readonly FoundInText[] = []): Exit {
  const { code, rule, missing } = refusal;
  const shown = {
    code,
    rule: rule ?? null,
    missing: missing.map((one) => ({ ...one, words: missingText(one) })),
    ...learnTopic(rule),
  };
  if (json) io.out(JSON.stringify({ is: 'refused', refusal: shown, ...withFound(found) }));
  else for (const line of [...refusalLines(refusal), ...foundLines(found)]) io.err(line);
  return EXIT.refused;
}

const withFound = (found: readonly FoundInText[]): object => (found.length === 0 ? {} : { findings: found });

function tellReceipt(
  io: Io,
  json: boolean,
  { is, receipt }: { readonly is: 'done' | 'would'; readonly receipt: Receipt },
  found: readonly FoundInText[],
): Exit {
  if (json) io.out(JSON.stringify({ is, receipt, ...withFound(found) }));
  else {
    const head = is === 'done' ? 'Done' : 'It would be accepted; nothing was changed';
    io.out(`${head}: ${receipt.kinds.join(', ')}`);
    io.out(`  case ${receipt.case} · sequence ${receipt.sequence} · decision ${receipt.decisionId}`);
    io.out(`  at ${new Date(receipt.at).toISOString()}`);
    for (const line of foundLines(found)) io.out(line);
  }
  return EXIT.done;
}

/** No answer: it may still happen. A server that is away: nothing was sent. */
function tellOpen(io: Io, json: boolean, envelope: Envelope, outcome: NotConfirmed): Exit {
  const { decisionId, case: id } = envelope;
  const { is, why } = outcome;
  const open = `Not confirmed: it may still happen. Repeating it with --decision-id ${decisionId} on ${id} is safe.`;
  const texts = { no_answer: open, temporal_away: temporalAway, database_away: databaseAway } as const;
  if (json) io.out(JSON.stringify({ is, why, decisionId, case: id, message: texts[why] }));
  else io.err(texts[why]);
  return why === 'no_answer' ? EXIT.notConfirmed : EXIT.unavailable;
}

function tellOutcome(io: Io, json: boolean, envelope: Envelope, outcome: Outcome): Exit {
  const { found } = outcome;
  switch (outcome.is) {
    case 'done':
    case 'would':
      return tellReceipt(io, json, outcome, found);
    case 'refused':
      return tellRefusal(io, json, outcome.refusal, found);
    case 'guard_blocked':
      return tellBlocked(io, json, outcome.blocked);
    case 'not_confirmed':
      return tellOpen(io, json, envelope, outcome);
    default: {
      const never: never = outcome;
      return never;
    }
  }
}

type There = { readonly is: 'done' | 'would'; readonly receipt: Receipt; readonly findings: FoundInText[] };

/** The same command of a server: who asks is in the token, so an actor is not named. */
async function decideThere(io: Io, options: DecideOptions, server: string): Promise<Exit> {
  const draft = await draftOf(io, options);
  if (isRefusal(draft)) return tellRefusal(io, options.json === true, draft);
  const body = options.textAbout === undefined ? draft : { ...draft, textsAbout: options.textAbout };
  const query = { dryRun: options.dryRun };
  const { is, receipt, findings } = await ofServer<There>(io, server, '/decisions', query, body);
  return tellReceipt(io, options.json === true, { is, receipt }, findings);
}

/** `decide`: a command, its receipt or everything that is missing. */
export async function decideCommand(io: Io, options: DecideOptions): Promise<Exit> {
  const json = options.json === true;
  const server = serverOf(options, io);
  if (server !== null) return decideThere(io, options, server);
  const asked = await askedOf(io, options);
  if (isRefusal(asked)) return tellRefusal(io, json, asked);
  return within(options, io.env, async (opened) =>
    tellOutcome(io, json, asked.envelope, await decideAs(opened, asked, options.dryRun === true)),
  );
}
