import fc from 'fast-check';

// The same plays in every run, so that a red run is red again; FC_SEED=random looks for new ones.
// Known red, not mended yet: FC_SEED=360322152. Two moves, an extra session and a leave, nothing logged: the next
// supervision session comes after 14 days instead of 7 (employment.property.test.ts, "neither lost nor doubled").
const wanted = process.env['FC_SEED'] ?? '20250106';
if (wanted !== 'random') fc.configureGlobal({ ...fc.readConfigureGlobal(), seed: Number(wanted) });
