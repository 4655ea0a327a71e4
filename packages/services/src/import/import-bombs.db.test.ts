import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import type { ImportJob } from '@zhidu/contract'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { createTestService, type TestService } from '../testing/example-quarter.ts'
import { createImportJobs, type ImportJobs } from './import-jobs.ts'

let service: TestService
let jobs: ImportJobs
let folder: string
beforeEach(async () => {
  service = await createTestService()
  folder = mkdtempSync(join(tmpdir(), 'zhidu-bombs-test-'))
  jobs = await createImportJobs(service.ctx.clock, { maxUploadBytes: 20_000_000, folder })
})
afterEach(async () => {
  await jobs.close()
  await service.database.close()
  rmSync(folder, { recursive: true, force: true })
})

const UNITS = 'unit_code,name,tier,peer_group,duty_mode\nC01,甲县,county,县区组,room\n'

async function settled(content: string | Uint8Array<ArrayBuffer>, language: 'zh-CN' | 'en'): Promise<ImportJob> {
  const body = new Blob([content]).stream()
  const importId = await jobs.start(service.ctx, { kind: 'units', fileName: '单位.xlsx', body, language })
  for (;;) {
    const job = await jobs.get(service.ctx, importId, language)
    if (!['reading', 'checking', 'writing'].includes(job.phase)) return job
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
}

/** Processes that read files for this one. */
function childCount(): number {
  return readdirSync('/proc').filter((pid) => {
    if (!/^\d+$/.test(pid)) return false
    try {
      const isOurs = readFileSync(`/proc/${pid}/status`, 'utf8').includes(`\nPPid:\t${process.pid}\n`)
      return isOurs && readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('read-child')
    } catch {
      // It ended since the folder was read.
      return false
    }
  }).length
}

/** A workbook's first bytes, and nothing that ends it. */
const CUT_OFF = new Uint8Array(Buffer.concat([Buffer.from('PK\u0003\u0004', 'latin1'), Buffer.alloc(5_000, 7)]))

it('an upload made to hurt is refused with words, never by an unexpected error, and the next one is read', async () => {
  const bombs: readonly (readonly [content: string | Uint8Array<ArrayBuffer>, code: string, reason: RegExp])[] = [
    [CUT_OFF, 'xlsx_truncated', /不完整/],
    [new Uint8Array(2_000_000), 'file_is_zeros', /空字节/],
    [new Uint8Array(gzipSync(UNITS)), 'file_is_other', /不是表格/],
    [`${UNITS}${'x'.repeat(9_000_000)}`, 'csv_record_too_large', /超过 1 MB/],
    [`${UNITS}${','.repeat(900_000)}\n`, 'csv_too_many_columns', /1000 列/],
    ['__proto__,constructor,prototype\n1,2,3\n', 'column_unknown', /__proto__/],
  ]
  for (const [content, code, reason] of bombs) {
    const job = await settled(content, 'zh-CN')
    expect(job).toMatchObject({ phase: 'refused', failure: { code, reason: expect.stringMatching(reason) } })
  }
  expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false)
  expect(await settled(UNITS, 'en')).toMatchObject({ phase: 'ready', result: { rows: 1, rejected: 0 } })
})

it('a workbook that says nothing of itself is refused in English too', async () => {
  const { failure } = await settled(CUT_OFF, 'en')
  expect(failure?.reason).toMatch(/cut off/)
})

it.runIf(process.platform === 'linux')('no process is left when an upload is cancelled while it is read', async () => {
  const rows = Array.from({ length: 200_000 }, (_, index) => `C${index},甲县,county,县区组,room`).join('\n')
  const body = new Blob([`${UNITS}${rows}\n`]).stream()
  const importId = await jobs.start(service.ctx, { kind: 'units', fileName: 'a.csv', body, language: 'en' })
  await expect.poll(() => childCount()).toBe(1)
  expect(await jobs.cancel(service.ctx, importId, 'en')).toMatchObject({ phase: 'cancelled' })
  expect(childCount()).toBe(0)
})
