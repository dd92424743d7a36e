import { copyFileSync, existsSync, readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { z } from 'zod';
import { askCopies } from '../../client/copies.ts';
import { examined, mailTest, mailTested, signedHead, signedHeads } from '../../contracts/api/machine.ts';
import { person as personIn } from '../../directory/people.ts';
import { limits } from '../../identity/limits.ts';
import { lastCheck, readHeads, writeHead } from '../../ledger/heads.ts';
import type { HeadsPlace } from '../../ledger/heads.ts';
import { html } from '../../notify/html.ts';
import { messageIdFor } from '../../notify/message-id.ts';
import type { MailMessage, Outcome } from '../../notify/smtp.ts';
import type { Desk, Machine } from '../desk.ts';
import { mustActAt } from '../house-act.ts';
import { within } from '../limits.ts';
import { problemOf } from '../problem.ts';
import { route } from '../route.ts';
import { personOf } from './sign-in.ts';

function machineOf(desk: Desk): Machine {
  if (desk.machine !== undefined) return desk.machine;
  throw problemOf(409, 'not_from_here', 'This process does not look after the machine it runs on.');
}

const health = route({
  ...{ id: 'examineMachine', method: 'GET', path: '/machine', tag: 'machine', action: 'manage:machine' },
  says: 'What is in use, what that promises, and what is wrong, in words; what has to be copied elsewhere.',
  answer: examined,
  handle: async ({ desk, guest }) => {
    await mustActAt(desk, guest, 'manage:machine', desk.office.org);
    const machine = machineOf(desk);
    await within(desk.office, limits.proof, personOf(guest));
    const { folder, databaseOurs, backup: place } = machine;
    const { server, caught } = machine.mail;
    const { copy: last, drill } = await askCopies(desk.office);
    return {
      ...(await machine.examine()),
      ...{ backup: { folder, databaseOurs, place, last, drill }, mail: { server, caught } },
    };
  },
});

const there = ({ folder, keyFile }: HeadsPlace): boolean =>
  existsSync(`${keyFile}.pub`) &&
  existsSync(folder) &&
  readdirSync(folder).some((name) => name.endsWith('.anchor'));

const MOST_HEADS = 60;

const heads = route({
  ...{ id: 'listAnchors', method: 'GET', path: '/anchors', tag: 'proof', action: 'read:proof' },
  says: 'Signed heads of the ledger, the latest first, and the public key they are held against.',
  answer: signedHeads,
  handle: async ({ desk }) => {
    const place = machineOf(desk).heads;
    const checked = lastCheck(place);
    if (!there(place)) return { list: [], key: null, checked };
    const { anchors, keys } = readHeads(place);
    const list = anchors.filter((one) => one.org === desk.office.org).toReversed();
    return { list: list.slice(0, MOST_HEADS), key: keys[0] ?? null, checked };
  },
});

/** A second copy, at the place the operator named. @returns false where it cannot be written there */
function copied(file: string, place: string): boolean {
  try {
    copyFileSync(file, join(place, basename(file)));
    return true;
  } catch {
    return false;
  }
}

const signed = route({
  ...{ id: 'signAnchor', method: 'POST', path: '/anchors', tag: 'proof', action: 'manage:machine' },
  says: 'Signs the head of the ledger now, and copies it with the public key to the place the operator named.',
  answer: z.object({ head: signedHead, copied: z.boolean().nullable() }),
  handle: async ({ desk, guest }) => {
    const { office } = desk;
    await mustActAt(desk, guest, 'manage:machine', office.org);
    const { heads: place, backup } = machineOf(desk);
    await within(office, limits.proof, personOf(guest));
    const made = await writeHead(office.pool, office.org, place, Date.now());
    const head = readHeads(place).anchors.findLast((one) => one.position === made.position);
    if (head === undefined) throw new Error('a signed head that is not where it was written');
    const second =
      backup === null ? null : copied(made.file, backup) && copied(`${made.keyFile}.pub`, backup);
    return { head, copied: second };
  },
});

/** Says what it is, and nothing of anybody. */
const trial = (org: string, to: string): MailMessage => ({
  messageId: messageIdFor(org, `trial/${globalThis.crypto.randomUUID()}`),
  ...{ to, subject: 'Please read: message' },
  text: 'This is a message for trying out. That you read it means that mail from here reaches you.\n',
  html: html`<p>This is a message for trying out.</p>
    <p>That you read it means that mail from here reaches you.</p>`.safe,
});

const whyOf = (outcome: Outcome): string | null =>
  outcome.is === 'sent' ? null : outcome.is === 'refused' ? outcome.code : outcome.why;

const tried = route({
  ...{ id: 'tryMail', method: 'POST', path: '/mail/test', tag: 'machine', action: 'manage:machine' },
  says: 'Sends a message for trying out: to your own address, or to one you name.',
  body: mailTest,
  answer: mailTested,
  handle: async ({ desk, guest, body }) => {
    const { office } = desk;
    await mustActAt(desk, guest, 'manage:machine', office.org);
    const { channel, server, caught } = machineOf(desk).mail;
    await within(office, limits.stepUp, personOf(guest));
    const own = await personIn(office.pool, office.keys, office.org, personOf(guest));
    const to = body.address ?? own.email;
    if (to === null)
      throw problemOf(409, 'no_address', 'The directory has no mail address of yours. Type one.');
    const outcome = await channel.send(trial(office.org, to));
    return { is: outcome.is, why: whyOf(outcome), server, caught };
  },
});

/** The machine, as its administrator looks after it: health, mail, signed heads. */
export const lookedAfterRoutes = [health, heads, signed, tried];
