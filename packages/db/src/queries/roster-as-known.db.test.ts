import { randomUUID } from 'node:crypto'
import {
  DAY_MS,
  DUTY_LINES,
  type DutyLine,
  HOUR_MS,
  ROSTER_ROLES,
  type RosterRole,
  SECOND_MS,
  toPlainDate,
} from '@zhidu/domain'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { asReadonly, type ReadonlyDb } from '../db.ts'
import { toInstantText } from '../instant.ts'
import { createStage, stageTarget } from '../staging/create-stage.ts'
import type { StageKindKey } from '../staging/stage-kinds.ts'
import { compareStage, writeStage } from '../staging/write-stage.ts'
import { createTestDatabase, type TestDatabase } from '../testing/create-test-database.ts'
import { withTransaction } from '../transaction/with-transaction.ts'
import { copyRows, type CopyValue } from './copy-rows.ts'
import { listDutyLines } from './list-duty-lines.ts'
import { listLateRosterChanges } from './list-late-roster-changes.ts'
import { listRosterAsKnown } from './list-roster-as-known.ts'

const START = Date.parse('2026-10-01T08:00:00+08:00')
const FIRST_FILE = Date.parse('2026-09-30T12:00:00+08:00')

let database: TestDatabase
let db: ReadonlyDb
let runs = 0
beforeAll(async () => {
  database = await createTestDatabase()
  db = asReadonly(database.db)
})
afterAll(() => database?.close())

/** Units that nothing else of this file asks about. */
async function freshUnits(count: number): Promise<string[]> {
  runs += 1
  const codes = Array.from({ length: count }, (_, index) => `U${runs}-${index}`)
  await database.pool.query(
    `insert into unit select u, (select coalesce(max(position), 0) from unit) + n from unnest($1::text[]) with ordinality as t (u, n)`,
    [codes],
  )
  return codes
}

/** Puts rows on record as an import of a file does. */
async function bring(key: StageKindKey, importedAt: number, rows: readonly (readonly CopyValue[])[]): Promise<void> {
  await withTransaction(database.db, async (trx) => {
    await createStage(trx, key)
    const staged = rows.map((row, index): CopyValue[] => [index + 2, false, null, ...row])
    await copyRows(trx, stageTarget(key), staged)
    const { created, rejected, unchanged, updated } = await compareStage(trx, key)
    const counts = {
      created_count: created,
      updated_count: updated,
      unchanged_count: unchanged,
      rejected_count: rejected,
    }
    const file = { import_id: randomUUID(), kind: key, file_name: 'x.csv', sha256: '00', row_count: rows.length }
    await writeStage(trx, key, { ...file, ...counts, importedAt, imported_by: null, unit_code: null })
  })
}

interface Shift {
  readonly unit: number
  readonly role: RosterRole
  readonly startsAt: number
  readonly endsAt: number
  readonly person: string
  readonly phone: string | null
  readonly isWithdrawn: boolean
}

interface File<T> {
  readonly at: number
  readonly rows: readonly T[]
}

const shift: fc.Arbitrary<Shift> = fc
  .record({
    unit: fc.nat(1),
    role: fc.constantFrom(...ROSTER_ROLES),
    start: fc.nat(3),
    // Also the longest there is.
    hours: fc.constantFrom(1, 12, 24, 7 * 24),
    person: fc.constantFrom('甲', '乙'),
    phone: fc.constantFrom(null, '15400000001'),
    isWithdrawn: fc.boolean(),
  })
  .map(({ hours, start, ...rest }) => {
    const startsAt = START + start * 12 * HOUR_MS
    return { ...rest, startsAt, endsAt: startsAt + hours * HOUR_MS }
  })

function identityOf({ person, role, startsAt, unit }: Shift): string {
  return JSON.stringify([unit, role, startsAt, person])
}

