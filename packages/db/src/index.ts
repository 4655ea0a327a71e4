export { asReadonly, type Db, type ReadonlyDb } from './db.ts'
export { instant, toInstantText } from './instant.ts'
export {
  listAppliedMigrations,
  listKnownMigrations,
  migrateDown,
  migrateTo,
  migrateToLatest,
} from './migrations/migrate.ts'
export { type TransactionOptions, withTransaction } from './transaction/with-transaction.ts'
export { type OpenDatabase, openDatabase } from './connection/open-database.ts'
export { EngineError, type EngineErrorCode } from './engine/engine-error.ts'
export { type Engine, type EngineDescription, type EngineSource, openEngine } from './engine/open-engine.ts'
export type { EngineHooks, EngineStep } from './engine/progress.ts'
export { acquireServeLock, AlreadyServingError, type ServeLock, type ServeLockOptions } from './engine/serve-lock.ts'
export type * from './schema.ts'
export type { ObligationCause } from './obligations/obligation-tables.ts'
export { type CopyTarget, copyRows, type CopyValue } from './queries/copy-rows.ts'
export {
  addAuditCheckpoint,
  type AuditCheckpointRow,
  type CheckpointReason,
  countAuditCheckpoints,
  listAuditCheckpoints,
  listLastAuditCheckpoints,
} from './queries/audit-checkpoints.ts'
export {
  type AuditFilter,
  type AuditRow,
  countAudit,
  findAuditSize,
  listAuditLog,
  listAuditPage,
} from './queries/audit-log.ts'
export { countFactsSince, findHighWater, type FrozenTarget } from './staging/facts-since-freeze.ts'
export {
  type FrozenPart,
  insertFrozenParts,
  listFrozenFileNames,
  listFrozenParts,
  listFrozenPartsOfUnits,
  listSharedFrozenParts,
} from './queries/frozen-parts.ts'
export {
  findFrozenRef,
  type FrozenQuarterRow,
  insertFrozenQuarter,
  listFrozenQuarters,
} from './queries/frozen-quarters.ts'
export {
  type BulletinAuthor,
  type BulletinRevisionRow,
  type BulletinRow,
  type BulletinStepRow,
  insertBulletin,
  insertBulletinRevision,
  insertBulletinStep,
  listBulletinRevisions,
  listBulletins,
  listBulletinSteps,
} from './queries/bulletins.ts'
export { type DrawNoticeRow, insertDrawNotices, listDrawNotices } from './queries/draw-notices.ts'
export {
  approveDrawPlan,
  type DrawAuthor,
  type DrawPlanRow,
  insertDrawPlan,
  listDrawPlans,
} from './queries/draw-plans.ts'
export {
  type DrawRow,
  type DrawStepRow,
  insertDraw,
  insertDrawStep,
  listDraws,
  listDrawSteps,
} from './queries/draws.ts'
export { type ChecklistRow, insertChecklist, listChecklists } from './queries/checklists.ts'
export {
  countInspections,
  findInspection,
  findInspectionIdOfCheck,
  insertInspection,
  type InspectionContent,
  type InspectionFilter,
  type InspectionProgress,
  type InspectionRow,
  type InspectionStanding,
  listInspections,
  listInspectionsOfUnits,
} from './queries/inspections.ts'
export {
  type InspectionContentRow,
  listInspectionContents,
  listInspectionPlaces,
} from './queries/inspection-contents.ts'
export {
  deleteInspectionFileParts,
  insertInspectionFilePart,
  insertInspectionFileReceipt,
  insertInspectionFiles,
  type InspectionFileRow,
  listInspectionFileParts,
  listInspectionFiles,
  lockInspectionFile,
} from './queries/inspection-files.ts'
export {
  type AboutInspection,
  insertInspectionDecision,
  insertInspectionFindings,
  type InspectionFindingRow,
  listInspectionFindings,
} from './queries/inspection-findings.ts'
export {
  type CaseOutcomeRow,
  countSupervisionCases,
  findSupervisionCases,
  insertSupervisionCases,
  listCaseOutcomes,
  listSupervisionCases,
  type SupervisionCaseFilter,
  type SupervisionCaseRow,
} from './queries/supervision-cases.ts'
export {
  type CommendationKey,
  type CommendationNameRow,
  type CommendationStepRow,
  insertCommendationStep,
  listCommendationNames,
  listCommendationSteps,
} from './queries/commendations.ts'
export { type AssessmentStepRow, insertAssessmentStep, listAssessmentSteps } from './queries/assessment-steps.ts'
export {
  type AboutAppeal,
  type AppealFilter,
  type AppealRow,
  type AppealStepRow,
  countAppeals,
  findAppeals,
  insertAppeal,
  insertAppealStep,
  listAppeals,
  listAppealSteps,
} from './queries/appeals.ts'
export { listWaiversOfUnits } from './queries/list-waivers-of-units.ts'
export {
  insertMeeting,
  insertMeetingRevision,
  insertMeetingStep,
  listMeetingRevisions,
  listMeetings,
  listMeetingSteps,
  type MeetingRevisionRow,
  type MeetingRow,
  type MeetingStepRow,
} from './queries/meetings.ts'
export {
  insertMeetingInvitation,
  insertMeetingReply,
  listMeetingInvitations,
  listMeetingReplies,
  type MeetingInvitationRow,
  type MeetingReplyRow,
} from './queries/meeting-invitations.ts'
export {
  insertMeetingDecision,
  insertMeetingDecisionStep,
  listMeetingDecisions,
  listMeetingDecisionSteps,
  type MeetingDecisionRow,
  type MeetingDecisionStepRow,
} from './queries/meeting-decisions.ts'
export { type AboutCase, type CaseStepRow, insertCaseStep, listCaseSteps } from './queries/case-steps.ts'
export {
  type CaseFileRow,
  deleteCaseFileParts,
  insertCaseFile,
  insertCaseFilePart,
  listCaseFileParts,
  listCaseFiles,
  listFilesOfCases,
  lockCaseFile,
} from './queries/case-files.ts'
export {
  countMisreportCases,
  findMisreportCase,
  insertMisreportCase,
  insertMisreportStep,
  listMisreportCases,
  listMisreportSteps,
  type MisreportCaseFilter,
  type MisreportCaseRow,
  type MisreportStepRow,
} from './queries/misreport-cases.ts'
export { insertInspectionOrder, type InspectionOrderRow, listInspectionOrders } from './queries/inspection-orders.ts'
export { type CheckHistoryRow, listCheckHistory } from './queries/list-check-history.ts'
export { findCheck } from './queries/find-check.ts'
export { findRegulation } from './queries/find-regulation.ts'
export { findRegulationInForce, getRegulationInForce } from './queries/get-regulation-in-force.ts'
export {
  claimIdempotencyKey,
  type IdempotencyClaim,
  releaseIdempotencyKey,
  storeIdempotentAnswer,
} from './queries/idempotency.ts'
export { listAdoptionsOfUnits } from './queries/list-adoptions-of-units.ts'
export { listBonusesOfUnits } from './queries/list-bonuses-of-units.ts'
export { type CaseKey, type InstantRange, listCaseReports, type ReportRow } from './queries/list-case-reports.ts'
export { countReportsOfUnits } from './queries/count-reports-of-units.ts'
export { type CaseCursor, type CaseFilter, type CaseRow, listCases, listCountedCases } from './queries/list-cases.ts'
export { type CheckCursor, type CheckFilter, listChecks, listCountedChecks } from './queries/list-checks.ts'
export { listChecksOfUnits } from './queries/list-checks-of-units.ts'
export { listFreezeEntries } from './queries/list-freeze-entries.ts'
export { listEventReports } from './queries/list-event-reports.ts'
export { type FactSpan, listFactSpans } from './queries/list-fact-spans.ts'
export { listHolidays } from './queries/list-holidays.ts'
export { listImportFiles } from './queries/list-imports.ts'
export { listMisreportsOfUnits } from './queries/list-misreports-of-units.ts'
export { type CaseNotices } from './queries/list-notices-of-cases.ts'
export { listPreReportsOfUnits } from './queries/list-pre-reports-of-units.ts'
export { listQuartersWithFacts } from './queries/list-quarters-with-facts.ts'
export { listRegulations, type RegulationRow } from './queries/list-regulations.ts'
export { listReopeningsOfUnits } from './queries/list-reopenings-of-units.ts'
export { loadCaseFacts } from './queries/load-case-facts.ts'
export { listRollupKeys } from './queries/list-rollup-keys.ts'
export { listRollupQuarters } from './queries/list-rollup-quarters.ts'
export { listStaleUnitQuarters } from './queries/list-stale-unit-quarters.ts'
export { findFactStamp } from './queries/find-fact-stamp.ts'
export { listSuccessions, type SuccessionRow } from './queries/list-successions.ts'
export { listUnitsOwing } from './queries/list-units-owing.ts'
export { listYearNotices, type YearNoticeRow } from './queries/list-year-notices.ts'
export { addSuccessions, type SuccessionEntry, withdrawSuccession } from './queries/put-successions.ts'
export { addFirstNotice, putYearNotice, type YearNoticeEntry } from './queries/put-year-notice.ts'
export { listUnitOrder } from './queries/list-unit-order.ts'
export { isUnitUsed } from './queries/is-unit-used.ts'
export { type ChangedUnitRow, listUnitRowsOfChange } from './queries/list-unit-rows-of-change.ts'
export { putUnitRows, type UnitRowsChange } from './queries/put-unit-rows.ts'
export { listUnitPeriods } from './queries/list-unit-periods.ts'
export { listUnitQuarters, type RollupBasis, type UnitQuarterRow } from './queries/list-unit-quarters.ts'
export { listUnitQuartersOfUnits } from './queries/list-unit-quarters-of-units.ts'
export { listUnitsWithFacts } from './queries/list-units-with-facts.ts'
export { addRegulation } from './queries/put-rules.ts'
export {
  deleteDraft,
  insertDraft,
  publishDraft,
  type RegulationAuthor,
  updateDraft,
} from './queries/regulation-drafts.ts'
export { putUnitQuarters } from './queries/put-unit-quarters.ts'
export { searchCodes } from './queries/search-codes.ts'
export { findSetting, putSetting } from './queries/settings.ts'
export { lockForTransaction } from './queries/lock-for-transaction.ts'
export { countUnits } from './queries/count-units.ts'
export { deleteAllFacts } from './queries/delete-all-facts.ts'
export { checkReach } from './staging/check-reach.ts'
export { checkStage } from './staging/check-stage.ts'
export {
  analyzeStage,
  copyIssues,
  createStage,
  listStageIssues,
  type StageIssue,
  stageTarget,
} from './staging/create-stage.ts'
export { listStageUnits } from './staging/list-stage-units.ts'
export {
  keyOfRecord,
  listRecordPage,
  hasRecordWith,
  listRecords,
  type RecordFilter,
  recordKeyOf,
  type RecordRow,
} from './staging/list-records.ts'
export { STAGE_KINDS, type StageKindKey } from './staging/stage-kinds.ts'
export { collectTouched, listTouched, refreshEventCases } from './staging/touched.ts'
export { type FrozenTouch, listTouchedFrozen } from './staging/touched-frozen.ts'
export { compareStage, type StageCounts, writeStage } from './staging/write-stage.ts'
export { appendAudit } from './queries/append-audit.ts'
export { findQuarterEndOfCheck, findQuarterEndOfInspection, listQuarterEndsOfEvent } from './queries/quarter-end-of.ts'
export { isUnitKnown } from './queries/is-unit-known.ts'
export { rebuildUnitClosure } from './queries/rebuild-unit-closure.ts'
export { andInScope, EVERYTHING, findScope, listScopePredicates, type Scope } from './transaction/scope.ts'
export { remember } from './transaction/remember.ts'
export { type ScopeRequest, withScope } from './transaction/with-scope.ts'
export { useCopySettings } from './backup/copy-settings.ts'
export { digestStoredTable, readTable, writeTable } from './backup/copy-table.ts'
export { findAuditHead } from './backup/find-audit-head.ts'
export { listFilledTables, listStoredTables, lockStoredTables, type StoredTable } from './backup/list-stored-tables.ts'
export { analyzeTables, emptyTable, rebuildSchema } from './backup/rebuild-schema.ts'
export { listSequences, type SequenceState, setSequence } from './backup/sequences.ts'
export { digestTable, type TableDigest, type TableDigester } from './backup/table-digest.ts'
export { withoutGuards } from './backup/without-guards.ts'
export { type ObligationBasis, listObligationBases, putObligationBasis } from './obligations/obligation-basis.ts'
export {
  listObligationVersions,
  type ObligationKey,
  type ObligationVersionRow,
} from './obligations/list-obligation-versions.ts'
export { insertReopening } from './obligations/insert-reopening.ts'
export { listReportVersions, type ReportVersionRow } from './obligations/list-report-versions.ts'
export { isQuarterFrozen } from './queries/is-quarter-frozen.ts'
export { isBelow, reachesEverything } from './transaction/is-below.ts'
export { createObligationStage, stageObligations } from './obligations/obligation-stage.ts'
export { analyzeObligations, settleObligations } from './obligations/settle-obligations.ts'
export {
  countObligations,
  listObligationRows,
  type ObligationFilter,
  type ObligationPlace,
  type ObligationRow,
} from './obligations/list-obligations.ts'
export { findAccountPhone } from './queries/account-phone.ts'
export {
  findToken,
  findUsableToken,
  insertToken,
  listTokens,
  revokeTokenRow,
  type TokenRow,
  touchToken,
} from './queries/api-tokens.ts'
export { type AccessRow, listAccess } from './queries/list-access.ts'
export { listUnitNames } from './queries/list-unit-names.ts'
export { findAccountName, setSessionView } from './queries/session-view.ts'
export {
  type AccountCredentials,
  findAccountById,
  findAccountByName,
  findAccountBySubject,
  hasAccounts,
  lockAccount,
} from './queries/account-find.ts'
export { type AccountFilter, type AccountRow, listAccountRows } from './queries/account-list.ts'
export { listPasswordHashes, replacePasswordHash, setAccountPassword } from './queries/account-password.ts'
export { deleteAccountRole, findAccountFamily, insertAccountRole } from './queries/account-roles.ts'
export { confirmTotpSecret, setTotpSecret, useTotpStep } from './queries/account-totp.ts'
export { listNamesOfUnits } from './queries/account-unit-names.ts'
export { bindAccountSubject, insertAccount, type NewAccount, updateAccountRow } from './queries/account-write.ts'
export { findLiveSession, listLiveSessions, type LiveSession, type SessionRow } from './queries/session-find.ts'
export {
  endSessions,
  insertSession,
  type NewSession,
  rotateSessionToken,
  touchSession,
} from './queries/session-write.ts'
export { clearGuard, countTry, type GuardLimits, uncountTry } from './queries/sign-in-guard.ts'
export {
  type AuditEnds,
  describePool,
  findAuditEnds,
  findRollupLag,
  type PoolUse,
  type RollupLag,
} from './queries/read-health.ts'
export * from './duty-side.ts'
