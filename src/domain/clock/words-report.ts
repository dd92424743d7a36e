/** X19: harassment, being made to disclose, and talk about somebody's own matters. What happened is in the sealed words alone. */
export const reportConcerns = ['harassment', 'forced_disclosure', 'talked_about'] as const;
/** Whom a report goes to: its own officer, or another one where the first is concerned. */
export const reportOffices = ['investigating_officer', 'accommodation_officer', 'leave_officer'] as const;
export const reportFindings = ['substantiated', 'partly', 'not_substantiated'] as const;
export const reportMeasures = ['talk', 'training', 'duties_apart', 'referred_on', 'none'] as const;
/** Whether anything was seen since that looks like an answer to the report. */
export const lookOutcomes = ['nothing_seen', 'seen'] as const;

export type ReportConcern = (typeof reportConcerns)[number];
export type ReportOffice = (typeof reportOffices)[number];
export type ReportFinding = (typeof reportFindings)[number];
export type ReportMeasure = (typeof reportMeasures)[number];

export const reportKeys = ['X19.ack_bd', 'X19.investigate_bd', 'X19.close_bd', 'X19.guard_d'] as const;
