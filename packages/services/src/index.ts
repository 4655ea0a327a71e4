export { getCheckPage } from './check/get-check-page.ts'
export { listChecks } from './check/list-checks.ts'
export type { ServiceContext } from './context.ts'
export {
  clearDemonstration,
  isEmptyInstallation,
  markDemonstration,
  needsDemonstration,
} from './demonstration/demonstration.ts'
export { exportLeagueXlsx } from './export/export-league-xlsx.ts'
export { exportUnitDeductionsXlsx } from './export/export-unit-deductions-xlsx.ts'
export type { ExportedFile } from './export/exported-file.ts'
export { getEventPage } from './event/get-event-page.ts'
export { listEvents } from './event/list-events.ts'
export { importFile } from './import/import-file.ts'
export type { ImportArgs, ImportOutcome, ImportProgress } from './import/import-types.ts'
export { runImport } from './import/run-import.ts'
export { getLeague } from './league/get-league.ts'
export { getLeagueTable } from './league/get-league-table.ts'
export { listGroups } from './league/list-groups.ts'
export { refreshStaleUnitQuarters } from './league/refresh-stale.ts'
export { checkReadiness } from './meta/check-readiness.ts'
export { getMeta } from './meta/get-meta.ts'
export { getOverview } from './overview/get-overview.ts'
export { installSampleRules } from './rules/install-sample-rules.ts'
export { searchAll } from './search/search-all.ts'
export { SERVICE_ERROR_CODES, ServiceError, type ServiceErrorCode } from './service-error.ts'
export { getUnitPage } from './unit/get-unit-page.ts'
export { listUnits } from './unit/list-units.ts'
