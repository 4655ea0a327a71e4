import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { ImportJob, Kind } from '@zhidu/contract'
import { permissionsOf } from '@zhidu/domain'
import ExcelJS from 'exceljs'
import { afterEach, beforeEach, expect, it } from 'vitest'
import type { AccountActor } from '../actor.ts'
import { createTestService, type TestService } from '../testing/example-quarter.ts'
import { importFile } from './import-file.ts'
import { createImportJobs, type ImportJobs } from './import-jobs.ts'

const SOMEBODY: AccountActor = {
  kind: 'account',
  accountId: '',
  sessionId: '00000000-0000-4000-8000-000000000099',
  loginName: 'somebody',
  displayName: '某人',
  unitCode: null,
  roles: ['system_admin'],
  permissions: permissionsOf(['system_admin']),
  mustChangePassword: false,
  address: '192.0.2.1',
  viewer: null,
}

let service: TestService
let jobs: ImportJobs
let folder: string
beforeEach(async () => {
  service = await createTestService()
  folder = mkdtempSync(join(tmpdir(), 'zhidu-jobs-test-'))
  writeFileSync(join(folder, 'left-over'), 'of a server that was killed')
  jobs = await createImportJobs(service.ctx.clock, { maxUploadBytes: 10_000, folder })
})
afterEach(async () => {
  await jobs.close()
  await service.database.close()
  rmSync(folder, { recursive: true, force: true })
})

const UNITS = 'unit_code,name,tier,peer_group,duty_mode\nC01,甲县,county,县区组,room\nC02,乙县,县,县区组,值班室\n'
const CHECKS =
  'check_code,unit_code,method,checked_at,findings,note\nK1,C01,phone,2026-07-03 10:00,,\n\nK2,C20,电话,2026-07-03 10:00,脱岗,-5 度\nK3,C02,phone,2026-07-03,absent,\n'

function upload(kind: Kind, text: string): Promise<string> {
  return jobs.start(service.ctx, { kind, fileName: '抽查.csv', body: new Blob([text]).stream(), language: 'zh-CN' })
}

