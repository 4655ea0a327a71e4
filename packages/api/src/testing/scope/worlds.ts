import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { KINDS } from '@zhidu/contract'
import { toPlainDate, toQuarter } from '@zhidu/domain'
import { createSharedDatabase, createTestDatabase, type TestDatabase } from '@zhidu/db/testing'
import { freezeQuarter, importFile, installSampleRules, type ServiceContext } from '@zhidu/services'
import { insertAccounts } from './accounts.ts'
import { insertAppeals, insertDrafts, reviseAppeals } from './appeals.ts'
import { insertBulletins, reviseBulletins } from './bulletins.ts'
import { insertCases } from './cases.ts'
import { insertInquiries } from './leads.ts'
import { insertMisreports } from './misreports.ts'
import { insertReports } from './reports.ts'
import { insertDraws } from './draws.ts'
import { insertDutyLogs } from './duty-logs.ts'
import { insertMeetings, reviseMeetings } from './meetings.ts'
import { insertDutyRules, insertFilings } from './filings.ts'
import { insertChecklists, insertInspections, insertSeconds } from './inspections.ts'
import { makeDifference, makeFacts, type Row, toCsv } from './facts.ts'
import { FROZEN_QUARTER } from './question-parts.ts'
import { isBelow, MOVED, NOW, TODAY, UNIT_CODES } from './tree.ts'

/** Where world B stays as world A: the subtree of a unit. What happened to the unit that moved stays with it at its new place. */
export type Inside = 'A1' | 'A11' | 'A12' | 'A13' | 'A111'

function machineOf({ db }: TestDatabase): ServiceContext {
  return { db, report: db, clock: () => NOW, actor: { kind: 'local', name: 'test' } }
}

