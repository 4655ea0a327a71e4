import { toPlainDate, toQuarter } from '@zhidu/domain'
import { sql } from 'kysely'
import { asReadonly, type Db, type ReadonlyDb } from '../../db.ts'
import { countMisreportCases, findMisreportCase, listMisreportCases, listMisreportSteps } from '../misreport-cases.ts'
import { listCommendationNames, listCommendationSteps } from '../commendations.ts'
import { countAppeals, findAppeals, listAppeals, listAppealSteps } from '../appeals.ts'
import { listPhoneRecords } from '../phone-records.ts'
import { findLastReportNumber, listEventCodesLike, listReportActs, listReportContents } from '../report-contents.ts'
import { listReportDrafts } from '../report-drafts.ts'
import { listWaiversOfUnits } from '../list-waivers-of-units.ts'
import { listCaseFileParts, listCaseFiles } from '../case-files.ts'
import { listCaseSteps } from '../case-steps.ts'
import { listInspectionContents, listInspectionPlaces } from '../inspection-contents.ts'
import { listInspectionFileParts, listInspectionFiles } from '../inspection-files.ts'
import { listInspectionFindings } from '../inspection-findings.ts'
import { listInspectionOrders } from '../inspection-orders.ts'
import {
  countInspections,
  findInspection,
  findInspectionIdOfCheck,
  listInspections,
  listInspectionsOfUnits,
} from '../inspections.ts'
import {
  countSupervisionCases,
  findSupervisionCases,
  listCaseOutcomes,
  listSupervisionCases,
} from '../supervision-cases.ts'

export const FOREIGN = ['A', 'A1', 'A3', 'A12', 'A311']
export const OWN = ['A11', 'A111', 'A112', 'A113']
const UNIT_CODES = [...FOREIGN, ...OWN]
export const RANGE = { from: Date.UTC(2026, 5, 30, 16), to: Date.UTC(2026, 8, 30, 16) }
const ALL_INSPECTIONS = {
  range: RANGE,
  unitCode: null,
  method: null,
  purpose: null,
  finding: null,
  hidden: [],
} as const

/** Units whose records were seen. */
export type Probe = (trx: Db) => Promise<readonly string[]>

export function codesOf(rows: readonly { readonly unitCode: string }[]): string[] {
  return rows.map(({ unitCode }) => unitCode)
}

/** Ids of the tree's own checks, by unit. */
export async function inspectionIds(trx: Db): Promise<readonly (readonly [unitCode: string, id: string])[]> {
  const { rows } = await sql<{ unitCode: string; id: string }>`
    select u as "unitCode", overlay(md5(u) placing '4' from 13)::uuid as id from unnest(${UNIT_CODES}::text[]) as u`.execute(
    trx,
  )
  return rows.map(({ id, unitCode }) => [unitCode, id])
}

/** Units about whose checks something is found. */
export function seenOf(ask: (db: ReadonlyDb, inspectionId: string, unitCode: string) => Promise<boolean>): Probe {
  return async (trx) => {
    const seen: string[] = []
    for (const [unitCode, id] of await inspectionIds(trx)) {
      if (await ask(asReadonly(trx), id, unitCode)) seen.push(unitCode)
    }
    return seen
  }
}

const ALL_CASES = {
  unitCode: null,
  finding: null,
  moved: null,
  lamp: null,
  waitsFor: null,
  hidden: [],
  today: toPlainDate('2026-07-03'),
}
const ALL_APPEALS = { quarter: null, unitCode: null, officeCode: null, states: null, own: null }
const ALL_MISREPORTS = {
  unitCode: null,
  kind: null,
  eventCode: null,
  isOver: null,
  waitsFor: null,
  today: toPlainDate('2026-07-03'),
}
const HASH_OF_X = '2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881'