/** Files one after another, also two in one second and years apart. */
function filesOf<T>(row: fc.Arbitrary<T>, identity: (row: T) => string): fc.Arbitrary<File<T>[]> {
  const pause = fc.constantFrom(1, SECOND_MS, HOUR_MS, DAY_MS, 400 * DAY_MS)
  const rows = fc.uniqueArray(row, { minLength: 1, maxLength: 6, selector: identity })
  return fc.array(fc.tuple(pause, rows), { minLength: 1, maxLength: 5 }).map((files) => {
    let at = FIRST_FILE
    return files.map(([after, own]) => ({ at: (at += after), rows: own }))
  })
}

interface Version<T> {
  readonly recordedAt: number
  readonly row: T
}

/** Every version of every record, once more and without a database: what a file repeats is no new one. */
function versionsOf<T>(files: readonly File<T>[], identity: (row: T) => string): Version<T>[][] {
  const chains = new Map<string, Version<T>[]>()
  for (const { at, rows } of files) {
    for (const row of rows) {
      const chain = chains.get(identity(row)) ?? []
      if (JSON.stringify(chain.at(-1)?.row) !== JSON.stringify(row)) chain.push({ recordedAt: at, row })
      chains.set(identity(row), chain)
    }
  }
  return [...chains.values()]
}

function covers(row: Shift | undefined, at: number): boolean {
  return row !== undefined && !row.isWithdrawn && row.startsAt <= at && at < row.endsAt
}

function naiveRoster(chains: readonly Version<Shift>[][], at: number, knownAt: number): string[] {
  return chains
    .flatMap((chain) => {
      const last = chain.findLast(({ recordedAt }) => recordedAt <= knownAt)
      return last !== undefined && covers(last.row, at) ? [JSON.stringify([last.recordedAt, last.row])] : []
    })
    .sort()
}

function naiveChanges(chains: readonly Version<Shift>[][], unit: number, at: number, knownAt: number): string[] {
  return chains
    .flatMap((chain) =>
      chain.flatMap(({ recordedAt, row }, index) => {
        const [is, was] = [covers(row, at), covers(chain[index - 1]?.row, at)]
        if (recordedAt <= knownAt || row.unit !== unit || !(is || was)) return []
        return [JSON.stringify([recordedAt, is ? (was ? 'changed' : 'added') : 'removed', identityOf(row), row.endsAt])]
      }),
    )
    .sort()
}

async function askRoster(units: readonly string[], at: number, knownAt: number): Promise<string[]> {
  const found = await listRosterAsKnown(db, { unitCodes: units, at, knownAt })
  return found
    .map(({ endsAt, person, phone, recordedAt, role, startsAt, unitCode }) => {
      const row = { unit: units.indexOf(unitCode), role, person, phone, isWithdrawn: false, startsAt, endsAt }
      return JSON.stringify([recordedAt, row])
    })
    .sort()
}

async function askChanges(units: readonly string[], unit: number, at: number, knownAt: number): Promise<string[]> {
  const found = await listLateRosterChanges(db, { unitCode: units[unit] ?? '', at, knownAt })
  expect(found.map(({ recordedAt }) => recordedAt)).toEqual(
    found.map(({ recordedAt }) => recordedAt).sort((a, b) => a - b),
  )
  return found
    .map(({ change, endsAt, person, recordedAt, role, startsAt }) =>
      JSON.stringify([recordedAt, change, JSON.stringify([unit, role, startsAt, person]), endsAt]),
    )
    .sort()
}

function toCopyRow(units: readonly string[], row: Shift): CopyValue[] {
  const { endsAt, isWithdrawn, person, phone, role, startsAt, unit } = row
  return [units[unit] ?? '', role, toInstantText(startsAt), toInstantText(endsAt), person, null, phone, isWithdrawn]
}

