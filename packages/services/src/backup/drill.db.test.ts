import { spawn } from 'node:child_process'
import { createHash, randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync, gzipSync } from 'node:zlib'
import {
  listAppliedMigrations,
  listKnownMigrations,
  listSequences,
  listStoredTables,
  migrateTo,
  migrateToLatest,
  readTable,
  useCopySettings,
  withTransaction,
} from '@zhidu/db'
import { toQuarter } from '@zhidu/domain'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import type { ServiceContext } from '../context.ts'
import { importFile } from '../import/import-file.ts'
import { getLeague } from '../league/get-league.ts'
import { installSampleRules } from '../rules/install-sample-rules.ts'
import { createOwnedDatabase, describeSchema, fingerprint, type OwnedDatabase } from '../testing/drill.ts'
import { EXAMPLE_AS_OF, importExample } from '../testing/example-quarter.ts'
import { backUp, type BackUpArgs, type BackupResult } from './back-up.ts'
import { PLAIN_LINE, TRAILER_BYTES, trailerOf } from './backup-format.ts'
import { restoreBackup, type RestoreArgs } from './restore-backup.ts'

const NOW = Date.parse('2026-11-20T09:00:00+08:00')
const KEY = randomBytes(32)
const VERSIONS = { programVersion: '0.1.0', postgresVersion: '18.4' }

const folder = mkdtempSync(join(tmpdir(), 'zhidu-drill-'))
const path = join(folder, 'zhidu.backup')
const sealedPath = join(folder, 'sealed.backup')
let source: OwnedDatabase
let target: OwnedDatabase
let result: BackupResult
/** Of the source when the backup was taken. */
let rows: Readonly<Record<string, string>>
let entries: number

async function prepare(): Promise<OwnedDatabase> {
  const database = await createOwnedDatabase(() => NOW)
  await migrateToLatest(database.ctx.db)
  await installSampleRules(database.ctx.db)
  return database
}

function save(ctx: ServiceContext, args: Partial<BackUpArgs> = {}): Promise<BackupResult> {
  return backUp(ctx, { path, key: null, ...VERSIONS, signal: new AbortController().signal, ...args })
}

function load(ctx: ServiceContext, args: Partial<RestoreArgs> = {}) {
  return restoreBackup(ctx, { path, key: null, replace: false, signal: new AbortController().signal, ...args })
}

async function countEntries({ query }: OwnedDatabase): Promise<number> {
  const [counted] = await query<{ n: number }>('select count(*) as n from audit_entry')
  return counted?.n ?? 0
}

async function leagueOf(ctx: ServiceContext): Promise<string> {
  return JSON.stringify(await getLeague(ctx, { quarter: toQuarter('2026Q3'), group: '县区组', asOf: EXAMPLE_AS_OF }))
}

/** What the command's user never enters but an installation holds; with every character COPY writes in its own way. */
async function addOddRows({ query }: OwnedDatabase): Promise<void> {
  const odd = JSON.stringify({ text: 'a\tb\\N\n\\.\r引号"\'', n: 1e21 }).replaceAll("'", "''")
  await query(`insert into setting values ('odd', '${odd}')`)
  await query(`insert into lead (lead_code, source, seen_at, summary, import_id, recorded_at)
    select E'\\\\.', 'media', '2026-07-03 00:00:00.123456+08', E'\\\\.\\n\\\\N\\t\\r', import_id, now() from import_file limit 1`)
  await query(`insert into account (account_id, login_name, display_name, totp_secret, created_at)
    values (gen_random_uuid(), 'x', '甲', '\\x00ff', '2026-01-01')`)
  await query(`insert into session (session_id, account_id, token_hash, created_at, last_seen_at, idle_until,
      absolute_until, address, user_agent, auth_level)
    select gen_random_uuid(), account_id, '\\x01', now(), now(), now(), now(), '::1', '', 'password' from account`)
  await query(`insert into sign_in_guard values ('\\x02', 3, now(), null)`)
}

beforeAll(async () => {
  ;[source, target] = await Promise.all([prepare(), prepare()])
  await importExample(source.ctx)
  await addOddRows(source)
  entries = await countEntries(source)
  rows = await fingerprint(source, entries)
  result = await save(source.ctx)
  await save(source.ctx, { path: sealedPath, key: KEY })
})
afterAll(async () => {
  await Promise.all([source.close(), target.close()])
  rmSync(folder, { recursive: true, force: true })
})

