import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { toQuarter } from '@zhidu/domain'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { importFile } from '../import/import-file.ts'
import { listGroups } from '../league/list-groups.ts'
import { getMeta } from '../meta/get-meta.ts'
import { createTestService, importExample, type TestService } from '../testing/example-quarter.ts'
import { isEmptyInstallation, markDemonstration, needsDemonstration } from './demonstration.ts'

const QUARTER = toQuarter('2026Q3')
let service: TestService
let folder: string

beforeAll(async () => {
  service = await createTestService()
  folder = await mkdtemp(join(tmpdir(), 'zhidu-demonstration-'))
})
afterAll(async () => {
  await rm(folder, { recursive: true, force: true })
  await service.database.close()
})

async function importOwnUnits(dryRun: boolean) {
  const path = join(folder, 'units.csv')
  await writeFile(path, 'unit_code,name,tier,peer_group,duty_mode\nC01,甲县,county,自己的组,room\n')
  const args = { path, fileName: 'units.csv', acceptValid: false, language: 'zh-CN' } as const
  return importFile(service.ctx, { ...args, kind: 'units', dryRun })
}

it('begins anew when a start was cut short, and is whole afterwards', async () => {
  const { ctx } = service
  expect([await isEmptyInstallation(ctx), await needsDemonstration(ctx)]).toEqual([true, true])
  await markDemonstration(ctx, 'loading')
  await importExample(ctx, { isDemonstration: true })
  expect([await isEmptyInstallation(ctx), await needsDemonstration(ctx)]).toEqual([false, true])
  await markDemonstration(ctx, 'loading')
  expect(await isEmptyInstallation(ctx)).toBe(true)
  await importExample(ctx, { isDemonstration: true })
  await markDemonstration(ctx, 'loaded')
  expect(await needsDemonstration(ctx)).toBe(false)
  expect((await getMeta(ctx, { programVersion: '0' })).provenance.isSynthetic).toBe(true)
})

it('goes, whole and in one transaction, when real units come, and the preview has said so', async () => {
  const { ctx } = service
  const before = await listGroups(ctx, { quarter: QUARTER })
  const preview = await importOwnUnits(true)
  expect(preview.warnings.map(({ code }) => code)).toContain('demonstration_replaced')
  expect(await listGroups(ctx, { quarter: QUARTER })).toEqual(before)

  expect(await importOwnUnits(false)).toMatchObject({ created: 1, updated: 0, rejected: 0 })
  expect(await listGroups(ctx, { quarter: QUARTER })).toEqual([{ group: '自己的组', unitCount: 1 }])
  const meta = await getMeta(ctx, { programVersion: '0' })
  expect([meta.provenance.isSynthetic, meta.quarters]).toEqual([false, ['2026Q4']])
})

it('does not come back, and takes nothing of what is real', async () => {
  const { ctx } = service
  expect(await needsDemonstration(ctx)).toBe(false)
  expect(await importOwnUnits(false)).toMatchObject({ created: 0, unchanged: 1, warnings: [] })
  expect(await listGroups(ctx, { quarter: QUARTER })).toEqual([{ group: '自己的组', unitCount: 1 }])
})

it('left half loaded is taken away by the first real file, which no later start touches', async () => {
  const other = await createTestService()
  try {
    await markDemonstration(other.ctx, 'loading')
    await importExample(other.ctx, { isDemonstration: true })
    await importExample(other.ctx)
    expect(await needsDemonstration(other.ctx)).toBe(false)
    expect((await getMeta(other.ctx, { programVersion: '0' })).provenance.isSynthetic).toBe(false)
  } finally {
    await other.database.close()
  }
})
