import { describe, expect, it } from 'vitest';
import { KindUnknown, checkKind, kindsNear } from '../../src/client/known-kinds.ts';
import { EXIT, told } from '../../src/cli/exit.ts';
import { problemOfError } from '../../src/api/errors.ts';
import { eventKinds } from '../../src/ledger/verify/shapes/index.ts';
import { deciders } from '../../src/domain/cases.ts';

describe('a kind of entry that is asked for', () => {
  it('is one of those that there are: each that a rule can bring about, and what lies sealed', () => {
    const made = Object.values(deciders).flatMap((decider) => Object.keys(decider.classes));
    expect(made.length).toBeGreaterThan(200);
    expect(made.filter((kind) => !eventKinds.includes(kind))).toEqual([]);
    for (const kind of [...eventKinds, 'sealed', 'prompted', undefined])
      expect(() => checkKind(kind)).not.toThrow();
  });

  it('is refused where there is none, with those most like it: an empty list would say that nothing happened', () => {
    for (const typed of ['nonsense', 'Session_logged', 'session', '', 'x'.repeat(5_000), '__proto__'])
      expect(() => checkKind(typed), typed).toThrow(KindUnknown);
    expect(kindsNear('sesion_loged')[0]).toBe('session_logged');
    expect(kindsNear('Session_Logged')[0]).toBe('session_logged');
    expect(kindsNear('session').every((kind) => kind.includes('session'))).toBe(true);
    // What was typed may be a name: it is not said again.
    const error = told(new KindUnknown('dana_ortiz'));
    expect(error).toMatchObject({ exit: EXIT.usage, code: 'unknown_kind' });
    expect(error.message).toContain('Near it are ');
    expect(error.message).not.toContain('ortiz');
    const { problem } = problemOfError(new KindUnknown('dana_ortiz'));
    expect(problem).toMatchObject({ status: 400, code: 'unknown_kind' });
    expect(problem.detail).toContain('Near it are ');
  });
});
