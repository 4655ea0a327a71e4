import { randomUUID } from 'node:crypto'
import type { InsertObject } from 'kysely'
import type { Db } from '../db.ts'
import { instant } from '../instant.ts'
import type { Database } from '../schema.ts'

/** 2026-07-03 14:05:00 +08:00; what a row bears when the test does not care. */
export const SOME_INSTANT = Date.UTC(2026, 6, 3, 6, 5)

type Row<T extends keyof Database> = Partial<InsertObject<Database, T>>

/** Writes rows of facts with defaults for what a test does not name. Units come first, in the order given. */
export interface FactRows {
  units(...unitCodes: string[]): Promise<void>
  periods(...rows: Row<'unit_period'>[]): Promise<void>
  reports(...rows: Row<'report'>[]): Promise<void>
  cases(...rows: Row<'event_case'>[]): Promise<void>
  checks(...rows: Row<'check_record'>[]): Promise<void>
  misreports(...rows: Row<'misreport'>[]): Promise<void>
  filings(...rows: Row<'filing'>[]): Promise<void>
  bonuses(...rows: Row<'bonus'>[]): Promise<void>
  /** Version columns of a row that was replaced. */
  readonly replaced: { readonly replaced_at: ReturnType<typeof instant>; readonly replaced_by: string }
}

export async function makeFactRows(db: Db): Promise<FactRows> {
  const importId = randomUUID()
  const counts = { row_count: 0, created_count: 0, updated_count: 0, unchanged_count: 0, rejected_count: 0 }
  const file = { import_id: importId, kind: 'units', file_name: 'x.csv', sha256: '00', ...counts }
  await db
    .insertInto('import_file')
    .values({ ...file, imported_at: instant(SOME_INSTANT) })
    .execute()
  const at = instant(SOME_INSTANT)
  const version = { import_id: importId, recorded_at: at }
  const event = {
    unit_code: 'U1',
    event_code: 'E1',
    category: 'accident',
    level: 'IV',
    occurred_at: at,
    learned_at: at,
  } as const
  let position = 0
  return {
    replaced: { replaced_at: at, replaced_by: importId },
    units: async (...unitCodes) => {
      for (const unit_code of unitCodes)
        await db
          .insertInto('unit')
          .values({ unit_code, position: (position += 1) })
          .execute()
    },
    periods: async (...rows) => {
      const unit = { unit_code: 'U1', name: '甲', tier: 'county', peer_group: '县区组', duty_mode: 'room' } as const
      for (const row of rows)
        await db
          .insertInto('unit_period')
          .values({ ...unit, ...version, ...row })
          .execute()
    },
    reports: async (...rows) => {
      const report = { ...event, stage: 'first', sequence: 0, elements: 0 } as const
      for (const row of rows)
        await db
          .insertInto('report')
          .values({ ...report, ...version, ...row })
          .execute()
    },
    cases: async (...rows) => {
      for (const row of rows)
        await db
          .insertInto('event_case')
          .values({ ...event, ...row })
          .execute()
    },
    checks: async (...rows) => {
      const check = { check_code: 'C1', unit_code: 'U1', method: 'phone', checked_at: at } as const
      for (const row of rows) {
        await db
          .insertInto('check_record')
          .values({ ...check, inspectors: [], findings: [], ...version, ...row })
          .execute()
      }
    },
    misreports: async (...rows) => {
      const misreport = {
        misreport_code: 'M1',
        unit_code: 'U1',
        kind: 'omitted',
        confirmed_on: '2026-07-03',
        basis: '依据',
      } as const
      for (const row of rows)
        await db
          .insertInto('misreport')
          .values({ ...misreport, ...version, ...row })
          .execute()
    },
    filings: async (...rows) => {
      const filing = { unit_code: 'U1', holiday_year: 2026, holiday_name: '中秋节', form: 'roster' } as const
      for (const row of rows)
        await db
          .insertInto('filing')
          .values({ ...filing, ...version, ...row })
          .execute()
    },
    bonuses: async (...rows) => {
      const bonus = { bonus_code: 'B1', unit_code: 'U1', kind: 'media', awarded_on: '2026-07-03' } as const
      for (const row of rows)
        await db
          .insertInto('bonus')
          .values({ ...bonus, ...version, ...row })
          .execute()
    },
  }
}
