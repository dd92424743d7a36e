/** The arrows between the rooms; see docs/decisions and the README's picture. Cycles count on run-time imports. */
const room = (name) => `^src/${name}/`;
const only = (from, to) => ({
  name: `${from}-imports-only-its-neighbours`,
  severity: 'error',
  from: { path: room(from) },
  to: { path: '^src/', pathNot: [from, ...to].map(room), dependencyTypesNot: ['type-only'] },
});
module.exports = {
  forbidden: [
    {
      name: 'the-domain-is-pure',
      comment: 'At run time the domain imports nothing outside itself.',
      severity: 'error',
      from: { path: room('domain') },
      to: { pathNot: room('domain'), dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'the-domain-takes-types-from-contracts-only',
      severity: 'error',
      from: { path: room('domain') },
      to: { path: '^src/', pathNot: [room('domain'), room('contracts')] },
    },
    {
      name: 'workflows-hold-no-rules',
      comment: 'No schema library, no platform, no rule enters the workflow bundle.',
      severity: 'error',
      from: { path: room('workflows') },
      to: {
        pathNot: [room('workflows'), '^src/contracts/untrusted', '@temporalio/(workflow|common)'],
        dependencyTypesNot: ['type-only'],
      },
    },
    {
      name: 'contracts-import-words',
      comment: 'Contracts import the closed lists and plain shapes of the domain, nothing else of the house.',
      severity: 'error',
      from: { path: room('contracts') },
      to: { path: '^src/', pathNot: [room('contracts'), room('domain')], dependencyTypesNot: ['type-only'] },
    },
    only('directory', ['contracts', 'domain']),
    only('notify', ['domain']),
    only('ledger', ['contracts', 'domain', 'directory']),
    only('activities', ['contracts', 'domain', 'directory', 'ledger', 'notify', 'client']),
    only('content', ['domain']),
    only('guards', ['domain']),
    only('documents', ['content', 'domain', 'notify']),
    {
      name: 'documents-are-pure',
      comment:
        'A document is made from what it is given: no disk, no clock, no database. The toolbox is read once.',
      severity: 'error',
      from: { path: room('documents') },
      to: { path: '^(node:|fs$|path$)|node_modules/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'only-these-read-the-toolbox',
      severity: 'error',
      from: { path: '^src/', pathNot: ['content', 'cli', 'client', 'documents'].map(room) },
      to: { path: room('content') },
    },
    {
      name: 'only-these-ask-the-guards',
      severity: 'error',
      from: { path: '^src/', pathNot: ['guards', 'client', 'cli'].map(room) },
      to: { path: room('guards') },
    },
    only('client', [
      'contracts',
      'domain',
      'directory',
      'ledger',
      'workflows',
      'content',
      'documents',
      'guards',
    ]),
    only('sandbox', ['client', 'contracts', 'domain', 'directory', 'ledger']),
    only('local', ['contracts']),
    only('worker', ['activities', 'client', 'directory', 'ledger', 'local', 'notify', 'workflows']),
    {
      name: 'only-these-speak-to-the-database',
      severity: 'error',
      from: {
        path: '^src/',
        pathNot: ['ledger', 'directory', 'local', 'activities', 'client', 'sandbox', 'bench'].map(room),
      },
      to: { path: 'node_modules/pg/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'no-cycles',
      severity: 'error',
      from: { path: '^src/' },
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
    },
  },
};