async function importRows(database: TestDatabase, rows: readonly Row[]): Promise<void> {
  const ctx = machineOf(database)
  const folder = await mkdtemp(join(tmpdir(), 'zhidu-world-'))
  try {
    for (const kind of KINDS) {
      const csv = toCsv(kind, rows)
      if (csv === null) continue
      const path = join(folder, `${kind}.csv`)
      await writeFile(path, csv)
      const file = { kind, path, fileName: `${kind}.csv`, dryRun: false, acceptValid: false, language: 'en' } as const
      const result = await importFile(ctx, file)
      if (result.rejected > 0) throw new Error(`${kind}: ${JSON.stringify(result.errors.slice(0, 3))}`)
    }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** A file that an account of each unit once brought; `word` tells the worlds apart. */
async function insertImports({ pool }: TestDatabase, unitCodes: readonly string[], word: string): Promise<void> {
  await pool.query(
    `insert into import_file (import_id, kind, file_name, sha256, row_count, created_count, updated_count, unchanged_count,
       rejected_count, imported_at, imported_by, unit_code)
     select overlay(overlay(md5($2 || u) placing '4' from 13) placing '8' from 17)::uuid, 'checks', $2 || u || '.csv', '00', length($2), 1, 0, 0, 0, $3, '某人', u
     from unnest($1::text[]) as u`,
    [unitCodes, word, new Date(NOW - 3_600_000)],
  )
}

/** The last day of the frozen quarter, on which what comes late has happened. */
const LATE_ON = toPlainDate('2026-06-30')

/** For whoever comes first and makes all of them, and for those who wait for it, on a busy machine. */
export const WORLDS_TIMEOUT_MS = 600_000

/** A copy of one's own, like those below: the worlds are made once a run. */
export function createWorldA(): Promise<TestDatabase> {
  return createSharedDatabase('world_a', buildWorldA)
}

/** World A with a quarter frozen. */
export function createFrozenWorldA(): Promise<TestDatabase> {
  return createSharedDatabase('world_a_frozen', async () => {
    const database = await createWorldA()
    await freezeWorld(database)
    return database
  })
}

/** World A with everything another that is not below `inside`, and the same quarter frozen. */
export function createWorldB(inside: Inside): Promise<TestDatabase> {
  return createSharedDatabase(`world_b_${inside.toLowerCase()}`, async () => {
    const worldA = await createWorldA()
    try {
      return await buildWorldB(worldA, inside)
    } finally {
      await worldA.close()
    }
  })
}

async function buildWorldA(): Promise<TestDatabase> {
  const database = await createTestDatabase()
  await installSampleRules(database.db)
  await importRows(database, makeFacts())
  await insertAccounts(database)
  await insertImports(database, UNIT_CODES, 'A')
  await insertDraws(database, UNIT_CODES, '甲')
  await insertChecklists(database, UNIT_CODES, '甲')
  await insertInspections(database, UNIT_CODES, '甲')
  await insertCases(database, UNIT_CODES, '甲')
  await insertMisreports(database, UNIT_CODES, '甲')
  await insertReports(database, UNIT_CODES, '甲')
  await insertInquiries(database, UNIT_CODES, '甲')
  await insertSeconds(database, UNIT_CODES, '甲')
  await insertBulletins(database, UNIT_CODES, FROZEN_QUARTER)
  await insertMeetings(database, UNIT_CODES, '甲')
  await insertFilings(database, UNIT_CODES, '甲')
  await insertDutyRules(database, UNIT_CODES)
  await insertDrafts(database, UNIT_CODES)
  await insertAppeals(database, UNIT_CODES, '甲')
  await insertDutyLogs(database, UNIT_CODES, '甲')
  return database
}

async function buildWorldB(worldA: TestDatabase, inside: Inside): Promise<TestDatabase> {
  const database = await createTestDatabase({ copyOf: worldA })
  const isOutside = (unitCode: string, day: Row['day']): boolean =>
    !isBelow(unitCode, inside, day) && !(unitCode === MOVED.unitCode && inside === MOVED.to)
  await importRows(database, makeDifference(isOutside))
  const outside = UNIT_CODES.filter((unitCode) => !isBelow(unitCode, inside, TODAY))
  await insertImports(database, outside, 'BBB')
  await insertDraws(database, outside, '乙')
  await insertChecklists(database, outside, '乙')
  await insertInspections(database, outside, '乙')
  await insertCases(database, outside, '乙')
  await insertMisreports(database, outside, '乙')
  await insertReports(database, outside, '乙')
  await insertInquiries(database, outside, '乙')
  // Of the top of the subtree too: what others did about it and did not tell it.
  await insertSeconds(database, [...outside, inside], '乙')
  await reviseBulletins(database, outside, '乙')
  await reviseMeetings(database, outside, '乙')
  await insertFilings(database, outside, '乙')
  await insertAppeals(database, outside, '乙')
  await reviseAppeals(database, outside, inside)
  await insertDutyLogs(database, outside, '乙')
  const outsideThen = UNIT_CODES.filter((unitCode) => isOutside(unitCode, LATE_ON))
  await freezeWorld(database, outsideThen)
  return database
}

/**
 * Freezes a quarter, and again after each unit was given something late; what, is another for the units `outside`.
 */
async function freezeWorld(database: TestDatabase, outside: readonly string[] = []): Promise<void> {
  const ctx = machineOf(database)
  const what = { quarter: toQuarter(FROZEN_QUARTER), programVersion: '0.0.0-test' }
  await freezeQuarter(ctx, { ...what, supplement: null })
  const late = (kinds: readonly string[], prefix: string): Row[] =>
    UNIT_CODES.flatMap((unitCode) =>
      kinds.map((kind, index) => ({
        kind: 'bonuses',
        unitCode,
        day: LATE_ON,
        cells: {
          bonus_code: `${prefix}-${unitCode}-${index}`,
          unit_code: unitCode,
          kind: outside.includes(unitCode) ? 'instruction_city' : kind,
          awarded_on: LATE_ON,
        },
      })),
    )
  await importRows(database, late(['media'], 'L'))
  await freezeQuarter(ctx, { ...what, supplement: { reason: '补录加分' } })
  await importRows(database, late(['media'], 'N'))
}
