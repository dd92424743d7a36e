import { temporal } from '@temporalio/proto';

type HistoryEvent = temporal.api.history.v1.IHistoryEvent;

/** @returns the plain name of an event's type, e.g. `MARKER_RECORDED` */
export function eventTypeName(event: HistoryEvent): string {
  const names = temporal.api.enums.v1.EventType;
  return names[event.eventType ?? 0]?.replace(/^EVENT_TYPE_/, '') ?? 'UNKNOWN';
}
