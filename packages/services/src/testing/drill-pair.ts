import { createHash, randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { migrateToLatest } from '@zhidu/db'
import { afterAll, beforeAll } from 'vitest'
import { backUp, type BackUpArgs, type BackupResult } from '../backup/back-up.ts'
import { trailerOf } from '../backup/backup-format.ts'
import { restoreBackup, type RestoreArgs, type RestoreResult } from '../backup/restore-backup.ts'
import type { ServiceContext } from '../context.ts'
import { installSampleRules } from '../rules/install-sample-rules.ts'
import { createOwnedDatabase, type OwnedDatabase } from './drill.ts'
import { importExample } from './example-quarter.ts'

export const NOW = Date.parse('2026-11-20T09:00:00+08:00')
/** Of the sealed backup. */
export const KEY = randomBytes(32)
const VERSIONS = { programVersion: '0.1.0', postgresVersion: '18.4' }

/** A database with the example quarter, two backups of it, plain and sealed, and an empty database to bring them back to. */
export interface DrillPair {
  readonly folder: string
  readonly path: string
  readonly sealedPath: string
  readonly source: OwnedDatabase
  readonly target: OwnedDatabase
  /** Of the plain backup. */
  readonly result: BackupResult
  save(this: void, ctx: ServiceContext, args?: Partial<BackUpArgs>): Promise<BackupResult>
  load(this: void, ctx: ServiceContext, args?: Partial<RestoreArgs>): Promise<RestoreResult>
  /** A file with these bytes; gives its path. */
  putRaw(this: void, file: Buffer): string
  /** The same with a trailer that fits them. */
  put(this: void, body: Buffer): string
}

export async function countEntries({ query }: OwnedDatabase): Promise<number> {
  const [counted] = await query<{ n: number }>('select count(*) as n from audit_entry')
  return counted?.n ?? 0
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

async function prepare(): Promise<OwnedDatabase> {
  const database = await createOwnedDatabase(() => NOW)
  await migrateToLatest(database.ctx.db)
  await installSampleRules(database.ctx.db)
  return database
}

/** Call once, at the top of a test file: it opens and closes by itself. `onFilled` sees the source before it is saved. */
export function useDrillPair(onFilled: (source: OwnedDatabase) => Promise<void> = async () => undefined): DrillPair {
  const folder = mkdtempSync(join(tmpdir(), 'zhidu-drill-'))
  const path = join(folder, 'zhidu.backup')
  const sealedPath = join(folder, 'sealed.backup')
  let source: OwnedDatabase
  let target: OwnedDatabase
  let result: BackupResult

  const save: DrillPair['save'] = (ctx, args = {}) =>
    backUp(ctx, { path, key: null, ...VERSIONS, signal: new AbortController().signal, ...args })
  const putRaw = (file: Buffer): string => {
    const written = join(folder, `${randomBytes(6).toString('hex')}.backup`)
    writeFileSync(written, file)
    return written
  }

  beforeAll(async () => {
    ;[source, target] = await Promise.all([prepare(), prepare()])
    await importExample(source.ctx)
    await addOddRows(source)
    await onFilled(source)
    result = await save(source.ctx)
    await save(source.ctx, { path: sealedPath, key: KEY })
  })
  afterAll(async () => {
    await Promise.all([source.close(), target.close()])
    rmSync(folder, { recursive: true, force: true })
  })

  return {
    folder,
    path,
    sealedPath,
    get source() {
      return source
    },
    get target() {
      return target
    },
    get result() {
      return result
    },
    save,
    load: (ctx, args = {}) =>
      restoreBackup(ctx, { path, key: null, replace: false, signal: new AbortController().signal, ...args }),
    putRaw,
    put: (body) => {
      const sha256 = createHash('sha256').update(body).digest('hex')
      return putRaw(Buffer.concat([body, Buffer.from(trailerOf(sha256))]))
    },
  }
}