/** A file of the same format, with another text and a trailer that fits it. */
function rewrite(change: (text: string) => string): string {
  const file = readFileSync(path)
  const text = gunzipSync(file.subarray(PLAIN_LINE.length, -TRAILER_BYTES)).toString('utf8')
  const changed = change(text)
  expect(changed).not.toBe(text)
  return put(Buffer.concat([Buffer.from(PLAIN_LINE), gzipSync(changed)]))
}

function put(body: Buffer): string {
  const written = join(folder, `${randomBytes(6).toString('hex')}.backup`)
  const sha256 = createHash('sha256').update(body).digest('hex')
  writeFileSync(written, Buffer.concat([body, Buffer.from(trailerOf(sha256))]))
  return written
}

function putRaw(file: Buffer): string {
  const written = join(folder, `${randomBytes(6).toString('hex')}.backup`)
  writeFileSync(written, file)
  return written
}

describe('the drill', () => {
  it('brings every row, the league and the audit trail back into another database, and its structure unchanged', async () => {
    const schema = await describeSchema(target)
    const restored = await load(target.ctx)
    expect(await describeSchema(target)).toEqual(schema)
    const { session, sign_in_guard, ...carried } = await fingerprint(target, entries)
    expect({ ...rows, ...carried }).toEqual(rows)
    expect([session, sign_in_guard]).toEqual(['0 ', '0 '])
    expect(Number.parseInt(rows['audit_entry'] ?? '', 10)).toBe(entries)
    expect(entries).toBeGreaterThan(5)
    expect(await leagueOf(target.ctx)).toBe(await leagueOf(source.ctx))
    expect(restored).toMatchObject({ sha256: result.sha256, leftOut: [], migrated: [], tables: result.tables })
    expect(result.tables.find(({ name }) => name === 'report')?.rowCount).toBeGreaterThan(20)
    expect(result.notCarried).toEqual(['session', 'sign_in_guard'])
  })

  it('leaves an unbroken chain whose last entry says what came from where', async () => {
    const chain = await target.query<{ seq: number; action: string; text: string; fits: boolean }>(`
      select seq, action, text, hash = sha256('\\x00'::bytea || prev_hash || convert_to(text, 'UTF8')) and prev_hash =
        coalesce(lag(hash) over (order by seq), decode(repeat('00', 32), 'hex')) as fits
      from audit_entry order by seq`)
    expect(chain.map(({ seq }) => seq)).toEqual(chain.map((_, index) => index + 1))
    expect(chain.every(({ fits }) => fits)).toBe(true)
    expect(chain.length).toBe(entries + 1)
    expect(JSON.parse(chain.at(-1)?.text ?? '')).toMatchObject({
      action: 'restore',
      object: 'file/zhidu.backup',
      outcome: 'done',
      detail: { sha256: result.sha256, replacedTrail: null },
    })
    const saved = await source.query<{ text: string }>(`
      select text from audit_entry where action = 'backup' order by seq limit 1`)
    expect(JSON.parse(saved[0]?.text ?? '')).toMatchObject({ detail: { sha256: result.sha256, isSealed: false } })
  })

  it('goes on numbering where the source stopped', async () => {
    const file = join(folder, 'checks.csv')
    writeFileSync(file, 'check_code,unit_code,method,checked_at\nNEU1,C01,phone,2026-08-03 10:00\n')
    const args = {
      kind: 'checks',
      path: file,
      fileName: 'c.csv',
      dryRun: false,
      acceptValid: false,
      language: 'en',
    } as const
    expect(await importFile(target.ctx, args)).toMatchObject({ created: 1, rejected: 0 })
    const numbers = await target.query<{ fresh: number; rest: number }>(`
      select max(version_id) filter (where check_code = 'NEU1') as fresh,
        max(version_id) filter (where check_code <> 'NEU1') as rest from check_record`)
    expect(numbers[0]?.fresh).toBeGreaterThan(numbers[0]?.rest ?? Infinity)
  })

  it('fills no installation that holds something, unless told to, and then names the trail it took away', async () => {
    const before = await countEntries(target)
    await expect(load(target.ctx)).rejects.toMatchObject({ code: 'conflict', reason: 'restore_not_empty' })
    const heads = await target.query<{ hash: string }>(`
      select encode(hash, 'hex') as hash from audit_entry order by seq desc limit 1`)
    await load(target.ctx, { path: sealedPath, key: KEY, replace: true })
    const last = await target.query<{ text: string }>(`
      select text from audit_entry order by seq desc limit 1`)
    // The refusal has its entry.
    expect(JSON.parse(last[0]?.text ?? '')).toMatchObject({
      detail: { replacedTrail: { seq: before + 1, hash: heads[0]?.hash } },
    })
  })

  it('leaves no file when its entry cannot be written into the audit trail', async () => {
    let calls = 0
    const clock = (): number => {
      calls += 1
      // The first is the instant of the snapshot, the second that of the entry.
      if (calls > 1) throw new RangeError('no entry')
      return NOW
    }
    const unaudited = save({ ...source.ctx, clock }, { path: join(folder, 'unaudited.backup') })
    await expect(unaudited).rejects.toThrow('no entry')
    expect(readdirSync(folder).filter((name) => name.startsWith('unaudited'))).toEqual([])
  })

  it('writes the same instant while others write, and nothing when it is stopped', async () => {
    const stopping = new AbortController()
    const part = join(folder, 'stopped.backup')
    const stopped = save(source.ctx, { path: part, signal: stopping.signal, onProgress: () => stopping.abort() })
    await expect(stopped).rejects.toMatchObject({ name: 'AbortError' })
    await expect(save(source.ctx, { path: join(folder, 'none', 'x.backup') })).rejects.toMatchObject({ code: 'ENOENT' })
    expect(readdirSync(folder).filter((name) => name.startsWith('stopped') || name.endsWith('.part'))).toEqual([])

    let isAdded = false
    const during = await save(source.ctx, {
      path: join(folder, 'during.backup'),
      onProgress: () => {
        if (isAdded) return
        isAdded = true
        void source.query(`insert into setting values ('later', '1')`).catch(() => undefined)
      },
    })
    await expect.poll(async () => (await source.query(`select 1 from setting where key = 'later'`)).length).toBe(1)
    const settingOf = ({ tables }: BackupResult) => tables.find(({ name }) => name === 'setting')
    expect(settingOf(during)).toEqual(settingOf(result))
    await source.query(`delete from setting where key = 'later'`)
  })
})

