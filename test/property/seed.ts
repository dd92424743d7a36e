import fc from 'fast-check';

// The same plays in every run, so that a red run is red again; FC_SEED=random looks for new ones.
const wanted = process.env['FC_SEED'] ?? '20250106';
if (wanted !== 'random') fc.configureGlobal({ ...fc.readConfigureGlobal(), seed: Number(wanted) });
