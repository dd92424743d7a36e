import type { CivilDate, Instant } from '../kernel/calendar.ts';
import type { CaseId, PersonRef, SiteRef } from '../kernel/words.ts';
import type { ReportConcern, ReportFinding, ReportMeasure, ReportOffice } from './words-report.ts';

/** X19; all of it lies in the vault. */
export type ReportEvent =
  | {
      readonly kind: 'report_opened';
      readonly body: {
        readonly site: SiteRef;
        readonly parent: CaseId;
        /** Who reported, or for whom an officer did. */
        readonly person: PersonRef;
        readonly concern: ReportConcern;
        readonly to: ReportOffice;
        /** Who must not look into it. */
        readonly against?: PersonRef;
        readonly text?: string;
        /** The last day of the guard against retaliation. */
        readonly until: CivilDate;
        readonly known?: true;
      };
    }
  | { readonly kind: 'report_acknowledged'; readonly body: { readonly by: PersonRef } }
  | {
      readonly kind: 'report_investigated';
      readonly body: { readonly by: PersonRef; readonly finding: ReportFinding };
    }
  | {
      readonly kind: 'report_closed';
      readonly body: { readonly by: PersonRef; readonly measures: readonly ReportMeasure[] };
    }
  /** The guard is over and nothing was seen. */
  | { readonly kind: 'guard_ended'; readonly body: { readonly by: PersonRef } }
  /** Something was seen: the matter is open again, and the guard lasts anew. */
  | {
      readonly kind: 'report_reopened';
      readonly body: { readonly by: PersonRef; readonly until: CivilDate };
    };

/** X19: `opened`, `investigated`, `closed`; the guard outlasts the closing. */
export interface Report {
  readonly about: 'report';
  readonly status: 'opened' | 'investigated' | 'closed';
  /** Who looks into it, and with the reporter the only ones who read it. */
  readonly officer: ReportOffice;
  readonly against: PersonRef | null;
  /** When it was reported, or what was seen after it. */
  readonly asked: Instant;
  readonly acknowledged: boolean;
  readonly until: CivilDate;
}