describe('a backup of an older program', () => {
  /** The format written by hand: what a program of the first migration wrote. */
  async function saveOlder({ ctx }: OwnedDatabase, name: string): Promise<string> {
    const older = join(folder, name)
    const lines: Buffer[] = []
    const put = (value: object): void => void lines.push(Buffer.from(`${JSON.stringify(value)}\n`))
    await withTransaction(ctx.db, async (trx) => {
      await useCopySettings(trx)
      const stored = await listStoredTables(trx)
      const migrations = [...(await listAppliedMigrations(trx))]
      const snapshotAt = '2026-10-01T00:00:00.000Z'
      put({ program: '0.0.9', postgres: '15.1', snapshotAt, migrations, tables: stored.map((table) => table.name) })
      const tables: object[] = []
      for (const table of stored) {
        const chunks: Buffer[] = []
        for await (const chunk of readTable(trx, table)) chunks.push(chunk)
        const text = Buffer.concat(chunks)
        put({ table: table.name, columns: table.columns })
        lines.push(text, Buffer.from('\\.\n'))
        const sha256 = createHash('sha256').update(text).digest('hex')
        const rowCount = text.toString().split('\n').length - 1
        tables.push({ name: table.name, columns: table.columns, orderedBy: table.orderedBy, rowCount, sha256 })
      }
      put({ tables, sequences: await listSequences(trx), notCarried: [] })
    })
    const body = Buffer.concat([Buffer.from(PLAIN_LINE), gzipSync(Buffer.concat(lines))])
    const sha256 = createHash('sha256').update(body).digest('hex')
    writeFileSync(older, Buffer.concat([body, Buffer.from(trailerOf(sha256))]))
    return older
  }

  it("is brought up to this one's schema, and tables that are none of the program's stay in the file", async () => {
    const older = await createOwnedDatabase(() => NOW)
    onTestFinished(() => older.close())
    const [first = '', ...later] = listKnownMigrations()
    expect(later.length).toBeGreaterThan(0)
    await migrateTo(older.ctx.db, first)
    await older.query(`insert into import_file values
      ('0b6e1d9c-0000-4000-8000-000000000001', 'units', 'u.csv', '', 2, 2, 0, 0, 0, '2026-09-01')`)
    await older.query(`insert into unit values ('P', 1), ('C', 2)`)
    await older.query(`insert into unit_period (unit_code, name, parent_code, tier, peer_group, duty_mode, import_id, recorded_at)
      select code, code, parent, 'county', '县区组', 'room', import_id, imported_at
      from import_file, (values ('P', null), ('C', 'P')) unit (code, parent)`)
    await older.query(`create table "Own notes" (t text); insert into "Own notes" values ('\\.'), (null)`)
    const schema = await describeSchema(target)
    const restored = await load(target.ctx, { path: await saveOlder(older, 'older.backup'), replace: true })
    expect(restored).toMatchObject({ program: '0.0.9', migrated: later, leftOut: ['Own notes'] })
    expect(await describeSchema(target)).toEqual(schema)
    expect(await target.query('select unit_code from unit order by position')).toEqual([
      { unit_code: 'P' },
      { unit_code: 'C' },
    ])
    // Made by the later migration out of what the backup brought.
    expect(await target.query('select count(*) as n from unit_closure')).toEqual([{ n: 3 }])
  })

  it('is refused when a table is not built as the program of its migrations built it', async () => {
    const older = await createOwnedDatabase(() => NOW)
    onTestFinished(() => older.close())
    await migrateToLatest(older.ctx.db)
    await older.query('alter table bonus add column extra text')
    const file = await saveOlder(older, 'shape.backup')
    await expect(load(target.ctx, { path: file, replace: true })).rejects.toMatchObject({
      reason: 'backup_other_shape',
      params: { table: 'bonus' },
    })
  })
})

