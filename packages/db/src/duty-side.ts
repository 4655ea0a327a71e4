// What units keep and send themselves, and what is seen from outside.
export {
  type HandoverFilter,
  type HandoverRow,
  type HandoverStepRow,
  insertHandover,
  insertHandoverStep,
  listHandovers,
  listHandoverSteps,
} from './queries/handovers.ts'
export { listLogItemsOfUnits } from './queries/list-log-items-of-units.ts'
export {
  countLogDays,
  countOpenLogs,
  insertLogDay,
  listLogDays,
  type LogDayRow,
  type LogOpenCount,
} from './queries/log-days.ts'
export {
  countLogEntries,
  findLogNumber,
  insertLogEntry,
  insertLogSteps,
  listLogEntries,
  listLogSteps,
  LOG_SORTS,
  type LogEntryRow,
  type LogFilter,
  type LogPlace,
  type LogSort,
  type LogStepRow,
  WHOLE_LOG,
} from './queries/log-entries.ts'
export { type DailyReportRow, insertDailyReport, listDailyReports } from './queries/daily-reports.ts'
export { type DutySettingRow, insertDutySetting, listDutySettings } from './queries/duty-settings.ts'
export {
  type FilingDraftRow,
  type FilingFormRow,
  type FilingSourceRow,
  findFilingSource,
  type FormKey,
  insertFilingForm,
  insertFilingSource,
  listFilingDrafts,
  listFilingForms,
  listFilingSources,
  putFilingDraft,
} from './queries/filing-forms.ts'
export {
  type FilingReminderRow,
  insertFilingReminders,
  insertReminderSeen,
  listFilingReminders,
  type NewReminder,
} from './queries/filing-reminders.ts'
export {
  countFilingStandings,
  type FilingListArgs,
  type FilingStandingRow,
  filingStandingsQuery,
  listFilingStandings,
} from './queries/filing-standings.ts'
export { insertSpecialPeriod, listSpecialPeriods, type SpecialPeriodRow } from './queries/special-periods.ts'
export { insertPhoneRecord, listPhoneRecords, type PhoneRecordRow } from './queries/phone-records.ts'
export {
  findLastReportNumber,
  insertReportAct,
  insertReportContent,
  listEventCodesLike,
  listReportActs,
  listReportContents,
  type ReportActRow,
  type ReportContentRow,
} from './queries/report-contents.ts'
export { listReportDrafts, type ReportDraftRow, saveReportDraft } from './queries/report-drafts.ts'
export { type DutyLineMoment, type KnownDutyLine, listDutyLines } from './queries/list-duty-lines.ts'
export { listFilingsOfUnits } from './queries/list-filings-of-units.ts'
export {
  type LateRosterChange,
  type LateRosterMoment,
  listLateRosterChanges,
} from './queries/list-late-roster-changes.ts'
export {
  type KnownShift,
  listRosterAsKnown,
  listShiftsOfPeople,
  type RosterMoment,
} from './queries/list-roster-as-known.ts'
export { type CoverQuestion, listRosterCover, type RosterCoverRow } from './queries/roster-cover.ts'
export { listRosterSources, type RosterSource } from './queries/roster-evidence.ts'
export * from './queries/roster-changes.ts'
export * from './queries/duty-rooms.ts'
export * from './queries/duty-room-files.ts'
export * from './queries/leads.ts'
export * from './queries/list-reported-texts.ts'
export * from './queries/lead-steps.ts'
export * from './queries/lead-inquiries.ts'
export * from './queries/informants.ts'
