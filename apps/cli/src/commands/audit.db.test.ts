import { appendFileSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { toAuditText } from '@zhidu/audit'
import { appendAudit, withTransaction } from '@zhidu/db'
import { createTestDatabase, type TestDatabase } from '@zhidu/db/testing'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
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

function zhidu(args: readonly string[], options: { language?: 'en'; env?: Record<string, string> } = {}) {
  return runCommandLine(['audit', ...args], {
    env: options.env ?? { DATABASE_URL: database.connectionString, ZHIDU_DATA: 'data' },
    language: options.language ?? 'zh-CN',
    cwd: folder,
    print: (text) => out.push(text),
    say: (line) => err.push(line),
    signal: new AbortController().signal,
  })
}

/** Any use of a database fails: there is none, and no folder for one. */
const NOWHERE = { DATABASE_URL: 'postgresql://nobody@127.0.0.1:1/none', ZHIDU_DATA: '/dev/null/none' }

async function append(...objects: readonly string[]): Promise<void> {
  for (const object of objects) {
    const actor = { kind: 'system', id: null, name: null, unit: null } as const
    const what = { from: null, action: 'test', object, outcome: 'done', reason: null, detail: {} } as const
    const text = toAuditText({ v: 1, at: '2026-11-20T01:00:00.000Z', actor, ...what })
    await withTransaction(database.db, (trx) => appendAudit(trx, text))
  }
}

const FILES = ['log.jsonl', '--checkpoints', 'kept.txt', '--key', 'key.pub']

it('signs, exports, and verifies without database and network', async () => {
  await append('甲', '乙')
  expect(await zhidu(['checkpoint', '--json'])).toBe(0)
  expect(JSON.parse(out.at(-1) ?? '')).toEqual({ size: 2, isNew: true })
  expect(await zhidu(['checkpoint'])).toBe(0)
  expect(err.at(-1)).toBe('上次签名（前 2 条）以来没有新的审计记录。')
  expect(await zhidu(['key'])).toBe(0)
  writeFileSync(join(folder, 'key.pub'), `${out.at(-1)}\n`)
  expect(await zhidu(['key', '--pem'])).toBe(0)
  expect(out.at(-1)).toMatch(/^-----BEGIN PUBLIC KEY-----\n[^-]+\n-----END PUBLIC KEY-----$/)
  expect(await zhidu(['export', 'log.jsonl', '--checkpoints', 'kept.txt'])).toBe(0)
  expect(readFileSync(join(folder, 'kept.txt'), 'utf8')).toBe(
    readFileSync(join(folder, 'data/audit/audit-checkpoints.txt'), 'utf8'),
  )
  expect(await zhidu(['verify', ...FILES], { env: NOWHERE })).toBe(0)
  expect(out.at(-1)).toMatch(/^审计记录完整：共 2 条，1 个检查点相符，根哈希 .{44}。$/)
  expect(await zhidu(['verify', ...FILES, '--json'], { env: NOWHERE })).toBe(0)
  const report = { ok: true, entries: 2, checkpoints: 1, provenThrough: 2, firstBad: null }
  expect(JSON.parse(out.at(-1) ?? '')).toMatchObject(report)
})

it('names the first bad entry in the user’s language, with status 1', async () => {
  const log = readFileSync(join(folder, 'log.jsonl'), 'utf8')
  writeFileSync(join(folder, 'bad.jsonl'), log.replace('甲', '丁'))
  const files = ['bad.jsonl', ...FILES.slice(1)]
  expect(await zhidu(['verify', ...files], { env: NOWHERE })).toBe(1)
  expect(err.at(-1)).toBe('审计记录不完整。第 1 条被修改过：内容、链接或编号与哈希值不符。检查点证明前 0 条未变。')
  expect(await zhidu(['verify', ...files, '--json'], { env: NOWHERE, language: 'en' })).toBe(1)
  expect(JSON.parse(out.at(-1) ?? '')).toMatchObject({ ok: false, firstBad: { seq: 1, kind: 'edited' } })
  expect(err.at(-1)).toMatch(/^The audit log is not whole\. Entry 1 was changed:/)
  writeFileSync(join(folder, 'bad.jsonl'), log.split('\n').slice(0, 2).join('\n'))
  expect(await zhidu(['verify', ...files], { env: NOWHERE, language: 'en' })).toBe(1)
  expect(err.at(-1)).toContain('ends at 1, and a checkpoint knows of entry 2')
  expect(await zhidu(['verify', 'no-such-file', ...FILES.slice(1)], { env: NOWHERE })).toBe(1)
  expect(err.at(-1)).toMatch(/^读不了文件 .*no-such-file \(ENOENT\)。$/)
  expect(await zhidu(['verify', ...FILES.slice(0, 4), 'kept.txt'], { env: NOWHERE, language: 'en' })).toBe(1)
  expect(err.at(-1)).toContain('holds no verifier key')
  expect(await zhidu(['verify', 'log.jsonl'], { env: NOWHERE })).toBe(2)
})

it('says what no checkpoint vouches for', async () => {
  await append('丙')
  expect(await zhidu(['export', 'log.jsonl'])).toBe(0)
  expect(err.at(-1)).toBe('已把 3 条审计记录导出到 log.jsonl。')
  expect(await zhidu(['verify', ...FILES], { env: NOWHERE, language: 'en' })).toBe(0)
  expect(err.at(-1)).toContain('No checkpoint vouches for the last 1 entries')
})

it('keeps checkpoints where it is told to, and signs along with SM2 once asked', async () => {
  const env = { DATABASE_URL: database.connectionString, ZHIDU_DATA: 'data', ZHIDU_AUDIT_DIR: 'medium' }
  expect(await zhidu(['key', '--sm2'], { env })).toBe(0)
  expect(out.at(-1)?.split('\n')).toHaveLength(2)
  expect(await zhidu(['checkpoint'], { env })).toBe(0)
  const kept = readFileSync(join(folder, 'medium/audit-checkpoints.txt'), 'utf8')
  expect(kept.match(/^— /gm)).toHaveLength(3)
  appendFileSync(join(folder, 'medium/audit-checkpoints.txt'), 'x')
  await append('戊')
  expect(await zhidu(['checkpoint'], { env, language: 'en' })).toBe(1)
  expect(err.at(-1)).toMatch(/has checkpoints that the database lacks/)
})

it('exports what a superuser changed as it is, and says so', async () => {
  const client = await database.pool.connect()
  await client.query(`set session_replication_role = replica; update audit_entry set object = 'x' where seq = 2`)
  client.release(true)
  expect(await zhidu(['export', 'tampered.jsonl', '--json'])).toBe(1)
  expect(JSON.parse(out.at(-1) ?? '')).toMatchObject({ entries: 4, firstTampered: 2 })
  expect(err.at(-1)).toBe('数据库中第 2 条审计记录被改动过。导出文件如实照录，请核验。')
  expect(existsSync(join(folder, 'tampered.jsonl'))).toBe(true)
})
