import { describe, expect, it } from 'vitest';
import { readFileSync } from 'node:fs';
import { commandSchemas } from '../../src/contracts/commands.ts';
import { stepUpCommands } from '../../src/domain/kernel/actions.ts';

/** Commands for which an open browser is enough, said of each by hand: a new one stands here or asks for more. */
const open = JSON.parse(
  readFileSync(new URL('./step-up.json', import.meta.url), 'utf8'),
) as readonly string[];

const all = Object.entries(commandSchemas).flatMap(([kind, commands]) =>
  Object.keys(commands).map((type) => `${kind}/${type}`),
);

describe('showing again who is there', () => {
  it('is asked for each command, or said by hand not to be', () => {
    expect([...stepUpCommands, ...open].toSorted()).toEqual(all.toSorted());
  });

  it('is asked for whatever makes, changes or ends an offer or somebody’s work', () => {
    const binds =
      /offer$|rescind|resign|_death$|adverse$|rehire$|candidacy\/withdraw$|(propose|confirm)_separation|confirm_(measure|pay_change)/;
    const open = ['candidacy/draft_offer'];
    expect(all.filter((one) => binds.test(one) && !stepUpCommands.has(one))).toEqual(open);
  });
});
