/**
 * The pinned release of the Temporal CLI (server 1.29.1). Later tags carry a replace directive in their module
 * file, and `go install` refuses those.
 */
export const TEMPORAL_CLI = '1.5.1';
