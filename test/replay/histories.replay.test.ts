import { cpSync, mkdtempSync, readFileSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Runtime, Worker, bundleWorkflowCode } from '@temporalio/worker';
import { DeterminismViolationError } from '@temporalio/workflow';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dataConverterFor } from '../../src/directory/codec.ts';
import { TEST_MASTER_KEY, keyRing } from '../../src/directory/keys.ts';
import { caseKinds } from '../../src/domain/kernel/words.ts';
import { bundleWorkflows } from '../../src/worker/bundle.ts';

/** Histories that `scripts/capture.mjs` recorded on the real server: sleeping and half-done cases of every release. */
interface Recorded {
  readonly org: string;
  readonly case: string;
  /** What happened to the case, where it was staged. */
  readonly what: string;
  readonly traits: readonly string[];
  readonly history: object;
}

const root = fileURLToPath(new URL('../..', import.meta.url));
const folder = new URL('histories/', import.meta.url);
const releases = readdirSync(folder).toSorted((a, b) => (a < b ? -1 : 1));
const recorded = (release: string, kind: string): readonly Recorded[] =>
  JSON.parse(readFileSync(new URL(`${release}/${kind}.json`, folder), 'utf8'), bytes) as Recorded[];

/** Bytes stand as base64 in the files. */
function bytes(_: string, value: unknown): unknown {
  const base64 = (value as { bytes?: unknown } | null)?.bytes;
  return typeof base64 === 'string' ? Buffer.from(base64, 'base64') : value;
}
const all = releases.flatMap((release) => caseKinds.flatMap((kind) => recorded(release, kind)));

const noLog = (): void => undefined;
const quiet = { log: noLog, trace: noLog, debug: noLog, info: noLog, warn: noLog, error: noLog };
const keys = keyRing(TEST_MASTER_KEY);

/** @returns what went wrong in each history that did not replay, by what it shows */
async function replayed(code: string, histories: readonly Recorded[]): Promise<ReadonlyMap<string, Error>> {
  const wrong = new Map<string, Error>();
  let count = 0;
  for (const org of new Set(histories.map((one) => one.org))) {
    const options = { workflowBundle: { code }, dataConverter: dataConverterFor(keys, org) };
    const ofOrg = histories.filter((one) => one.org === org);
    const given = ofOrg.map(({ case: workflowId, history }) => ({ workflowId, history }));
    for await (const { workflowId, error } of Worker.runReplayHistories(options, given)) {
      count += 1;
      if (error !== undefined) wrong.set(workflowId, error);
    }
  }
  expect(count).toBe(histories.length);
  return wrong;
}

/** A copy of the sources, changed, bundled as the worker's is. */
async function bundleOf(change: (src: string) => void): Promise<string> {
  const copy = mkdtempSync(join(tmpdir(), 'peer-hire-shell-'));
  try {
    const src = join(copy, 'src');
    cpSync(join(root, 'src'), src, { recursive: true });
    cpSync(join(root, 'package.json'), join(copy, 'package.json'));
    symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'));
    change(src);
    const { code } = await bundleWorkflowCode({
      workflowsPath: join(src, 'workflows/index.ts'),
      failureConverterPath: join(src, 'directory/failure-converter.ts'),
      logger: quiet,
    });
    return code;
  } finally {
    rmSync(copy, { recursive: true, force: true });
  }
}

function replaced(file: string, from: string, to: string): void {
  const text = readFileSync(file, 'utf8');
  if (!text.includes(from)) throw new Error(`${file} no longer holds ${from}`);
  writeFileSync(file, text.replace(from, to));
}

let bundle: string;
beforeAll(async () => {
  // The core prints every history that does not replay; the tests look at them themselves.
  Runtime.install({ logger: quiet, telemetryOptions: { logging: { forward: {}, filter: 'OFF' } } });
  bundle = await bundleWorkflows();
}, 60_000);

