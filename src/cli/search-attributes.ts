import { Connection } from '@temporalio/client';
import type { ConnectionOptions } from '@temporalio/client';
import { EXIT, Stop } from './exit.ts';

/** The five search attributes with their type's name and its number in Temporal's own protocol. */
export const searchAttributes = {
  HireOrg: { type: 'Keyword', number: 2 },
  HireCaseKind: { type: 'Keyword', number: 2 },
  HireStage: { type: 'Keyword', number: 2 },
  HireAttention: { type: 'Keyword', number: 2 },
  HireNextDueAt: { type: 'Datetime', number: 6 },
} as const;
type Name = keyof typeof searchAttributes;
const names = Object.keys(searchAttributes) as readonly Name[];

export interface AttributeState {
  readonly missing: readonly string[];
  /** There, under our name, and of another type: nothing we can repair. */
  readonly otherType: readonly string[];
}

async function present(connection: Connection, namespace: string): Promise<AttributeState> {
  const answer = await connection.operatorService.listSearchAttributes({ namespace });
  const all = { ...answer.systemAttributes, ...answer.customAttributes };
  return {
    missing: names.filter((name) => all[name] === undefined || all[name] === null),
    otherType: names.filter(
      (name) => all[name] !== undefined && all[name] !== null && all[name] !== searchAttributes[name].number,
    ),
  };
}

/** @returns which attributes a namespace lacks. */
export async function attributeState(
  connectionOptions: ConnectionOptions,
  namespace: string,
): Promise<AttributeState> {
  const connection = await Connection.connect(connectionOptions);
  try {
    return await present(connection, namespace);
  } finally {
    await connection.close();
  }
}

/** @returns the exact commands that register attributes. */
export function attributeCommands(
  missing: readonly string[],
  address: string,
  namespace: string,
): readonly string[] {
  return missing.map(
    (name) =>
      `temporal operator search-attribute create --address ${address} --namespace ${namespace} --name ${name} --type ${searchAttributes[name as Name].type}`,
  );
}

const SETTLE_TRIES = 40;
const SETTLE_PAUSE_MS = 250;

/**
 * Makes sure that the attributes are registered: an unregistered one would block every case. Registers where it may.
 * @throws Stop with the exact commands where it may not
 */
export async function ensureAttributes(
  connectionOptions: ConnectionOptions,
  address: string,
  namespace: string,
): Promise<void> {
  const connection = await Connection.connect(connectionOptions);
  try {
    const { missing, otherType } = await present(connection, namespace);
    if (otherType.length > 0)
      throw new Stop(
        EXIT.unavailable,
        'search_attributes_of_other_type',
        `The namespace ${namespace} has ${otherType.join(', ')} with another type. Use another namespace.`,
      );
    if (missing.length === 0) return;
    const wanted = Object.fromEntries(missing.map((name) => [name, searchAttributes[name as Name].number]));
    const done = await connection.operatorService
      .addSearchAttributes({ namespace, searchAttributes: wanted })
      .then(
        () => settled(connection, namespace),
        () => false,
      );
    if (!done) throw notRegistered(missing, address, namespace);
  } finally {
    await connection.close();
  }
}

async function settled(connection: Connection, namespace: string): Promise<boolean> {
  for (let tries = 0; tries < SETTLE_TRIES; tries++) {
    const { missing } = await present(connection, namespace);
    if (missing.length === 0) return true;
    await new Promise((resume) => setTimeout(resume, SETTLE_PAUSE_MS));
  }
  return false;
}

function notRegistered(missing: readonly string[], address: string, namespace: string): Stop {
  const commands = attributeCommands(missing, address, namespace);
  return new Stop(
    EXIT.unavailable,
    'search_attributes_missing',
    `The namespace ${namespace} lacks search attributes, and this connection may not register them. Run:\n${commands.join('\n')}`,
  );
}