describe('the roster as known', () => {
  const instants = [0, 12, 24, 36, 7 * 24].map((hours) => START + hours * HOUR_MS)
  const moment = fc.tuple(fc.constantFrom(...instants), fc.constantFrom(-SECOND_MS, 0)).map(([at, step]) => at + step)

  it('is what a second reading of the history says, at every second, and stays so whatever comes later', async () => {
    await fc.assert(
      fc.asyncProperty(
        filesOf(shift, identityOf),
        fc.array(moment, { minLength: 3, maxLength: 3 }),
        async (files, moments) => {
          const units = await freshUnits(2)
          const answered: { readonly at: number; readonly knownAt: number; readonly answer: string[] }[] = []
          for (const { at: importedAt, rows } of files) {
            await bring(
              'rosters',
              importedAt,
              rows.map((row) => toCopyRow(units, row)),
            )
            for (const at of moments) {
              answered.push({ at, knownAt: importedAt, answer: await askRoster(units, at, importedAt) })
            }
          }
          const chains = versionsOf(files, identityOf)
          for (const { at, knownAt, answer } of answered) {
            expect(await askRoster(units, at, knownAt)).toEqual(answer)
            expect(answer).toEqual(naiveRoster(chains, at, knownAt))
            // A moment before the file it was not known.
            expect(await askRoster(units, at, knownAt - 1)).toEqual(naiveRoster(chains, at, knownAt - 1))
            for (const unit of [0, 1]) {
              expect(await askChanges(units, unit, at, knownAt)).toEqual(naiveChanges(chains, unit, at, knownAt))
            }
          }
        },
      ),
      { numRuns: 40 },
    )
  })

  it('of a span is whoever is on duty at some second of it', async () => {
    const [unit = ''] = await freshUnits(1)
    const of = (person: string, from: number, to: number) => {
      const row = { unit: 0, role: 'officer', person, phone: null, isWithdrawn: false } as const
      return toCopyRow([unit], { ...row, startsAt: START + from * HOUR_MS, endsAt: START + to * HOUR_MS })
    }
    await bring('rosters', FIRST_FILE, [of('前', -8, 0), of('甲', -1, 1), of('乙', 7, 8), of('后', 8, 16)])
    const span = { at: START, until: START + 8 * HOUR_MS }
    const people = async (moment: { at: number; until?: number }): Promise<string[]> =>
      (await listRosterAsKnown(db, { unitCodes: [unit], knownAt: FIRST_FILE, ...moment })).map(({ person }) => person)
    expect(await people(span)).toEqual(['甲', '乙'])
    expect(await people({ ...span, until: span.until + 1 })).toEqual(['甲', '乙', '后'])
    expect(await people({ ...span, at: START - 1 })).toEqual(['前', '甲', '乙'])
    expect(await people({ at: START })).toEqual(['甲'])
  })

  it('begins with its first second, ends before its last, and knows what was recorded at that very instant', async () => {
    const [unit = ''] = await freshUnits(1)
    const row = { unit: 0, role: 'leader', startsAt: START, endsAt: START + 7 * DAY_MS, person: '甲' } as const
    await bring('rosters', FIRST_FILE, [toCopyRow([unit], { ...row, phone: null, isWithdrawn: false })])
    const isThere = async (at: number, knownAt: number): Promise<boolean> =>
      (await listRosterAsKnown(db, { unitCodes: [unit], at, knownAt })).length > 0
    expect(await isThere(START - SECOND_MS, FIRST_FILE)).toBe(false)
    expect(await isThere(START, FIRST_FILE)).toBe(true)
    expect(await isThere(START + 7 * DAY_MS - SECOND_MS, FIRST_FILE)).toBe(true)
    expect(await isThere(START + 7 * DAY_MS, FIRST_FILE)).toBe(false)
    expect(await isThere(START, FIRST_FILE - 1)).toBe(false)
    expect(await listLateRosterChanges(db, { unitCode: unit, at: START, knownAt: FIRST_FILE })).toEqual([])
    expect(await listLateRosterChanges(db, { unitCode: unit, at: START, knownAt: FIRST_FILE - 1 })).toEqual([
      {
        unitCode: unit,
        role: 'leader',
        startsAt: START,
        endsAt: START + 7 * DAY_MS,
        person: '甲',
        post: null,
        phone: null,
        recordedAt: FIRST_FILE,
        change: 'added',
        importId: expect.any(String),
      },
    ])
  })

  it('tells of somebody taken off the roster after the check, and of the one put in their place', async () => {
    const [unit = ''] = await freshUnits(1)
    const row = { unit: 0, role: 'officer', startsAt: START, endsAt: START + DAY_MS, phone: null } as const
    const of = (person: string, isWithdrawn: boolean) => toCopyRow([unit], { ...row, person, isWithdrawn })
    await bring('rosters', FIRST_FILE, [of('甲', false)])
    const checkedAt = START + 3 * HOUR_MS
    await bring('rosters', checkedAt + 1, [of('甲', true), of('乙', false)])
    const known = await listRosterAsKnown(db, { unitCodes: [unit], at: checkedAt, knownAt: checkedAt })
    expect(known.map(({ person }) => person)).toEqual(['甲'])
    const changes = await listLateRosterChanges(db, { unitCode: unit, at: checkedAt, knownAt: checkedAt })
    expect(changes.map(({ change, person, recordedAt }) => [person, change, recordedAt])).toEqual([
      ['乙', 'added', checkedAt + 1],
      ['甲', 'removed', checkedAt + 1],
    ])
  })
})

