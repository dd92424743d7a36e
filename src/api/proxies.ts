const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]', '::1']);

/** People come from elsewhere, this process hears its own machine only, and nobody said which proxy stands between. */
class ProxiesUnknown extends Error {
  readonly code = 'PEER_HIRE_TRUSTED_PROXIES';
  constructor() {
    super('name the addresses of your proxies in PEER_HIRE_TRUSTED_PROXIES');
    this.name = 'ProxiesUnknown';
  }
}

/**
 * Whose word counts for where a request comes from: else everybody behind a proxy has one limit, and one of them locks out
 * all. Addresses or networks, with commas. @throws ProxiesUnknown
 */
export function proxiesOf(env: NodeJS.ProcessEnv, origin: string, host: string): readonly string[] {
  const said = env['PEER_HIRE_TRUSTED_PROXIES'];
  if (said === undefined && LOOPBACK.has(host) && !LOOPBACK.has(new URL(origin).hostname))
    throw new ProxiesUnknown();
  const listed = (said ?? '').split(',').map((one) => one.trim());
  return listed.filter((one) => one !== '');
}
