import { createWriteStream, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Kind, KINDS } from '@zhidu/contract'
import { toQuarter } from '@zhidu/domain'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { importFile } from '../import/import-file.ts'
import { createTestService, importExample, type TestService } from '../testing/example-quarter.ts'
import { type ExportArgs, exportKind, writeExport } from './export-kind.ts'

const folder = mkdtempSync(join(tmpdir(), 'zhidu-export-'))
let full: TestService
let empty: TestService
beforeAll(async () => {
  full = await createTestService()
  empty = await createTestService()
  await importExample(full.ctx)
  // Text that a spreadsheet program would compute, quotes, ends of line, and what Excel escapes.
  const path = join(folder, 'leads.csv')
  writeFileSync(
    path,
    `lead_code,source,seen_at,summary,place,unit_code,deaths\n'-1,media,2026-07-03 10:00:59,"'=1+1,""引号""\n第二行",'@x,,\nL2,热线,2026-10-01 00:00,+86 _x0041_,'’,C01,0\n`,
  )
  const leads = await take(full, 'leads', path)
  if (leads.created !== 2) throw new Error(JSON.stringify(leads.errors))
  for (const [kind, text] of [
    ['pre_reports', 'event_code,unit_code,pre_reported_at,reason\nE00101,D19,2026-09-18 20:00:51,现场无信号\n'],
    ['adoptions', 'event_code,unit_code,use,used_on\nE00101,D19,专报,2026-09-19\n'],
    [
      'duty_lines',
      'unit_code,line,number,forwarding_until,forwarding_reason\nD19,值班室座机,（0199）0001010转8,2026-12-31,"=线路,检修"\n'.replace(
        '=',
        "'=",
      ),
    ],
    [
      'rosters',
      'unit_code,role,starts_at,ends_at,person,post,phone,withdrawn\nD19,带班领导,2026-10-01 08:00,2026-10-02 08:00,领导甲,,+999 154 0000 0001,是\n',
    ],
  ] as const) {
    writeFileSync(path, text)
    if ((await take(full, kind, path)).created !== 1) throw new Error(kind)
  }
})
afterAll(async () => {
  await full.database.close()
  await empty.database.close()
  rmSync(folder, { recursive: true, force: true })
})

function take(service: TestService, kind: Kind, path: string) {
  return importFile(service.ctx, {
    kind,
    path,
    fileName: 'export',
    dryRun: false,
    acceptValid: false,
    language: 'zh-CN',
  })
}

async function save(service: TestService, args: ExportArgs): Promise<string> {
  const path = join(folder, `${args.kind}-${args.quarter ?? 'all'}-${Math.random()}.${args.format}`)
  await writeExport(service.ctx, args, createWriteStream(path))
  return path
}

describe('an export', () => {
  it.each(['csv', 'xlsx'] as const)('as %s is what import reads back unchanged', async (format) => {
    for (const kind of KINDS) {
      const result = await take(full, kind, await save(full, { kind, format }))
      expect(result).toMatchObject({ kind, created: 0, updated: 0, rejected: 0, unchanged: result.rows })
      expect(result.rows).toBeGreaterThan(0)
    }
  })

  it('imported into an empty installation is exported with the same bytes', async () => {
    for (const kind of KINDS) {
      const path = await save(full, { kind, format: 'csv' })
      expect((await take(empty, kind, path)).rejected).toBe(0)
      expect(readFileSync(await save(empty, { kind, format: 'csv' }), 'utf8')).toBe(readFileSync(path, 'utf8'))
    }
  })

  it('of a quarter holds the facts of that quarter: events by their clock, forms by their due day', async () => {
    const codesOf = async (kind: Kind, quarter: string) => {
      const { body } = await exportKind(full.ctx, { kind, format: 'csv', quarter: toQuarter(quarter) })
      const lines = (await new Response(body).text()).trim().split('\r\n').slice(1)
      return lines.map((line) => line.split(',').slice(0, 2).join(' '))
    }
    expect(await codesOf('leads', '2026Q4')).toEqual(['L2 hotline'])
    expect(await codesOf('leads', '2026Q2')).toEqual([])
    // Learned of at 00:00 of the first day of the next quarter.
    expect(await codesOf('reports', '2026Q4')).toContain('X0020 C02')
    expect(await codesOf('reports', '2026Q3')).not.toContain('X0020 C02')
    expect(await codesOf('filings', '2026Q3')).toContain('C01 2026-国庆节')
    expect(await codesOf('filings', '2026Q4')).toEqual([])
    expect(await codesOf('rosters', '2026Q4')).toEqual(['D19 leader'])
    expect(await codesOf('rosters', '2026Q3')).toEqual([])
    expect(await codesOf('duty_lines', '2026Q4')).toEqual([])
  })

  it('that nobody reads to its end holds nothing up', async () => {
    const { body } = await exportKind(full.ctx, { kind: 'reports', format: 'csv' })
    const reader = body instanceof ReadableStream ? body.getReader() : null
    await reader?.read()
    await reader?.cancel()
    expect(await take(full, 'bonuses', await save(full, { kind: 'bonuses', format: 'csv' }))).toMatchObject({
      rejected: 0,
    })
  })
})
