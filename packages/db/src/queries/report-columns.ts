/** Columns of a report as queries hand it over; `elements` is the bit mask of the table. */
export const REPORT_COLUMNS = [
  'report.event_code as eventCode',
  'report.unit_code as unitCode',
  'report.stage',
  'report.sequence',
  'report.category',
  'report.level',
  'report.occurred_at as occurredAt',
  'report.learned_at as learnedAt',
  'report.phoned_at as phonedAt',
  'report.written_at as writtenAt',
  'report.elements',
] as const
