import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Kind, LeagueRow } from '@zhidu/contract'
import { createTestDatabase, type TestDatabase } from '@zhidu/db/testing'
import type { ServiceContext } from '../context.ts'
import { importFile } from '../import/import-file.ts'
import { installSampleRules } from '../rules/install-sample-rules.ts'

/** The contract's example quarter; a copy of it lies with the domain's golden tests. */
const FOLDER = join(import.meta.dirname, '../../../domain/test/fixtures/example-2026Q3')
const KINDS = ['units', 'reports', 'checks', 'misreports', 'filings', 'bonuses'] as const satisfies readonly Kind[]

/** The instant of the example's expected rows, and a present shortly after it. */
export const EXAMPLE_AS_OF = '2026-10-05T00:00:00+08:00'
const EXAMPLE_NOW = Date.parse('2026-11-20T09:00:00+08:00')

export interface TestService {
  readonly ctx: ServiceContext
  readonly database: TestDatabase
  /** Moves the present; epoch ms. */
  readonly setNow: (now: number) => void
}

/** A service over an empty database with the sample rules; close `database` afterwards. */
export async function createTestService(now: number = EXAMPLE_NOW): Promise<TestService> {
  const database = await createTestDatabase()
  await installSampleRules(database.db)
  let present = now
  return {
    database,
    ctx: { db: database.db, report: database.db, clock: () => present, actor: { kind: 'local', name: 'test' } },
    setNow: (next) => {
      present = next
    },
  }
}

export async function importExample(
  ctx: ServiceContext,
  options: { readonly isDemonstration?: boolean } = {},
): Promise<void> {
  for (const kind of KINDS) {
    const result = await importFile(ctx, {
      kind,
      path: join(FOLDER, `${kind}.csv`),
      fileName: `${kind}.csv`,
      dryRun: false,
      acceptValid: false,
      language: 'en',
      ...options,
    })
    if (result.rejected > 0 || result.created === 0) throw new Error(`${kind}: ${JSON.stringify(result)}`)
  }
}

type Expected = Omit<LeagueRow, 'name' | 'rankInterval' | 'previousRank' | 'deductions'> & {
  readonly deductions: readonly Omit<LeagueRow['deductions'][number], 'at'>[]
}

export function readExpected(group: string): Expected[] {
  return JSON.parse(readFileSync(join(FOLDER, `expected-2026Q3-${group}.json`), 'utf8'))
}

/** A row as the expected files write it. */
export function toExpected({ deductions, name: _n, previousRank: _p, rankInterval: _r, ...row }: LeagueRow): Expected {
  return { ...row, deductions: deductions.map(({ at: _, ...rest }) => rest) }
}