async function settled(importId: string): Promise<ImportJob> {
  for (;;) {
    const job = await jobs.get(service.ctx, importId, 'zh-CN')
    if (!['reading', 'checking', 'writing'].includes(job.phase)) return job
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
}

async function storedChecks(): Promise<string[]> {
  const rows = await service.ctx.db.selectFrom('check_record').select('check_code').orderBy('check_code').execute()
  return rows.map((row) => row.check_code)
}

it('shows a file before anything is written, then writes it', async () => {
  const id = await upload('units', UNITS)
  expect(await settled(id)).toMatchObject({
    phase: 'ready',
    result: { rows: 2, created: 2, rejected: 0 },
    sample: {
      columns: ['unit_code', 'name', 'tier', 'peer_group', 'duty_mode'],
      rows: [{ row: 2 }, { row: 3, cells: ['C02', '乙县', '县', '县区组', '值班室'] }],
    },
    failure: null,
  })
  expect(await service.ctx.db.selectFrom('unit').selectAll().execute()).toEqual([])
  expect(await jobs.commit(service.ctx, id, { acceptValid: false, language: 'zh-CN' })).toMatchObject({
    phase: 'writing',
  })
  expect(await settled(id)).toMatchObject({ phase: 'done', result: { created: 2 } })
  await expect(async () =>
    jobs.commit(service.ctx, id, { acceptValid: false, language: 'zh-CN' }),
  ).rejects.toMatchObject({
    reason: 'import_not_ready',
  })
})

it('shows the rows that are refused, words them in the language asked for, and takes the others when told to', async () => {
  const units = await upload('units', UNITS)
  await settled(units)
  await jobs.commit(service.ctx, units, { acceptValid: false, language: 'zh-CN' })
  await settled(units)

  const id = await upload('checks', CHECKS)
  const job = await settled(id)
  expect(job).toMatchObject({ phase: 'ready', errorTotal: 2, result: { rows: 3, created: 1, rejected: 2 } })
  expect(job.sample.rows.map(({ issues, row }) => [row, issues[0]?.column])).toEqual([
    [4, 'unit_code'],
    [5, 'checked_at'],
  ])
  expect((await jobs.get(service.ctx, id, 'en')).result?.errors[0]?.reason).toBe('Unit code C20 does not exist')
  await jobs.commit(service.ctx, id, { acceptValid: true, language: 'zh-CN' })
  expect(await settled(id)).toMatchObject({ phase: 'done', result: { created: 1, rejected: 2 } })
  expect(await storedChecks()).toEqual(['K1'])

  // The refused rows come back in the template; corrected by another program, they are imported.
  const file = await jobs.refusedRows(service.ctx, id, 'zh-CN')
  expect(file.fileName).toBe('抽查-有误行.xlsx')
  const workbook = new ExcelJS.Workbook()
  await workbook.xlsx.load(await new Response(file.body).arrayBuffer())
  const [sheet] = workbook.worksheets
  expect(sheet?.getRow(1).values).toEqual([
    undefined,
    '抽查编号',
    '单位编码',
    '抽查方式',
    '抽查时间',
    '检查人员',
    '发现问题',
    '备注',
    '原因',
  ])
  expect(sheet?.getRow(2).getCell(7).value).toBe("'-5 度")
  expect(sheet?.getRow(2).getCell(8).value).toBe('单位编码 C20 不存在。请填已导入的单位编码；最接近的是 C02 乙县')
  sheet!.getCell('B2').value = 'C02'
  sheet!.getCell('D3').value = '2026-07-03 11:00'
  const path = join(tmpdir(), `${id}.xlsx`)
  await workbook.xlsx.writeFile(path)
  const args = {
    kind: 'checks' as const,
    path,
    fileName: 'x',
    dryRun: false,
    acceptValid: false,
    language: 'zh-CN' as const,
  }
  expect(await importFile(service.ctx, args)).toMatchObject({ rows: 2, created: 2, errors: [] })
  rmSync(path)
})

it('says what is wrong with a file that is no table', async () => {
  const job = await settled(await upload('checks', '<html>'))
  expect(job).toMatchObject({ phase: 'refused', failure: { code: 'file_is_html' }, result: { rows: 0 } })
  await expect(async () => jobs.refusedRows(service.ctx, job.importId, 'en')).rejects.toMatchObject({
    code: 'not_found',
  })
})

it('is cancelled without a trace, and does not know other files', async () => {
  const id = await upload('units', UNITS)
  expect(await jobs.cancel(service.ctx, id, 'en')).toMatchObject({ phase: 'cancelled' })
  await expect(async () => jobs.commit(service.ctx, id, { acceptValid: false, language: 'en' })).rejects.toMatchObject({
    code: 'conflict',
  })
  await expect(async () => jobs.get(service.ctx, '00000000-0000-4000-8000-000000000000', 'en')).rejects.toMatchObject({
    reason: 'import_unknown',
  })
})

it('refuses a file that is too large, keeps nothing of it, and forgets files after a day', async () => {
  await expect(upload('units', 'x'.repeat(10_001))).rejects.toMatchObject({ reason: 'upload_too_large' })
  expect(readdirSync(folder)).toEqual([])
  const old = await upload('units', UNITS)
  await settled(old)
  service.setNow(service.ctx.clock() + 24 * 3_600_000)
  await settled(await upload('units', UNITS))
  await expect(async () => jobs.get(service.ctx, old, 'en')).rejects.toMatchObject({ code: 'not_found' })
  expect(readdirSync(folder)).toHaveLength(1)
  await jobs.close()
  expect(existsSync(folder)).toBe(false)
})

it('keeps ten files of one person: with the next the oldest goes, what is over first', async () => {
  const bring = (text: string): Promise<string> => upload('units', text)
  const ready = await bring(UNITS)
  const refused = await bring('<html>')
  const others = await Promise.all(Array.from({ length: 8 }, () => bring(UNITS)))
  for (const id of [ready, refused, ...others]) await settled(id)
  await settled(await bring(UNITS))
  await expect(async () => settled(refused)).rejects.toMatchObject({ reason: 'import_unknown' })
  expect((await settled(ready)).phase).toBe('ready')
  await bring(UNITS)
  await expect(async () => settled(ready)).rejects.toMatchObject({ reason: 'import_unknown' })
  expect(readdirSync(folder)).toHaveLength(10)
})

it('keeps thirty files of all, and takes nobody what they may still want to write for somebody else', async () => {
  const of = (nth: number): TestService['ctx'] => ({
    ...service.ctx,
    actor: { ...SOMEBODY, accountId: `00000000-0000-4000-8000-00000000000${nth}` },
  })
  const bring = (nth: number, content: string): Promise<string> =>
    jobs.start(of(nth), { kind: 'units', fileName: 'a.csv', body: new Blob([content]).stream(), language: 'en' })
  const brought = await Promise.all(Array.from({ length: 30 }, (_, index) => bring(Math.floor(index / 10), UNITS)))
  await expect(bring(4, UNITS)).rejects.toMatchObject({ code: 'conflict', reason: 'imports_too_many' })
  await jobs.cancel(of(1), brought[15] ?? '', 'en')
  await bring(4, UNITS)
  await expect(async () => jobs.get(of(1), brought[15] ?? '', 'en')).rejects.toMatchObject({ reason: 'import_unknown' })
  await expect(bring(4, UNITS)).rejects.toMatchObject({ reason: 'imports_too_many' })
})
