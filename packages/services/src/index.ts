export { type AuditKey, openAuditKey } from './audit/audit-key.ts'
export { type CheckpointTimer, type CheckpointTimerOptions, createCheckpointTimer } from './audit/checkpoint-timer.ts'
export { type AuditExport, exportAudit } from './audit/export-audit.ts'
export { listAudit } from './audit/list-audit.ts'
export { listAuditNotes } from './audit/list-audit-notes.ts'
export { listAuditCheckpoints } from './audit/list-audit-checkpoints.ts'
export { type CheckpointArgs, type CheckpointResult, makeAuditCheckpoint } from './audit/make-checkpoint.ts'
export { type BackupResult, backUp, type BackUpArgs } from './backup/back-up.ts'
export { KEY_BYTES } from './backup/backup-format.ts'
export { restoreBackup, type RestoreArgs, type RestoreResult, type RestoreStep } from './backup/restore-backup.ts'
export { getCheckPage } from './check/get-check-page.ts'
export { listChecks } from './check/list-checks.ts'
export { endViewAs, viewAs } from './access/view-as.ts'
export { exportAccessXlsx } from './access/export-access-xlsx.ts'
export { getAccessTable } from './access/get-access-table.ts'
export { revealPersonal } from './personal/reveal-personal.ts'
export { createToken, listTokens, loadToken, revokeToken } from './token/manage-tokens.ts'
export { type AccountActor, type Actor, type TokenActor } from './actor.ts'
export { recordRefusal } from './audit/record-audit.ts'
export type { ServiceContext } from './context.ts'
export {
  holdsDemonstration,
  isEmptyInstallation,
  isUnclaimed,
  markDemonstration,
  needsDemonstration,
} from './demonstration/demonstration.ts'
export { type ExportArgs, exportKind, writeExport } from './export/export-kind.ts'
export { exportLeagueXlsx } from './export/export-league-xlsx.ts'
export { exportUnitDeductionsXlsx } from './export/export-unit-deductions-xlsx.ts'
export type { ExportedFile } from './export/exported-file.ts'
export { getEventPage } from './event/get-event-page.ts'
export { listEvents } from './event/list-events.ts'
export { importFile } from './import/import-file.ts'
export { createImportJobs, type ImportJobs, type ImportJobsOptions } from './import/import-jobs.ts'
export type { ImportArgs, ImportOutcome, ImportProgress } from './import/import-types.ts'
export { readIssues, type SpooledIssue, toImportIssue } from './import/issue-spool.ts'
export { listImports } from './import/list-imports.ts'
export { toRefusedXlsx } from './import/refused-rows.ts'
export { runImport } from './import/run-import.ts'
export { makeTemplateXlsx } from './import/template.ts'
export { getLeague } from './league/get-league.ts'
export { getLeagueTable } from './league/get-league-table.ts'
export { listGroups } from './league/list-groups.ts'
export { refreshStaleUnitQuarters } from './league/refresh-stale.ts'
export { refreshUnitQuarters } from './league/refresh-unit-quarters.ts'
export { checkReadiness } from './meta/check-readiness.ts'
export { getMeta } from './meta/get-meta.ts'
export { getOverview } from './overview/get-overview.ts'
export { installSampleRules } from './rules/install-sample-rules.ts'
export { searchAll } from './search/search-all.ts'
export { SERVICE_ERROR_CODES, ServiceError, type ServiceErrorCode } from './service-error.ts'
export { getUnitPage } from './unit/get-unit-page.ts'
export { listUnits } from './unit/list-units.ts'
export { addUser, getAccountId } from './account/add-user.ts'
export { getAccountItem, listAccounts } from './account/list-accounts.ts'
export { bindSubject, createAccount, resetPassword, updateAccount } from './account/manage-accounts.ts'
export { endSessionsOf, grantRole, revokeRole, unlockAccount } from './account/manage-roles.ts'
export { type DemonstrationAccount, putDemonstrationAccounts } from './account/put-demonstration-accounts.ts'
export type { SessionGrant } from './session/begin-session.ts'
export { changePassword } from './session/change-password.ts'
export { getSessionState } from './session/get-session-state.ts'
export {
  createIdentity,
  type Identity,
  type IdentityContext,
  type IdentityOptions,
  type PasswordContext,
  type PasswordSettings,
  SESSION_POLICY,
  type SessionPolicy,
} from './session/identity.ts'
export { loadSession } from './session/load-session.ts'
export { listSessions, revokeSession, signOut } from './session/sessions.ts'
export { signIn, type SignInArgs, type SignInOutcome } from './session/sign-in.ts'
export { beginOidc, finishOidc, FLOW_MINUTES } from './session/single-sign-on.ts'
export { beginTotp, confirmTotp, removeTotp } from './session/totp.ts'
export type { OidcConfig as OidcSettings } from '@zhidu/identity'
