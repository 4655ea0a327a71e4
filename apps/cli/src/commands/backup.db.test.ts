import { chmodSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { acquireServeLock, openDatabase } from '@zhidu/db'
import { createTestDatabase, type TestDatabase } from '@zhidu/db/testing'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { runCommandLine } from '../run-command-line.ts'

const folder = mkdtempSync(join(tmpdir(), 'zhidu-backup-'))
chmodSync(folder, 0o755)
let source: TestDatabase
let target: TestDatabase
let out: string[]
let err: string[]
beforeAll(async () => {
  ;[source, target] = await Promise.all([createTestDatabase(), createTestDatabase()])
  writeFileSync(join(folder, 'u.csv'), 'unit_code,name,tier,peer_group,duty_mode\nC01,甲县,county,县区组,room\n')
  writeFileSync(join(folder, 'key'), Buffer.from(Array.from({ length: 32 }, (_, n) => n * 7)))
  writeFileSync(
    join(folder, 'other-key'),
    `${Buffer.from(Array.from({ length: 32 }, (_, n) => n * 5)).toString('hex')}\n`,
  )
  writeFileSync(join(folder, 'no-key'), 'secret')
})
afterAll(async () => {
  await Promise.all([source.close(), target.close()])
  rmSync(folder, { recursive: true, force: true })
})
beforeEach(() => {
  out = []
  err = []
})

type Env = Readonly<Record<string, string>>
const onSource = (): Env => ({ DATABASE_URL: source.connectionString })
const onTarget = (): Env => ({ DATABASE_URL: target.connectionString })

function zhidu(
  env: Env,
  args: readonly string[],
  options: { language?: 'en'; signal?: AbortSignal } = {},
): Promise<number> {
  return runCommandLine(args, {
    env,
    language: options.language ?? 'zh-CN',
    cwd: folder,
    print: (text) => out.push(text),
    say: (line) => err.push(line),
    signal: options.signal ?? new AbortController().signal,
  })
}

async function countUnits({ pool }: TestDatabase): Promise<number> {
  const { rows } = await pool.query<{ n: number }>('select count(*) as n from unit')
  return rows[0]?.n ?? 0
}

describe('zhidu backup and restore', () => {
  it('carry an installation to another place, and say in JSON what they did', async () => {
    expect(await zhidu(onSource(), ['import', 'units', 'u.csv'])).toBe(0)
    out = []
    expect(await zhidu(onSource(), ['backup', 'a.backup', '--json'])).toBe(0)
    const saved: unknown = JSON.parse(out.join('\n'))
    expect(saved).toMatchObject({
      file: join(folder, 'a.backup'),
      isSealed: false,
      notCarried: ['session', 'sign_in_guard'],
    })
    expect(err.at(-1)).toContain('没有加密')
    out = []
    expect(await zhidu(onTarget(), ['restore', 'a.backup', '--json'])).toBe(0)
    expect(JSON.parse(out.join('\n'))).toMatchObject({ program: '0.1.0', leftOut: [], migrated: [] })
    expect(await countUnits(target)).toBe(1)
  })

  it('say in both languages why they refuse, and change nothing', async () => {
    expect(await zhidu(onTarget(), ['restore', 'a.backup'])).toBe(1)
    expect(err.at(-1)).toMatch(/^这里已有数据（.*unit.*）。.*--replace/)
    expect(await zhidu(onTarget(), ['restore', 'a.backup'], { language: 'en' })).toBe(1)
    expect(err.at(-1)).toMatch(/^There are data here \(.*unit.*\)\. .*--replace/)
    expect(await zhidu(onTarget(), ['restore', 'u.csv', '--replace'])).toBe(1)
    expect(err.at(-1)).toBe(`${join(folder, 'u.csv')} 不是值督的备份文件。没有改动任何数据。`)
    expect(await zhidu(onTarget(), ['restore', 'none.backup'])).toBe(1)
    expect(err.at(-1)).toContain('（ENOENT）')
    expect(await zhidu(onSource(), ['backup', 'nowhere/a.backup'])).toBe(1)
    expect(err.at(-1)).toContain('写不了文件')
    expect(await zhidu(onSource(), ['backup'])).toBe(2)
    expect(await countUnits(target)).toBe(1)
    expect(readdirSync(folder).filter((name) => name.endsWith('.part'))).toEqual([])
  })

  it('encrypt with the key of a file, raw or in hexadecimal digits, and open with no other', async () => {
    expect(await zhidu(onSource(), ['backup', 's.backup', '--key-file', 'key'])).toBe(0)
    expect(err).toEqual([])
    expect(await zhidu(onTarget(), ['restore', 's.backup', '--replace'])).toBe(1)
    expect(err.at(-1)).toContain('已加密')
    expect(await zhidu(onTarget(), ['restore', 's.backup', '--replace', '--key-file', 'other-key'])).toBe(1)
    expect(err.at(-1)).toContain('另一把密钥')
    expect(await zhidu(onTarget(), ['restore', 's.backup', '--replace', '--key-file', 'no-key'])).toBe(1)
    expect(err.at(-1)).toContain('openssl rand')
    expect(await zhidu(onTarget(), ['restore', 's.backup', '--replace', '--key-file', 'key'])).toBe(0)
    expect(out.at(-1)).toContain('逐表核对一致')
  })

  it('a backup is made while a server runs; a restore is refused, and names it', async () => {
    const database = await openDatabase({ databaseUrl: target.connectionString })
    const lock = await acquireServeLock(database.engine, { address: '127.0.0.1:3000' })
    expect(await zhidu(onTarget(), ['backup', 'b.backup'])).toBe(0)
    expect(await zhidu(onTarget(), ['restore', 'b.backup', '--replace'])).toBe(1)
    expect(err.at(-1)).toBe(
      `值督正在这份数据上运行（进程 ${process.pid}，地址 127.0.0.1:3000）。请先停止它再恢复。没有改动任何数据。`,
    )
    await lock.release()
    await database.close()
    expect(await zhidu(onTarget(), ['restore', 'b.backup', '--replace'])).toBe(0)
  })

  it(
    'another program that holds the data is waited for, and then named as the reason',
    { timeout: 60_000 },
    async () => {
      const client = await target.pool.connect()
      await client.query('begin; lock table unit in access share mode')
      expect(await zhidu(onTarget(), ['restore', 'a.backup', '--replace'])).toBe(1)
      await client.query('rollback')
      client.release()
      expect(err.at(-1)).toContain('等了 5 秒')
    },
  )

  it('stop when told to', async () => {
    const signal = AbortSignal.abort()
    expect(await zhidu(onSource(), ['backup', 'c.backup'], { signal })).toBe(1)
    expect(await zhidu(onTarget(), ['restore', 'a.backup', '--replace'], { signal })).toBe(1)
    expect(err).toContain('已停止，没有改动任何数据。')
    expect(readdirSync(folder)).not.toContain('c.backup')
    expect(await countUnits(target)).toBe(1)
  })

  it('work on the embedded engine as on a server, and from the one to the other', { timeout: 120_000 }, async () => {
    const embedded = { ZHIDU_DATA: join(folder, 'data') }
    expect(await zhidu(embedded, ['restore', 'a.backup'])).toBe(0)
    expect(await zhidu(embedded, ['backup', 'e.backup', '--json'])).toBe(0)
    expect(await zhidu(onTarget(), ['restore', 'e.backup', '--replace'])).toBe(0)
    expect(await countUnits(target)).toBe(1)
  })
})
