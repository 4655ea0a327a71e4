import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PassThrough } from 'node:stream'
import { type AuditLogReport, splitLines, toAuditText, verifyAuditLog } from '@zhidu/audit'
import { appendAudit, withTransaction } from '@zhidu/db'
import { createTestDatabase, type TestDatabase } from '@zhidu/db/testing'
import { afterAll, beforeAll, beforeEach } from 'vitest'
import { type AuditKey, openAuditKey } from '../audit/audit-key.ts'
import { type AuditExport, exportAudit } from '../audit/export-audit.ts'
import { type CheckpointArgs, type CheckpointResult, makeAuditCheckpoint } from '../audit/make-checkpoint.ts'
import type { ServiceContext } from '../context.ts'

const NOW = Date.parse('2026-11-20T09:00:00+08:00')

/** A trail that is empty before each test, a key of its own, and a folder where checkpoints are kept. */
export interface AuditTrail {
  /** The clock, epoch ms; 2026-11-20 09:00 at the start of each test. */
  present: number
  key: AuditKey
  readonly folder: string
  readonly ctx: ServiceContext
  /** Runs statements as a superuser who has switched the triggers off. */
  tamper(this: void, ...statements: readonly string[]): Promise<void>
  /** One entry for each name; 丁 is an account whose making was refused, the others are checks. */
  append(this: void, ...names: readonly string[]): Promise<void>
  checkpoint(this: void, more?: Partial<CheckpointArgs>): Promise<CheckpointResult>
  keptFile(this: void): Promise<string>
  exported(this: void): Promise<AuditExport & { readonly log: Buffer }>
  verify(this: void, log: Buffer, checkpoints: string): Promise<AuditLogReport>
}

/** Call once, at the top of a test file: it opens and closes by itself. */
export function useAuditTrail(): AuditTrail {
  let database: TestDatabase
  let folder: string
  let key: AuditKey
  let ctx: ServiceContext

  const trail: AuditTrail = {
    present: NOW,
    get key() {
      return key
    },
    set key(next) {
      key = next
    },
    get folder() {
      return folder
    },
    get ctx() {
      return ctx
    },
    tamper: async (...statements) => {
      const client = await database.pool.connect()
      try {
        // One message, one transaction.
        await client.query(['set local session_replication_role = replica', ...statements].join(';'))
      } finally {
        client.release()
      }
    },
    append: async (...names) => {
      for (const name of names) {
        const text = toAuditText({
          v: 1,
          at: new Date(trail.present).toISOString(),
          actor: { kind: 'account', id: 'A1', name, unit: 'U1' },
          from: '192.0.2.7',
          action: name === '丁' ? 'account.create' : 'check.record',
          object: `check/${name}`,
          outcome: name === '丁' ? 'refused' : 'done',
          reason: name === '丁' ? 'forbidden' : null,
          detail: { 说明: [name, 1, null] },
        })
        await withTransaction(database.app, (trx) => appendAudit(trx, text))
      }
    },
    checkpoint: (more = {}) =>
      makeAuditCheckpoint(ctx, { reason: 'manual', signers: key.signers, checkpointDir: folder, ...more }),
    keptFile: () => readFile(join(folder, 'audit-checkpoints.txt'), 'utf8'),
    exported: async () => {
      const sink = new PassThrough()
      const chunks: Buffer[] = []
      sink.on('data', (chunk: Buffer) => chunks.push(chunk))
      const result = await exportAudit(ctx, { signers: key.signers }, sink)
      return { ...result, log: Buffer.concat(chunks) }
    },
    verify: async (log, checkpoints) => {
      async function* bytes() {
        yield await Promise.resolve(log)
      }
      return await verifyAuditLog({ entries: splitLines(bytes()), checkpoints, key: key.verifierKeys })
    },
  }

  beforeAll(async () => {
    database = await createTestDatabase()
    const actor = { kind: 'system' } as const
    ctx = { db: database.app, report: database.report, clock: () => trail.present, actor }
  })
  afterAll(() => database.close())
  beforeEach(async () => {
    trail.present = NOW
    folder = await mkdtemp(join(tmpdir(), 'zhidu-audit-'))
    key = await openAuditKey(join(folder, 'audit-key'))
    await trail.tamper('delete from audit_entry', 'delete from audit_checkpoint')
    return () => rm(folder, { recursive: true })
  })
  return trail
}
