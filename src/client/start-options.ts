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
    // A task given to a worker that was killed just then is lost for so long; ten seconds unless said.
    workflowTaskTimeout: '5s',
    staticSummary: kind,
  };
}
