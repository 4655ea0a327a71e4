import type { EventListItem } from '@zhidu/contract'

export function makeEventItem(overrides: Partial<EventListItem> = {}): EventListItem {
  return {
    eventCode: 'SJ-2026-0817-03',
    unitCode: 'D13',
    unitName: '市住房城乡建设局',
    category: 'accident',
    level: 'IV',
    learnedAt: '2026-08-17T14:05:00+08:00',
    dueAt: '2026-08-17T16:05:00+08:00',
    writtenAt: '2026-08-17T16:22:00+08:00',
    outcome: 'late',
    lateSeconds: 1020,
    lost: 3,
    preReport: null,
    isReopened: false,
    ...overrides,
  }
}
