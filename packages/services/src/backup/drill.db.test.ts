import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
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
import { describe, expect, it, onTestFinished } from 'vitest'
import type { ServiceContext } from '../context.ts'
import { importFile } from '../import/import-file.ts'
import { getLeague } from '../league/get-league.ts'
import { createOwnedDatabase, describeSchema, fingerprint, type OwnedDatabase } from '../testing/drill.ts'
import { countEntries, KEY, NOW, useDrillPair } from '../testing/drill-pair.ts'
import { EXAMPLE_AS_OF } from '../testing/example-quarter.ts'
import type { BackupResult } from './back-up.ts'
import { PLAIN_LINE } from './backup-format.ts'

/** Of the source when the backup was taken. */
let rows: Readonly<Record<string, string>>
let entries: number
const pair = useDrillPair(async (source) => {
  entries = await countEntries(source)
  rows = await fingerprint(source, entries)
})
const { folder, load, path, save, sealedPath } = pair

async function leagueOf(ctx: ServiceContext): Promise<string> {
  return JSON.stringify(await getLeague(ctx, { quarter: toQuarter('2026Q3'), group: '县区组', asOf: EXAMPLE_AS_OF }))
}

describe('the drill', () => {
  it('brings every row, the league and the audit trail back into another database, and its structure unchanged', async () => {
    const schema = await describeSchema(pair.target)
    const restored = await load(pair.target.ctx)
    expect(await describeSchema(pair.target)).toEqual(schema)
    const { session, sign_in_guard, ...carried } = await fingerprint(pair.target, entries)
    expect({ ...rows, ...carried }).toEqual(rows)
    expect([session, sign_in_guard]).toEqual(['0 ', '0 '])
    expect(Number.parseInt(rows['audit_entry'] ?? '', 10)).toBe(entries)
    expect(entries).toBeGreaterThan(5)
    expect(await leagueOf(pair.target.ctx)).toBe(await leagueOf(pair.source.ctx))
    expect(restored).toMatchObject({
      sha256: pair.result.sha256,
      leftOut: [],
      migrated: [],
      tables: pair.result.tables,
    })
    expect(pair.result.tables.find(({ name }) => name === 'report')?.rowCount).toBeGreaterThan(20)
    expect(pair.result.notCarried).toEqual(['session', 'sign_in_guard'])
  })

  it('leaves an unbroken chain whose last entry says what came from where', async () => {
    const chain = await pair.target.query<{ seq: number; action: string; text: string; fits: boolean }>(`
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
      detail: { sha256: pair.result.sha256, replacedTrail: null },
    })
    const saved = await pair.source.query<{ text: string }>(`
      select text from audit_entry where action = 'backup' order by seq limit 1`)
    expect(JSON.parse(saved[0]?.text ?? '')).toMatchObject({ detail: { sha256: pair.result.sha256, isSealed: false } })
  })

  it('goes on numbering where the pair.source stopped', async () => {
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
    expect(await importFile(pair.target.ctx, args)).toMatchObject({ created: 1, rejected: 0 })
    const numbers = await pair.target.query<{ fresh: number; rest: number }>(`
      select max(version_id) filter (where check_code = 'NEU1') as fresh,
        max(version_id) filter (where check_code <> 'NEU1') as rest from check_record`)
    expect(numbers[0]?.fresh).toBeGreaterThan(numbers[0]?.rest ?? Infinity)
  })

  it('fills no installation that holds something, unless told to, and then names the trail it took away', async () => {
    const before = await countEntries(pair.target)
    await expect(load(pair.target.ctx)).rejects.toMatchObject({ code: 'conflict', reason: 'restore_not_empty' })
    const heads = await pair.target.query<{ hash: string }>(`
      select encode(hash, 'hex') as hash from audit_entry order by seq desc limit 1`)
    await load(pair.target.ctx, { path: sealedPath, key: KEY, replace: true })
    const last = await pair.target.query<{ text: string }>(`
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
    const unaudited = save({ ...pair.source.ctx, clock }, { path: join(folder, 'unaudited.backup') })
    await expect(unaudited).rejects.toThrow('no entry')
    expect(readdirSync(folder).filter((name) => name.startsWith('unaudited'))).toEqual([])
  })

  it('writes the same instant while others write, and nothing when it is stopped', async () => {
    const stopping = new AbortController()
    const part = join(folder, 'stopped.backup')
    const stopped = save(pair.source.ctx, { path: part, signal: stopping.signal, onProgress: () => stopping.abort() })
    await expect(stopped).rejects.toMatchObject({ name: 'AbortError' })
    await expect(save(pair.source.ctx, { path: join(folder, 'none', 'x.backup') })).rejects.toMatchObject({
      code: 'ENOENT',
    })
    expect(readdirSync(folder).filter((name) => name.startsWith('stopped') || name.endsWith('.part'))).toEqual([])

    let isAdded = false
    const during = await save(pair.source.ctx, {
      path: join(folder, 'during.backup'),
      onProgress: () => {
        if (isAdded) return
        isAdded = true
        void pair.source.query(`insert into setting values ('later', '1')`).catch(() => undefined)
      },
    })
    await expect.poll(async () => (await pair.source.query(`select 1 from setting where key = 'later'`)).length).toBe(1)
    const settingOf = ({ tables }: BackupResult) => tables.find(({ name }) => name === 'setting')
    expect(settingOf(during)).toEqual(settingOf(pair.result))
    await pair.source.query(`delete from setting where key = 'later'`)
  })
})

describe('a backup of an older program', () => {
  /** The format written by hand: what a program of the first migration wrote. */
  async function saveOlder({ ctx }: OwnedDatabase): Promise<string> {
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
    return pair.put(Buffer.concat([Buffer.from(PLAIN_LINE), gzipSync(Buffer.concat(lines))]))
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
    const schema = await describeSchema(pair.target)
    const restored = await load(pair.target.ctx, { path: await saveOlder(older), replace: true })
    expect(restored).toMatchObject({ program: '0.0.9', migrated: later, leftOut: ['Own notes'] })
    expect(await describeSchema(pair.target)).toEqual(schema)
    expect(await pair.target.query('select unit_code from unit order by position')).toEqual([
      { unit_code: 'P' },
      { unit_code: 'C' },
    ])
    // Made by the later migration out of what the backup brought.
    expect(await pair.target.query('select count(*) as n from unit_closure')).toEqual([{ n: 3 }])
  })

  it('is refused when a table is not built as the program of its migrations built it', async () => {
    const older = await createOwnedDatabase(() => NOW)
    onTestFinished(() => older.close())
    await migrateToLatest(older.ctx.db)
    await older.query('alter table bonus add column extra text')
    const file = await saveOlder(older)
    await expect(load(pair.target.ctx, { path: file, replace: true })).rejects.toMatchObject({
      reason: 'backup_other_shape',
      params: { table: 'bonus' },
    })
  })
})