describe('a file that is not as it was written', () => {
  /** Every refusal leaves the database as it was but for its entry. */
  async function refusalOf(file: string, args: Partial<RestoreArgs> = {}): Promise<string> {
    const count = await countEntries(target)
    const before = await fingerprint(target, count)
    const reason = await load(target.ctx, { path: file, replace: true, ...args }).then(
      () => 'done',
      (error: unknown) => (error instanceof Error && 'reason' in error ? String(error.reason) : String(error)),
    )
    expect(await fingerprint(target, count)).toEqual(before)
    return reason
  }

  it('is refused when it was cut anywhere', async () => {
    const file = readFileSync(path)
    for (const length of [PLAIN_LINE.length, 500, file.length >> 1, file.length - TRAILER_BYTES, file.length - 1]) {
      expect(await refusalOf(putRaw(file.subarray(0, length)))).toBe('backup_damaged')
    }
    expect(await refusalOf(putRaw(Buffer.concat([file, Buffer.from('x')])))).toBe('backup_damaged')
  })

  it('is refused when any bit was flipped', async () => {
    for (const original of [path, sealedPath]) {
      const file = readFileSync(original)
      const places = Array.from({ length: 12 }, (_, n) => Math.floor(((n + Math.random()) / 12) * file.length))
      for (const at of places) {
        const flipped = Buffer.from(file)
        flipped[at] = (flipped[at] ?? 0) ^ (1 << Math.floor(Math.random() * 8))
        const key = original === path ? null : KEY
        expect(['backup_damaged', 'backup_foreign', 'backup_format_newer']).toContain(
          await refusalOf(putRaw(flipped), { key }),
        )
      }
    }
  })

  it('is refused when a row was changed and every check but the hash of the table made to fit', async () => {
    expect(await refusalOf(rewrite((text) => text.replace('\tphone\t', '\tvideo\t')))).toBe('backup_damaged')
    expect(await refusalOf(rewrite((text) => `${text}{}\n`))).toBe('backup_damaged')
    expect(await refusalOf(rewrite((text) => text.slice(0, text.lastIndexOf('{"tables"'))))).toBe('backup_damaged')
  })

  it('is undone when what was copied reads back other than the manifest says', async () => {
    const file = rewrite((text) => {
      const rows = /(?<=\{"table":"setting".*\n)[^]*?(?=\\\.\n)/.exec(text)?.[0] ?? ''
      // The same value for PostgreSQL, in another spelling.
      const spelt = rows.replace('odd\t{', 'odd\t{ ')
      const hash = (part: string): string => createHash('sha256').update(part).digest('hex')
      return text.replace(rows, () => spelt).replace(hash(rows), hash(spelt))
    })
    expect(await refusalOf(file)).toBe('restore_differs')
  })

  it('is refused by name when it is another kind of file, of a newer program, or of a newer format', async () => {
    expect(await refusalOf(putRaw(Buffer.from('unit_code,name\nC01,甲\n')))).toBe('backup_foreign')
    expect(await refusalOf(putRaw(Buffer.alloc(0)))).toBe('backup_foreign')
    expect(await refusalOf(put(Buffer.from('zhidu-backup 2 zstd\n\u0000')))).toBe('backup_format_newer')
    const newer = rewrite((text) => text.replace('"migrations":["', '"migrations":["2099-01-01-0001-x","'))
    await expect(load(target.ctx, { path: newer, replace: true })).rejects.toMatchObject({
      reason: 'backup_newer',
      params: { migration: '2099-01-01-0001-x', program: '0.1.0' },
    })
  })

  it('is refused without its key, with another, with one it does not have, and with its segments in another order', async () => {
    expect(await refusalOf(sealedPath)).toBe('backup_sealed')
    expect(await refusalOf(sealedPath, { key: randomBytes(32) })).toBe('backup_other_key')
    expect(await refusalOf(path, { key: KEY })).toBe('backup_not_sealed')
    const noise = join(folder, 'large.backup')
    await source.query(`insert into setting values ('large', '"${randomBytes(150_000).toString('hex')}"')`)
    await save(source.ctx, { path: noise, key: KEY })
    await source.query(`delete from setting where key = 'large'`)
    const file = readFileSync(noise).subarray(0, -TRAILER_BYTES)
    const start = file.indexOf('\n') + 1
    const segment = 65_536 + 16
    const [head, first, second, rest] = [
      file.subarray(0, start),
      file.subarray(start, start + segment),
      file.subarray(start + segment, start + 2 * segment),
      file.subarray(start + 2 * segment),
    ]
    expect(rest?.length).toBeGreaterThan(0)
    await load(target.ctx, { path: put(Buffer.concat([head, first, second, rest])), key: KEY, replace: true })
    expect(await refusalOf(put(Buffer.concat([head, first, second])), { key: KEY })).toBe('backup_damaged')
    expect(await refusalOf(put(Buffer.concat([head, second, first, rest])), { key: KEY })).toBe('backup_other_key')
    expect(await refusalOf(put(Buffer.concat([head, first, rest])), { key: KEY })).toBe('backup_damaged')
  })
})

describe('a restore that ends in the middle', () => {
  it.each(['copy', 'compare'])('by kill -9 while it comes to %s leaves everything as it was', async (step) => {
    const count = await countEntries(target)
    const before = await fingerprint(target, count)
    const child = spawn(
      process.execPath,
      [join(import.meta.dirname, '../testing/restore-child.ts'), target.url, path, step],
      {
        stdio: ['ignore', 'pipe', 'inherit'],
      },
    )
    onTestFinished(() => void child.kill('SIGKILL'))
    const [said] = await once(child.stdout, 'data')
    expect(String(said).trim()).toBe(step)
    child.kill('SIGKILL')
    await once(child, 'close')
    expect(await fingerprint(target, count + 10)).toEqual(before)
  })

  it('by being told to stop leaves everything as it was', async () => {
    const count = await countEntries(target)
    const before = await fingerprint(target, count)
    const stopping = new AbortController()
    const onProgress = (step: string) => void (step === 'copy' && stopping.abort())
    const stopped = load(target.ctx, { replace: true, signal: stopping.signal, onProgress })
    await expect(stopped).rejects.toMatchObject({ name: 'AbortError' })
    expect(await fingerprint(target, count + 10)).toEqual(before)
  })
})
