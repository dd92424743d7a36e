import {
  allHandlersFinished,
  condition,
  continueAsNew,
  setCurrentDetails,
  setHandler,
  upsertSearchAttributes,
  workflowInfo,
} from '@temporalio/workflow';
import type { CaseStart, StepAnswer } from '../contracts/step.ts';
import { Alarm } from './alarm.ts';
import { changedPairs, shownStage } from './attributes.ts';
import { Bell } from './bell.ts';
import { Deliveries } from './deliveries.ts';
import { Desk } from './desk.ts';
import { trusted } from './guard.ts';
import { view } from './messages.ts';
import { runStep } from './run-step.ts';

/** Replay costs some 10 ms for each command of a run, so a busy run is cut here too. */
const MOST_STEPS = 50;
const LONGEST_BACKOFF_MS = 60_000;
const FIRST_COMMAND_MS = 10_000;

/** What a run knows between two steps; carries no rule and no business state. */
class CaseRun {
  readonly start: CaseStart;
  readonly desk: Desk;
  readonly deliveries: Deliveries;
  sequence: number;
  wake: number | null;
  stage = shownStage();
  next = 'next';
  steps = 0;
  longSleep = false;
  final = false;
  lastBusy = Date.now();
  private backoff = 0;
  /** What is asked of a clock, and what comes of it, would tell which of them it is. */
  private readonly hushed = workflowInfo().workflowType === 'clock';
  private readonly bell = new Bell();
  private readonly alarm = new Alarm(this.bell);

  constructor(start: CaseStart) {
    this.start = start;
    this.sequence = start.sequence;
    // Opened by a command that never came through its validator: look once, then end.
    this.wake = start.sequence === 0 && !start.look ? Date.now() + FIRST_COMMAND_MS : start.wake;
    this.desk = new Desk(this.bell, start.look);
    this.deliveries = new Deliveries(start, this.desk, this.bell);
  }

  async step(waiting?: ReturnType<Desk['take']>): Promise<void> {
    const { org, case: caseId } = this.start;
    const command =
      waiting === undefined ? {} : { command: { envelope: waiting.envelope, askedAt: waiting.askedAt } };
    const asked = waiting === undefined ? 'look' : waiting.envelope.type;
    const request = { org, case: caseId, sequence: this.sequence, ...command };
    const answer = trusted(await runStep(request, this.hushed ? 'step' : asked), 'step_result');
    this.take(answer, waiting === undefined);
    if (waiting !== undefined) this.desk.answer(waiting, answer);
  }

  private take(answer: StepAnswer, woken: boolean): void {
    this.steps += 1;
    this.lastBusy = Date.now();
    this.sequence = answer.sequence;
    this.longSleep = answer.longSleep;
    this.final = answer.final;
    this.next = answer.next;
    this.deliveries.owe(answer.prompts, answer.nudges);
    // What came of the last step; kept with the run, not in its history.
    if (!this.hushed) setCurrentDetails(`${answer.summary}; ${answer.next}`);
    // Woken for nothing: wait longer each time, so that a clock behind ours cannot cost a step a second.
    this.backoff =
      woken && !answer.moved ? Math.min(Math.max(this.backoff * 2, 1_000), LONGEST_BACKOFF_MS) : 0;
    this.wake =
      answer.wakeIn === null ? null : wholeSecond(Date.now() + Math.max(answer.wakeIn, this.backoff));
    if (answer.sequence > 0) this.show(answer.attributes);
  }

  /** Search attributes are written only when they change, also over runs: a fresh one inherits them. */
  private show(attributes: StepAnswer['attributes']): void {
    this.stage = attributes.stage;
    const changed = changedPairs(attributes);
    if (changed.length > 0) upsertSearchAttributes(changed);
  }

  /** Nothing is waiting and nothing is on its way out. */
  idle(): boolean {
    return this.desk.empty() && this.deliveries.idle();
  }

  /** When this run may hand over to a fresh one, or null while there is no reason to. */
  restAt(): number | null {
    const reason =
      (this.steps > 0 && this.longSleep) || this.steps >= MOST_STEPS || workflowInfo().continueAsNewSuggested;
    return reason && this.idle() ? this.lastBusy + this.start.quiet : null;
  }

  /** Sleeps until something happens, or it is time to look. */
  sleep(): Promise<void> {
    const instants = [this.wake, this.restAt()].filter((one): one is number => one !== null);
    if (instants.length > 0) this.alarm.by(Math.min(...instants), this.next);
    // Not awaited here: the SDK takes a stack trace of every promise, which is what a wake costs most.
    return this.bell.rung();
  }

  carried(): CaseStart {
    return { ...this.start, sequence: this.sequence, wake: this.wake, look: false };
  }
}

/**
 * Each step reckons the same wake anew, a few milliseconds off, from the ledger's clock. A whole second is the same one,
 * so that the timer that runs already will do.
 */
function wholeSecond(instant: number): number {
  return Math.ceil(instant / 1_000) * 1_000;
}

/** A run with no row in the ledger whose first command was refused ends by itself, as does a final case. */
function ended(run: CaseRun): boolean {
  return run.steps > 0 && run.idle() && (run.final || run.sequence === 0);
}

/**
 * The life of a case, for years: commands and nudges first, one step at a time; deliveries beside it; then sleep.
 * Knows no rule: what may happen and when is decided in the step.
 */
export async function liveCase(input: CaseStart): Promise<void> {
  const run = new CaseRun(trusted(input, 'start'));
  setHandler(view, () => ({ sequence: run.sequence, wake: run.wake, stage: run.stage }));
  run.desk.open();
  // The messages of the first activation are delivered after this function first yields.
  await Promise.resolve();
  for (;;) {
    const waiting = run.desk.take();
    if (waiting !== undefined) await run.step(waiting);
    else if (run.desk.nudged()) await run.step();
    else if (run.wake !== null && Date.now() >= run.wake) await run.step();
    else if (!ended(run) && !restsNow(run)) await run.sleep();
    // The last answer is given, but may not have left yet.
    else if (!allHandlersFinished()) await condition(allHandlersFinished);
    else if (ended(run)) return;
    else await continueAsNew<typeof liveCase>(run.carried());
  }
}

function restsNow(run: CaseRun): boolean {
  const rest = run.restAt();
  return rest !== null && Date.now() >= rest;
}