describe('recorded histories', () => {
  it('are of all kinds and show what a run goes through', () => {
    for (const kind of caseKinds) expect(recorded('first-release', kind).length, kind).toBeGreaterThan(0);
    const traits = new Set(all.flatMap((one) => one.traits));
    for (const trait of [
      'workflowExecutionContinuedAsNew',
      'continued',
      'workflowExecutionCompleted',
      'workflowExecutionSignaled',
      'workflowExecutionUpdateAccepted',
      'markerRecorded',
      'timerFired',
      'upsertWorkflowSearchAttributes',
      'activity deliver',
      'activity nudge',
      'activity stepPatient',
    ])
      expect(traits).toContain(trait);
    // A timer that runs already serves the next sleep too.
    expect(traits).not.toContain('timerCanceled');
    const staged = new Set(all.map((one) => one.what).filter((what) => what !== ''));
    expect(staged).toContain('first command refused');
    expect(staged).toContain('patient step after a failed local activity');
    expect(staged).toContain('continued as new after fifty steps');
  });

  it.each(releases.flatMap((release) => caseKinds.map((kind) => ({ release, kind }))))(
    'of $kind from the $release replay',
    async ({ release, kind }) => {
      expect([...(await replayed(bundle, recorded(release, kind)))]).toEqual([]);
    },
    120_000,
  );

  it('say nothing in clear', () => {
    const seen: string[] = [];
    let payloads = 0;
    const walk = (value: unknown): void => {
      if (typeof value === 'string') seen.push(value);
      else if (value instanceof Uint8Array) {
        payloads += 1;
        seen.push(Buffer.from(value).toString('latin1'));
      } else if (typeof value === 'object' && value !== null) Object.values(value).forEach(walk);
    };
    walk(all);
    expect(payloads).toBeGreaterThan(100);
    const whole = seen.join('\n');
    for (const word of ['prs_', 'txt_', 'asserted_local', 'readiness_opened', 'leave_'])
      expect(whole).not.toContain(word);
  });
});

describe('a change of the rules', () => {
  it('is no change of workflow code: no rule is in the bundle', () => {
    const modules = [...bundle.matchAll(/^\/\*\*\*\/ "([^"]+)"|!\*\*\* (\.\/src\/\S+)/gm)].map(
      (one) => one[1] ?? one[2],
    );
    const ours = modules.filter((one) => one?.includes('/src/') && !one.includes('node_modules'));
    expect(ours.length).toBeGreaterThan(10);
    expect(ours.filter((one) => /\/src\/(domain|activities|ledger|guards|notify)\//.test(one ?? ''))).toEqual(
      [],
    );
    const code = bundle.split('//# sourceMappingURL')[0] ?? '';
    expect(code).not.toMatch(/\b[RXD]\d{1,2}\.\d{1,2}\b/);
    expect(code).not.toMatch(/gateRefusal|agendaOf|deciderOf|notices-out/);
  });

  it('replays every history, also when every rule throws', async () => {
    const code = await bundleOf((src) => {
      for (const name of readdirSync(join(src, 'domain'), { recursive: true, encoding: 'utf8' }))
        if (name.endsWith('.ts'))
          writeFileSync(join(src, 'domain', name), "throw new Error('another rule');\n");
    });
    expect([...(await replayed(code, all))]).toEqual([]);
  }, 240_000);
});

describe('a change of the shell', () => {
  const found: Record<string, number> = {};
  afterAll(() => console.log('histories that noticed:', JSON.stringify(found)));

  it.each([
    {
      what: 'a step more before it rests',
      file: 'workflows/shell.ts',
      from: 'await Promise.resolve();',
      to: 'await run.step();',
    },
    {
      what: 'a timer before each step',
      file: 'workflows/run-step.ts',
      from: 'return await quick.step.executeWithOptions({ summary }, [request]);',
      to: "await (await import('@temporalio/workflow')).sleep(5); return await quick.step.executeWithOptions({ summary }, [request]);",
    },
  ])(
    'is noticed: $what',
    async ({ what, file, from, to }) => {
      const code = await bundleOf((src) => replaced(join(src, file), from, to));
      const wrong = await replayed(code, all);
      found[what] = wrong.size;
      expect(wrong.size).toBeGreaterThan(caseKinds.length - 1);
      for (const error of wrong.values()) expect(error).toBeInstanceOf(DeterminismViolationError);
    },
    240_000,
  );
});