interface Line {
  readonly unit: number
  readonly line: DutyLine
  readonly number: string
  readonly until: string | null
  readonly isWithdrawn: boolean
}

describe('duty lines as known', () => {
  const line: fc.Arbitrary<Line> = fc.record({
    unit: fc.nat(1),
    line: fc.constantFrom(...DUTY_LINES),
    number: fc.constantFrom('0199-0001010', '0199-0001020'),
    until: fc.constantFrom(null, '2026-12-31'),
    isWithdrawn: fc.boolean(),
  })
  const keyOf = ({ line: name, unit }: Line): string => `${unit} ${name}`

  it('are what a second reading of the history says, in the order of the lines, and stay so', async () => {
    await fc.assert(
      fc.asyncProperty(filesOf(line, keyOf), async (files) => {
        const units = await freshUnits(2)
        const ask = (knownAt: number) => listDutyLines(db, { unitCodes: units, knownAt })
        const answered: [number, Awaited<ReturnType<typeof ask>>][] = []
        for (const { at, rows } of files) {
          const copied = rows.map(({ isWithdrawn, line: name, number, unit, until }): CopyValue[] => {
            return [units[unit] ?? '', name, number, until, until === null ? null : '检修', isWithdrawn]
          })
          await bring('duty_lines', at, copied)
          answered.push([at - 1, await ask(at - 1)], [at, await ask(at)])
        }
        const chains = versionsOf(files, keyOf)
        for (const [knownAt, answer] of answered) {
          expect(await ask(knownAt)).toEqual(answer)
          const naive = units.flatMap((unitCode, unit) =>
            DUTY_LINES.flatMap((name) => {
              const chain = chains.find(([first]) => first?.row.unit === unit && first.row.line === name)
              const last = chain?.findLast(({ recordedAt }) => recordedAt <= knownAt)
              if (last === undefined || last.row.isWithdrawn) return []
              const until = last.row.until === null ? null : toPlainDate(last.row.until)
              const reason = until === null ? null : '检修'
              const { recordedAt, row } = last
              return [
                {
                  unitCode,
                  line: name,
                  number: row.number,
                  forwardingUntil: until,
                  forwardingReason: reason,
                  recordedAt,
                },
              ]
            }),
          )
          expect(answer).toEqual(naive)
        }
      }),
      { numRuns: 20 },
    )
  })

  it('of no units are none', async () => {
    expect(await listDutyLines(db, { unitCodes: [], knownAt: START })).toEqual([])
    expect(await listRosterAsKnown(db, { unitCodes: [], at: START, knownAt: START })).toEqual([])
  })
})