describe('a restore that ends in the middle', () => {
  it.each(['copy', 'compare'])('by kill -9 while it comes to %s leaves everything as it was', async (step) => {
    const count = await countEntries(pair.target)
    const before = await fingerprint(pair.target, count)
    const child = spawn(
      process.execPath,
      [join(import.meta.dirname, '../testing/restore-child.ts'), pair.target.url, path, step],
      {
        stdio: ['ignore', 'pipe', 'inherit'],
      },
    )
    onTestFinished(() => void child.kill('SIGKILL'))
    const [said] = await once(child.stdout, 'data')
    expect(String(said).trim()).toBe(step)
    child.kill('SIGKILL')
    await once(child, 'close')
    expect(await fingerprint(pair.target, count + 10)).toEqual(before)
  })

  it('by being told to stop leaves everything as it was', async () => {
    const count = await countEntries(pair.target)
    const before = await fingerprint(pair.target, count)
    const stopping = new AbortController()
    const onProgress = (step: string) => void (step === 'copy' && stopping.abort())
    const stopped = load(pair.target.ctx, { replace: true, signal: stopping.signal, onProgress })
    await expect(stopped).rejects.toMatchObject({ name: 'AbortError' })
    expect(await fingerprint(pair.target, count + 10)).toEqual(before)
  })
})
