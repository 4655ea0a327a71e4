import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { asReadonly, listFrozenQuarters } from '@zhidu/db'
import { toQuarter } from '@zhidu/domain'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { importFile } from '../import/import-file.ts'
import { ServiceError } from '../service-error.ts'
import { createTestService, type TestService } from '../testing/example-quarter.ts'
import { freezeQuarter } from './freeze-quarter.ts'
import { loadFrozenUnits } from './frozen-view.ts'
import { listQuarters } from './list-quarters.ts'

const ROUNDS = process.env['ZHIDU_LONG_TESTS'] === '1' ? 1_000 : 4
const LONGEST_MS = 3_600_000
const Q3 = toQuarter('2026Q3')
const UNITS = `unit_code,name,short_name,parent_code,tier,peer_group,duty_mode,valid_from,valid_to
J00,测试市,,,city,本级,room,2020-01-01,
C01,一县,,J00,county,县区组,phone,2020-01-01,
C02,二县,,J00,county,县区组,phone,2020-01-01,
`

let service: TestService
let folder: string

async function importText(kind: 'bonuses' | 'units', name: string, text: string): Promise<void> {
  const path = join(folder, `${name}.csv`)
  writeFileSync(path, text)
  const file = { kind, path, fileName: `${name}.csv`, dryRun: false, acceptValid: false, language: 'en' } as const
  const { errors } = await importFile(service.ctx, file)
  if (errors.length > 0) throw new Error(JSON.stringify(errors))
}

/** A fact of the quarter, as a file that is brought while others freeze. */
function write(code: string): Promise<string> {
  const row = `bonus_code,unit_code,kind,awarded_on,event_code\n${code},C02,media,2026-08-01,\n`
  return importText('bonuses', code, row).then(() => 'written')
}

/** How a freeze, or a supplement, ended. */
async function freeze(reason: string | null): Promise<string> {
  const supplement = reason === null ? null : { reason }
  try {
    const { version } = await freezeQuarter(service.ctx, { quarter: Q3, supplement, programVersion: '0' })
    return `version ${version}`
  } catch (error) {
    if (error instanceof ServiceError) return error.reason
    throw error
  }
}

/** Back to a quarter without facts that nobody froze; triggers and policies would refuse it. */
async function forget(): Promise<void> {
  const client = await service.database.pool.connect()
  await client.query(
    'set session_replication_role = replica; delete from frozen_part; delete from frozen_quarter; delete from bonus',
  )
  await client.query('set session_replication_role = origin')
  client.release()
}

/** What is frozen and what is not: each fact on one side, each version once and in the trail. */
async function findBreaks(round: number, ended: readonly string[]): Promise<string[]> {
  const { pool, db } = service.database
  const versions = await listFrozenQuarters(asReadonly(db), Q3)
  const numbers = versions.map(({ version }) => version).sort((a, b) => a - b)
  const [newest] = versions
  if (newest === undefined) return [`${round}: nothing was frozen`]
  const told = ended.flatMap((one) => (one.startsWith('version ') ? Number(one.slice(8)) : [])).sort((a, b) => a - b)
  const units = await loadFrozenUnits(asReadonly(db), { frozenId: newest.frozenId, unitCodes: ['C02'] })
  const frozen = new Set(units.get('C02')?.facts.bonuses.map(({ bonusCode }) => bonusCode))
  const { rows } = await pool.query<{ code: string; isKnown: boolean }>(
    `select bonus_code as code, version_id <= $1 as "isKnown" from bonus where replaced_at is null`,
    [newest.highWater['bonus']],
  )
  const late = rows.filter(({ code }) => !frozen.has(code)).length
  const item = (await listQuarters(service.ctx)).quarters.find(({ quarter }) => quarter === Q3)
  const { rows: entries } = await pool.query<{ count: number }>(
    `select count(*)::int as count from audit_entry where position($1 in text) > 0 and outcome = 'done'`,
    [newest.manifestSha256],
  )
  return [
    ...(numbers.some((number, index) => number !== index + 1) ? [`${round}: numbers ${numbers.join()}`] : []),
    ...(told.join() === numbers.join() ? [] : [`${round}: told ${told.join()}, kept ${numbers.join()}`]),
    ...rows
      .filter(({ code, isKnown }) => isKnown !== frozen.has(code))
      .map(({ code }) => `${round}: ${code} is on both sides or on none`),
    ...(item?.since?.factCount === late ? [] : [`${round}: ${item?.since?.factCount} late, not ${late}`]),
    ...((entries[0]?.count ?? 0) > 0 ? [] : [`${round}: no entry`]),
  ]
}

beforeAll(async () => {
  service = await createTestService()
  folder = mkdtempSync(join(tmpdir(), 'zhidu-race-'))
  await importText('units', 'units', UNITS)
})
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true })
  await service.database.close()
})

it(
  'has one winner, numbers once each, and no fact it does not know of, however many freeze and bring files at once',
  async () => {
    const breaks: string[] = []
    for (let round = 0; round < ROUNDS; round += 1) {
      const code = `R${round}`
      const first = await Promise.all([freeze(null), write(`${code}-1`), freeze(null), write(`${code}-2`)])
      const losers = first.filter((one) => one === 'quarter_frozen').length
      if (losers !== 1 || !first.includes('version 1')) breaks.push(`${round}: ${first.join()}`)
      const second = await Promise.all([write(`${code}-3`), freeze('补录'), write(`${code}-4`), freeze('补录')])
      const allowed = ['written', 'supplement_without_change', 'version 2', 'version 3']
      if (second.some((one) => !allowed.includes(one))) breaks.push(`${round}: ${second.join()}`)
      breaks.push(...(await findBreaks(round, [...first, ...second])))
      await forget()
    }
    expect(breaks).toEqual([])
  },
  LONGEST_MS,
)
