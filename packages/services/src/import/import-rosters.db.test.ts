import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { ImportResult, Kind } from '@zhidu/contract'
import { asReadonly, listDutyLines, listRosterAsKnown } from '@zhidu/db'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createTestService, importExample, type TestService } from '../testing/example-quarter.ts'
import { importFile } from './import-file.ts'

const folder = mkdtempSync(join(tmpdir(), 'zhidu-rosters-test-'))
const HEADER = 'unit_code,role,starts_at,ends_at,person,phone,withdrawn\n'
const DAY = '2026-10-01 08:00,2026-10-02 08:00'
const HOUR = 3_600_000

let service: TestService
beforeAll(async () => {
  service = await createTestService()
  await importExample(service.ctx)
})
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true })
  await service.database.close()
})

function take(kind: Kind, content: string, dryRun = false): Promise<ImportResult> {
  const path = join(folder, `${kind}.csv`)
  writeFileSync(path, content)
  const how = { dryRun, acceptValid: false, language: 'zh-CN' } as const
  return importFile(service.ctx, { kind, path, fileName: `${kind}.csv`, ...how })
}

function issuesOf(issues: ImportResult['errors']): string[] {
  return issues.map(({ code, column, reason, row }) => `${row} ${column ?? '-'} ${code} ${reason}`)
}

async function countOf(table: string): Promise<number> {
  const { rows } = await service.database.pool.query<{ n: number }>(`select count(*)::int as n from ${table}`)
  return rows[0]?.n ?? -1
}

it('warns of one person in two units at one time, in the file and on record; two people in one role are right', async () => {
  const first = await take('rosters', `${HEADER}C01,officer,${DAY},张三,,\nC01,officer,${DAY},李四,,\n`)
  expect(first).toMatchObject({ created: 2, errors: [], warnings: [] })
  const rows = [
    `C02,officer,${DAY},张三,,`,
    // It begins when the others end, and ends when they begin.
    `C02,officer,2026-10-02 08:00,2026-10-03 08:00,张三,,`,
    `C02,officer,2026-09-30 08:00,2026-10-01 08:00,张三,,`,
    // The same unit: somebody is leader and officer.
    `C01,leader,${DAY},张三,,`,
    `C03,leader,2026-10-02 07:59:59,2026-10-02 09:00,张三,,`,
    `C04,leader,${DAY},李四,,是`,
  ]
  const tried = await take('rosters', `${HEADER}${rows.join('\n')}\n`, true)
  expect(tried.errors).toEqual([])
  const name = '张三 在这一班的时间里也列在'
  expect(issuesOf(tried.warnings)).toEqual([
    `2 person person_elsewhere ${name} C01, C03 的值班表上`,
    `3 person person_elsewhere ${name} C03 的值班表上`,
    `5 person person_elsewhere ${name} C02, C03 的值班表上`,
    `6 person person_elsewhere ${name} C01, C02 的值班表上`,
  ])
  // Taken off in the same file, they are elsewhere no more.
  const moved = `${HEADER}C01,officer,${DAY},张三,,是\nC02,officer,${DAY},张三,,\n`
  expect((await take('rosters', moved, true)).warnings).toEqual([])
})

it('keeps who was on the roster before it was changed, and changes no score', async () => {
  const rollups = await countOf('unit_quarter')
  const before = service.ctx.clock()
  const at = Date.parse('2026-10-01T20:00:00+08:00')
  service.setNow(before + HOUR)
  const row = `C01,officer,${DAY},张三,15400000001,`
  expect(await take('rosters', `${HEADER}${row}是\nC01,officer,${DAY},王五,,\n`)).toMatchObject({
    created: 1,
    updated: 1,
  })
  const db = asReadonly(service.database.db)
  const people = async (knownAt: number): Promise<string[]> =>
    (await listRosterAsKnown(db, { unitCodes: ['C01'], at, knownAt })).map(({ person }) => person)
  expect(await people(before)).toEqual(['张三', '李四'])
  expect(await people(before + HOUR)).toEqual(['李四', '王五'])
  expect(await take('rosters', `${HEADER}${row}yes\n`)).toMatchObject({ unchanged: 1 })
  expect(await countOf('unit_quarter')).toBe(rollups)
  const { rows } = await service.database.pool.query(`select from obligation where recorded_at > to_timestamp($1)`, [
    before / 1_000,
  ])
  expect(rows).toEqual([])
})

it('tells rows of one shift as the file shows them', async () => {
  const { errors } = await take('rosters', `${HEADER}C01,officer,${DAY},张三,,\nC01,值班员,${DAY},张三,,是\n`)
  expect(errors[0]?.reason).toBe('与第 3 行重复：C01 officer 2026-10-01 08:00:00 张三')
})

it('gives a line up and takes it back by the same row', async () => {
  const header = 'unit_code,line,number,withdrawn\n'
  const numbers = async (): Promise<string[]> =>
    (await listDutyLines(asReadonly(service.database.db), { unitCodes: ['C01'], knownAt: service.ctx.clock() })).map(
      ({ number }) => number,
    )
  await take('duty_lines', `${header}C01,duty_room,0199-0001010,\nC01,alternate,0199-0001020,\n`)
  expect(await numbers()).toEqual(['0199-0001010', '0199-0001020'])
  service.setNow(service.ctx.clock() + HOUR)
  await take('duty_lines', `${header}C01,duty_room,0199-0001010,是\n`)
  expect(await numbers()).toEqual(['0199-0001020'])
  service.setNow(service.ctx.clock() + HOUR)
  expect(await take('duty_lines', `${header}C01,duty_room,0199-0001030,\n`)).toMatchObject({ updated: 1 })
  expect(await numbers()).toEqual(['0199-0001030', '0199-0001020'])
})
