import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { createTestDatabase, type TestDatabase } from '@zhidu/db/testing'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { runCommandLine } from '../run-command-line.ts'

const EXAMPLE = resolve(import.meta.dirname, '../../../../packages/domain/test/fixtures/example-2026Q3')
const AS_OF = ['--as-of', '2026-10-05 00:00']

let database: TestDatabase
let folder: string
let out: string[]
let err: string[]
beforeAll(async () => {
  database = await createTestDatabase()
  folder = mkdtempSync(join(tmpdir(), 'zhidu-cli-'))
})
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true })
  await database?.close()
})
beforeEach(() => {
  out = []
  err = []
})

function zhidu(args: readonly string[], env: Record<string, string> = {}): Promise<number> {
  return runCommandLine(args, {
    env: { DATABASE_URL: database.connectionString, ZHIDU_DATA: 'data', ...env },
    language: 'zh-CN',
    cwd: folder,
    print: (text) => out.push(text),
    say: (line) => err.push(line),
    signal: new AbortController().signal,
  })
}

/** Any use of a database fails: there is none, and no folder for one. */
const NOWHERE = { DATABASE_URL: 'postgresql://nobody@127.0.0.1:1/none', ZHIDU_DATA: '/dev/null/none' }

it('freezes, verifies, exports, and recomputes without a database', async () => {
  for (const kind of ['units', 'reports', 'checks', 'misreports', 'filings', 'bonuses']) {
    expect(await zhidu(['import', kind, join(EXAMPLE, `${kind}.csv`)])).toBe(0)
  }
  expect(await zhidu(['quarter', 'verify', '2026Q3'])).toBe(1)
  expect(err.at(-1)).toBe('2026Q3 还没有冻结。')
  expect(await zhidu(['quarter', 'freeze', '2026Q3', ...AS_OF, '--json'])).toBe(0)
  const frozen = JSON.parse(out.at(-1) ?? '') as Record<string, unknown>
  expect(Object.keys(frozen).slice(0, 4)).toEqual(['quarter', 'manifestSha256', 'files', 'equal'])
  expect(frozen['manifestSha256']).toBe('284a3532584bb755d64b3c82052954834ba3f49e4f8ff98956eeae59f859e0b2')
  expect(await zhidu(['quarter', 'freeze', '2026Q3', ...AS_OF])).toBe(1)
  expect(err.at(-1)).toContain('2026Q3 已冻结（第 1 版），不能改。更正请建补充版')
  expect(await zhidu(['quarter', 'freeze', '2026Q3', '--supplement'])).toBe(2)
  expect(await zhidu(['quarter', 'freeze', '2026-3'])).toBe(2)
  expect(await zhidu(['quarter', 'verify', '2026Q3'])).toBe(0)
  expect(await zhidu(['quarter', 'recompute', '2026Q3', '--as-of', '2026-10-04 00:00'])).toBe(1)
  expect(await zhidu(['quarter', 'export', '2026Q3', '--out', '三季度'])).toBe(0)
  expect(await zhidu(['quarter', 'export', '2026Q3', '--out', '三季度'])).toBe(1)
  expect(await zhidu(['quarter', 'recompute', '2026Q3', '--from', '三季度', '--json'], NOWHERE)).toBe(0)
  expect(JSON.parse(out.at(-1) ?? '')).toMatchObject({ equal: true, manifestSha256: frozen['manifestSha256'] })
  expect(await zhidu(['quarter', 'recompute', '2026Q2', '--from', '三季度'], NOWHERE)).toBe(1)
  // The table as the command prints it is the file, byte for byte, but for the ranges, which are drawn when it is read.
  expect(await zhidu(['league', '--quarter', '2026Q3', '--group', '县区组', ...AS_OF, '--json'])).toBe(0)
  const manifest = JSON.parse(readFileSync(join(folder, '三季度/manifest.json'), 'utf8')) as {
    files: { name: string; group: string | null }[]
  }
  const file = manifest.files.find(({ group }) => group === '县区组')?.name ?? ''
  const printed = (out.at(-1) ?? '').replaceAll(/"rankInterval":\{[^}]*\}/g, '"rankInterval":null')
  expect(printed).not.toBe(out.at(-1))
  expect(readFileSync(join(folder, '三季度', file), 'utf8')).toBe(`${printed}\n`)
})

it('writes the bulletin of a frozen quarter with its annexes, the same bytes each time', async () => {
  expect(await zhidu(['bulletin', '2026-3', '--out', '通报'])).toBe(2)
  expect(await zhidu(['bulletin', '2026Q2', '--out', '通报'])).toBe(1)
  expect(err.at(-1)).toBe('2026Q2 还没有冻结。')
  expect(await zhidu(['bulletin', '2026Q3', '--out', '通报', '--json'])).toBe(0)
  const written = JSON.parse(out.at(-1) ?? '') as { readonly files: readonly string[]; readonly isWritten: boolean }
  expect([written.isWritten, readdirSync(join(folder, '通报')).sort()]).toEqual([false, [...written.files].sort()])
  const [word = ''] = written.files
  const before = readFileSync(join(folder, '通报', word))
  expect(await zhidu(['bulletin', '2026Q3', '--out', '通报二'])).toBe(0)
  expect(out.at(-1)).toContain('通报草稿写入')
  expect(readFileSync(join(folder, '通报二', word)).equals(before)).toBe(true)
})

it('ends with status 1 and names what was changed', async () => {
  const client = await database.pool.connect()
  await client.query(`set session_replication_role = replica;
    update frozen_part set content = '\\x7b7d0a', is_gzip = false where file_name = 'regulation.json'`)
  client.release(true)
  expect(await zhidu(['quarter', 'verify', '2026Q3', '--json'])).toBe(1)
  expect(JSON.parse(out.at(-1) ?? '')).toMatchObject({ equal: false, problems: [{ file: 'regulation.json' }] })
  expect(err.at(-1)).toContain('regulation.json：文件被改动过')
})
