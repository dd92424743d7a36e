import { defineSearchAttributeKey } from '@temporalio/common';
import type { SearchAttributeUpdatePair } from '@temporalio/common';
import type { StepAnswer } from '../contracts/step.ts';

/** Never encrypted: opaque refs and codes only (architecture, names that leave the house). */
export const hireOrg = defineSearchAttributeKey('HireOrg', 'KEYWORD');
export const hireCaseKind = defineSearchAttributeKey('HireCaseKind', 'KEYWORD');
export const hireStage = defineSearchAttributeKey('HireStage', 'KEYWORD');
export const hireAttention = defineSearchAttributeKey('HireAttention', 'KEYWORD');
export const hireNextDueAt = defineSearchAttributeKey('HireNextDueAt', 'DATETIME');

/** What a step says of its case, as updates of the three that change. */
export function attributePairs(of: StepAnswer['attributes']): SearchAttributeUpdatePair[] {
  return [
    { key: hireStage, value: of.stage },
    { key: hireAttention, value: of.attention },
    { key: hireNextDueAt, value: of.dueAt === null ? null : new Date(of.dueAt) },
  ];
}
