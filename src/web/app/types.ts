import type { z } from 'zod';
import type * as commands from '../../contracts/api/commands.ts';
import type * as reading from '../../contracts/api/reading.ts';
import type * as shapes from '../../contracts/api/shapes.ts';

/** What the API answers, as its schemas declare it: types alone, nothing of zod reaches the browser. */
export type Waiting = z.output<typeof shapes.waiting>;
export type Who = z.output<typeof shapes.who>;
export type BoardRow = z.output<typeof shapes.boardRow>;
export type ShownCase = z.output<typeof shapes.shownCase>;
export type GateNow = z.output<typeof shapes.gateNow>;
export type Happened = z.output<typeof shapes.happened>;
export type Listed = z.output<typeof shapes.listed>;
export type Missing = z.output<typeof shapes.missing>;
export type Found = z.output<typeof shapes.found>;
export type Receipt = z.output<typeof shapes.receipt>;
export type MeetingAhead = z.output<typeof reading.meetingAhead>;
export type { Problem } from '../../contracts/api/shapes.ts';

export type CommandLine = z.output<typeof commands.commandLine>;
export type CommandForm = z.output<typeof commands.commandForm>;
export type Subject = z.output<typeof commands.subjectOf>;
export type Related = z.output<typeof commands.related>;

/** Who is signed in. */
export interface Self {
  readonly person: string;
  readonly name: string;
  readonly capacities: readonly string[];
  readonly how: string;
  readonly zone: string | null;
  readonly sandbox: boolean;
  readonly org: string;
}

/** What a decision came to. */
export interface Decided {
  readonly is: 'done' | 'would';
  readonly receipt: Receipt;
  readonly findings: readonly Found[];
}
