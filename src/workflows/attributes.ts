import { defineSearchAttributeKey } from '@temporalio/common';
import type { SearchAttributeUpdatePair } from '@temporalio/common';
import { workflowInfo } from '@temporalio/workflow';
import type { StepAnswer } from '../contracts/step.ts';

/** Search attributes are never encrypted: opaque refs and codes only, never a name. */
const hireStage = defineSearchAttributeKey('HireStage', 'KEYWORD');
const hireAttention = defineSearchAttributeKey('HireAttention', 'KEYWORD');
const hireNextDueAt = defineSearchAttributeKey('HireNextDueAt', 'DATETIME');

const sameValue = (one: unknown, other: unknown): boolean =>
  one instanceof Date && other instanceof Date ? one.getTime() === other.getTime() : one === other;

/** What a step says of its case, as updates of those among the three that differ from what is shown. */
export function changedPairs(of: StepAnswer['attributes']): SearchAttributeUpdatePair[] {
  const shown = workflowInfo().typedSearchAttributes;
  const due = of.dueAt === null ? null : new Date(of.dueAt);
  const pairs: SearchAttributeUpdatePair[] = [];
  if (!sameValue(shown.get(hireStage), of.stage)) pairs.push({ key: hireStage, value: of.stage });
  if (!sameValue(shown.get(hireAttention), of.attention))
    pairs.push({ key: hireAttention, value: of.attention });
  if (!sameValue(shown.get(hireNextDueAt) ?? null, due)) pairs.push({ key: hireNextDueAt, value: due });
  return pairs;
}

/** The stage that an earlier run of the case left to be shown; empty in its first. */
export function shownStage(): string {
  return workflowInfo().typedSearchAttributes.get(hireStage) ?? '';
}