/** Queries about checks and their cases, by the name of their predicate, asked about units of others. */
export const CHECK_PROBES: Readonly<Record<string, Probe>> = {
  appeal: seenOf(async (db, appealId) => (await findAppeals(db, { appealId })).length > 0),
  'appeal-counts': seenOf(async (db, _, unitCode) => (await countAppeals(db, { ...ALL_APPEALS, unitCode })).length > 0),
  'appeal-steps': seenOf(async (db, id) => (await listAppealSteps(db, [id])).length > 0),
  appeals: async (trx) => codesOf(await listAppeals(asReadonly(trx), ALL_APPEALS, { after: null, limit: 100 })),
  'commendation-lists': seenOf(async (db, _, unitCode) => {
    const names = await listCommendationNames(db, { unitCode, quarter: toQuarter('2026Q3'), group: null })
    return names.length > 0
  }),
  'commendation-steps': seenOf(async (db, _, unitCode) => {
    const steps = await listCommendationSteps(db, { unitCode, quarter: toQuarter('2026Q3'), group: null })
    return steps.length > 0
  }),
  'misreport-case': seenOf(async (db, caseId) => (await findMisreportCase(db, caseId)) !== undefined),
  'misreport-case-counts': seenOf(async (db, _, unitCode) => {
    const counts = await countMisreportCases(db, { ...ALL_MISREPORTS, unitCode })
    return counts.length > 0
  }),
  'misreport-cases': async (trx) =>
    codesOf(await listMisreportCases(asReadonly(trx), ALL_MISREPORTS, { after: null, limit: 100 })),
  'misreport-steps': seenOf(async (db, id) => (await listMisreportSteps(db, [id])).length > 0),
  'event-codes-like': seenOf(async (db, _, unitCode) => (await listEventCodesLike(db, unitCode, 'E-')).length > 0),
  'phone-records': async (trx) => codesOf(await listPhoneRecords(asReadonly(trx), {})),
  'report-acts': seenOf(async (db, id) => (await listReportActs(db, [id])).length > 0),
  'report-contents': async (trx) => codesOf(await listReportContents(asReadonly(trx), {})),
  'report-drafts': seenOf(async (db, _, unitCode) => (await listReportDrafts(db, { unitCode })).length > 0),
  'report-numbers': seenOf(async (db, _, unitCode) => (await findLastReportNumber(db, unitCode, 2026)) > 0),
  'waivers-of-units': async (trx) =>
    codesOf(await listWaiversOfUnits(asReadonly(trx), { unitCodes: UNIT_CODES, quarter: toQuarter('2026Q3') })),
  'case-file-parts': seenOf(async (db, caseId) => {
    const part = await listCaseFileParts(db, { caseId, sha256: HASH_OF_X }).next()
    return part.done !== true
  }),
  'case-files': seenOf(async (db, id) => (await listCaseFiles(db, id)).length > 0),
  'case-outcomes': async (trx) => codesOf(await listCaseOutcomes(asReadonly(trx), RANGE)),
  'case-steps': seenOf(async (db, id) => (await listCaseSteps(db, [id])).length > 0),
  inspection: seenOf(async (db, id) => (await findInspection(db, id)) !== undefined),
  'inspection-contents': seenOf(async (db, id) => (await listInspectionContents(db, [id])).length > 0),
  'inspection-counts': seenOf(async (db, _, unitCode) => {
    const counts = await countInspections(db, { ...ALL_INSPECTIONS, unitCode })
    return counts.length > 0
  }),
  'inspection-file-parts': seenOf(async (db, inspectionId) => {
    const part = await listInspectionFileParts(db, { inspectionId, sha256: HASH_OF_X }).next()
    return part.done !== true
  }),
  'inspection-files': seenOf(async (db, id) => (await listInspectionFiles(db, id)).length > 0),
  'inspection-findings': seenOf(async (db, id) => (await listInspectionFindings(db, [id])).length > 0),
  'inspection-of-check': seenOf(
    async (db, _, unitCode) => (await findInspectionIdOfCheck(db, `CC-${unitCode}`)) !== null,
  ),
  'inspection-orders': async (trx) => codesOf(await listInspectionOrders(asReadonly(trx))),
  inspections: async (trx) => {
    const page = { standing: null, after: null, limit: 100 }
    return codesOf(await listInspections(asReadonly(trx), ALL_INSPECTIONS, page))
  },
  'inspection-places': async (trx) => codesOf(await listInspectionPlaces(asReadonly(trx), RANGE)),
  'inspections-of-units': async (trx) =>
    codesOf(await listInspectionsOfUnits(asReadonly(trx), { unitCodes: UNIT_CODES, from: RANGE.from })),
  'supervision-case': seenOf(async (db, caseId) => (await findSupervisionCases(db, { caseId })).length > 0),
  'supervision-case-counts': seenOf(async (db, _, unitCode) => {
    const counts = await countSupervisionCases(db, { ...ALL_CASES, unitCode })
    return counts.length > 0
  }),
  'supervision-cases': async (trx) =>
    codesOf(await listSupervisionCases(asReadonly(trx), ALL_CASES, { after: null, limit: 100 })),
}
