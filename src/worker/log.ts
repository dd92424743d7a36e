import pino from 'pino';
import type { Logger } from 'pino';
import type { EventLog } from '../activities/ports.ts';

/** Fields a log line may carry; anything else is dropped, so that no name, text or server message gets in. */
const allowed = new Set([
  'case',
  'code',
  'done',
  'type',
  'attempt',
  'kind',
  'count',
  'ms',
  'queue',
  'sequence',
  'state',
  'at',
  'workflowId',
  'workflowType',
  'activityType',
  'taskQueue',
  'runId',
  'namespace',
  'sdkComponent',
]);

function safe(fields: Readonly<Record<string, unknown>>): Record<string, string | number> {
  const kept: Record<string, string | number> = {};
  for (const [key, value] of Object.entries(fields))
    if (allowed.has(key) && (typeof value === 'string' || typeof value === 'number')) kept[key] = value;
  return kept;
}

/** @param file where lines go; left out: standard error */
export function openLog(file?: string): Logger {
  const destination = pino.destination(
    file === undefined ? { dest: 2, sync: true } : { dest: file, sync: true, mkdir: true, mode: 0o600 },
  );
  return pino({ base: { pid: process.pid }, level: 'info', messageKey: 'event' }, destination);
}

export function eventLog(logger: Logger): EventLog {
  return {
    info: (event, fields) => logger.info(safe(fields), event),
    warn: (event, fields) => logger.warn(safe(fields), event),
  };
}

/** For the SDK: its message texts may quote failures, so only a short constant part and allowed fields pass. */
export function sdkLogger(logger: Logger) {
  const line =
    (level: 'debug' | 'info' | 'warn' | 'error') => (message: string, meta?: Record<string, unknown>) =>
      logger[level](safe(meta ?? {}), message.split(/[:\n(]/)[0]?.slice(0, 80) ?? 'sdk');
  const log = (level: string, message: string, meta?: Record<string, unknown>): void => {
    const known =
      level === 'ERROR' ? 'error' : level === 'WARN' ? 'warn' : level === 'INFO' ? 'info' : 'debug';
    line(known)(message, meta);
  };
  return {
    log,
    trace: line('debug'),
    debug: line('debug'),
    info: line('info'),
    warn: line('warn'),
    error: line('error'),
  };
}
