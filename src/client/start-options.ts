import { TypedSearchAttributes, defineSearchAttributeKey } from '@temporalio/common';
import type { CaseKind } from '../domain/kernel/words.ts';

const hireOrg = defineSearchAttributeKey('HireOrg', 'KEYWORD');
const hireCaseKind = defineSearchAttributeKey('HireCaseKind', 'KEYWORD');

/** How every run of a case is started, by whomever: same id, same queue, same plain attributes. */
export function startOptions(org: string, kind: CaseKind, caseId: string, taskQueue: string) {
  return {
    workflowId: caseId,
    taskQueue,
    typedSearchAttributes: new TypedSearchAttributes([
      { key: hireOrg, value: org },
      { key: hireCaseKind, value: kind },
    ]),
    staticSummary: kind,
  };
}
