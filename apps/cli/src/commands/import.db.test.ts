import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createTestDatabase, type TestDatabase } from '@zhidu/db/testing'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { runCommandLine } from '../run-command-line.ts'

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
  await database.close()
})
beforeEach(() => {
  out = []
  err = []
})

/** Runs the command as the shell would; gives its exit status. */
function zhidu(args: readonly string[], options: { language?: 'en'; signal?: AbortSignal } = {}): Promise<number> {
  return runCommandLine(args, {
    env: { DATABASE_URL: database.connectionString },
    language: options.language ?? 'zh-CN',
    cwd: folder,
    print: (text) => out.push(text),
    say: (line) => err.push(line),
    signal: options.signal ?? new AbortController().signal,
  })
}

function put(name: string, content: string): string {
  writeFileSync(join(folder, name), content)
  return name
}

const UNITS = 'unit_code,name,tier,peer_group,duty_mode\nC01,甲县,county,县区组,room\n'
const CHECKS = 'check_code,unit_code,method,checked_at\nK1,C01,phone,2026-07-03 10:00\nK2,C10,phone,2026-07-03\n'

describe('zhidu import', () => {
  it('says in JSON what it did, and nothing else on stdout', async () => {
    expect(await zhidu(['import', 'units', put('u.csv', UNITS), '--json'])).toBe(0)
    const counts = { kind: 'units', rows: 1, created: 1, updated: 0, unchanged: 0, rejected: 0 }
    expect(JSON.parse(out.join('\n'))).toEqual({ ...counts, errors: [], warnings: [] })
    expect(await zhidu(['import', '单位', 'u.csv'])).toBe(0)
    expect(out.at(-1)).toBe('单位：已导入。共 1 行：新增 0，更新 0，无变化 1，有误 0。')
  })

  it('ends with 1 when a file is refused, with every error and the refused rows', async () => {
    const status = await zhidu(['import', 'checks', put('c.csv', CHECKS), '--json', '--errors', 'bad.xlsx'], {
      language: 'en',
    })
    expect(status).toBe(1)
    expect(JSON.parse(out.join('\n'))).toMatchObject({
      created: 0,
      rejected: 1,
      errors: [
        { row: 3, column: 'unit_code', value: 'C10', reason: 'Unit code C10 does not exist' },
        { row: 3, column: 'checked_at', value: '2026-07-03' },
      ],
    })
    expect(existsSync(join(folder, 'bad.xlsx'))).toBe(true)
    expect(await zhidu(['import', 'checks', 'bad.xlsx', '--dry-run'])).toBe(1)
    expect(out.at(-1)).toContain('有误 1')
  })

  it('takes the valid rows when told to, after a trial that writes nothing', async () => {
    expect(await zhidu(['import', 'checks', 'c.csv', '--accept-valid', '--dry-run'])).toBe(0)
    expect(out.at(-1)).toContain('只试读')
    expect(await zhidu(['import', 'checks', 'c.csv', '--accept-valid', '--json'])).toBe(0)
    expect(JSON.parse(out.at(-1) ?? '')).toMatchObject({ created: 1, rejected: 1 })
  })

  it('ends with 2 for a call that is off and with 1 for a file that is not there', async () => {
    expect(await zhidu(['import', 'cheques', 'c.csv'])).toBe(2)
    expect(err.at(-1)).toContain('checks（值班抽查）')
    expect(await zhidu(['import', 'checks'])).toBe(2)
    expect(await zhidu(['import', 'checks', 'none.csv'])).toBe(1)
    expect(err.join('\n')).toContain(`找不到文件 ${join(folder, 'none.csv')}`)
  })

  it('stops when told to', async () => {
    expect(await zhidu(['import', 'units', 'u.csv'], { signal: AbortSignal.abort() })).toBe(1)
    expect(err.at(-1)).toBe('已停止，没有改动任何数据。')
  })
})

describe('zhidu export and template', () => {
  it('write files that import takes, and no half ones', async () => {
    for (const format of ['csv', 'xlsx']) {
      expect(await zhidu(['export', 'checks', '--format', format, `e.${format}`])).toBe(0)
      expect(await zhidu(['import', 'checks', `e.${format}`, '--json'])).toBe(0)
      expect(JSON.parse(out.at(-1) ?? '')).toMatchObject({ rows: 1, unchanged: 1 })
    }
    expect(readFileSync(join(folder, 'e.csv'), 'utf8')).toBe(
      '\uFEFFcheck_code,unit_code,method,checked_at,inspectors,findings,note\r\nK1,C01,phone,2026-07-03 10:00:00,,,\r\n',
    )
    expect(await zhidu(['template', 'reports', 't.xlsx'])).toBe(0)
    expect(await zhidu(['import', 'reports', 't.xlsx'])).toBe(0)
    expect(await zhidu(['export', 'checks', '--format', 'csv', 'nowhere/e.csv'])).toBe(1)
    expect(err.at(-1)).toContain('写不了文件')
    expect(readdirSync(folder).filter((name) => name.endsWith('.part'))).toEqual([])
    expect(await zhidu(['export', 'checks', '--format', 'pdf', 'e.pdf'])).toBe(2)
    expect(await zhidu(['export', 'checks', '--format', 'csv', '--quarter', '2026-3', 'e.csv'])).toBe(2)
  })
})
