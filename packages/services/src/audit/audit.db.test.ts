import { chmod, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PassThrough } from 'node:stream'
import { type AuditLogReport, type BadKind, splitLines, toAuditText, verifyAuditLog } from '@zhidu/audit'
import { AuditCheckpointList, AuditList, AuditListInput } from '@zhidu/contract'
import { appendAudit, withTransaction } from '@zhidu/db'
import { createTestDatabase, type TestDatabase } from '@zhidu/db/testing'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { ServiceContext } from '../context.ts'
import { type AuditKey, openAuditKey } from './audit-key.ts'
import { createCheckpointTimer } from './checkpoint-timer.ts'
import { type AuditExport, exportAudit } from './export-audit.ts'
import { listAuditCheckpoints } from './list-audit-checkpoints.ts'
import { listAudit } from './list-audit.ts'
import { type CheckpointArgs, type CheckpointResult, makeAuditCheckpoint } from './make-checkpoint.ts'

const NOW = Date.parse('2026-11-20T09:00:00+08:00')
const MINUTE = 60_000

let database: TestDatabase
let folder: string
let key: AuditKey
let present = NOW
let ctx: ServiceContext

beforeAll(async () => {
  database = await createTestDatabase()
  const actor = { kind: 'system' } as const
  ctx = { db: database.app, report: database.report, clock: () => present, actor }
})
afterAll(() => database.close())

/** Runs statements as a superuser who has switched the triggers off. */
async function tamper(...statements: readonly string[]): Promise<void> {
  const client = await database.pool.connect()
  try {
    // One message, one transaction.
    await client.query(['set local session_replication_role = replica', ...statements].join(';'))
  } finally {
    client.release()
  }
}

beforeEach(async () => {
  present = NOW
  folder = await mkdtemp(join(tmpdir(), 'zhidu-audit-'))
  key = await openAuditKey(join(folder, 'audit-key'))
  await tamper('delete from audit_entry', 'delete from audit_checkpoint')
  return () => rm(folder, { recursive: true })
})

async function append(...names: readonly string[]): Promise<void> {
  for (const name of names) {
    const text = toAuditText({
      v: 1,
      at: new Date(present).toISOString(),
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
}

function checkpoint(more: Partial<CheckpointArgs> = {}): Promise<CheckpointResult> {
  return makeAuditCheckpoint(ctx, { reason: 'manual', signers: key.signers, checkpointDir: folder, ...more })
}

function keptFile(): Promise<string> {
  return readFile(join(folder, 'audit-checkpoints.txt'), 'utf8')
}

async function exported(): Promise<AuditExport & { readonly log: Buffer }> {
  const sink = new PassThrough()
  const chunks: Buffer[] = []
  sink.on('data', (chunk: Buffer) => chunks.push(chunk))
  const result = await exportAudit(ctx, { signers: key.signers }, sink)
  return { ...result, log: Buffer.concat(chunks) }
}

async function verify(log: Buffer, checkpoints: string): Promise<AuditLogReport> {
  async function* bytes() {
    yield await Promise.resolve(log)
  }
  return verifyAuditLog({ entries: splitLines(bytes()), checkpoints, key: key.verifierKeys })
}

describe('a checkpoint', () => {
  test('covers what came since, is kept twice, and an export verifies against either', async () => {
    expect(await checkpoint()).toMatchObject({ size: 0, isNew: false })
    await append('甲', '乙')
    const first = await checkpoint()
    expect(first).toMatchObject({ size: 2, isNew: true })
    expect(await checkpoint({ remembered: first.remembered })).toMatchObject({ size: 2, isNew: false })
    await append('丙', '丁', '戊')
    expect(await checkpoint({ remembered: first.remembered })).toMatchObject({ size: 5, isNew: true })
    const { checkpoints, entries, firstTampered, log } = await exported()
    expect({ entries, firstTampered }).toEqual({ entries: 5, firstTampered: null })
    expect(await keptFile()).toBe(checkpoints)
    expect(await verify(log, checkpoints)).toMatchObject({ ok: true, entries: 5, checkpoints: 2, provenThrough: 5 })
  })

  test('is the same whether the process remembers or reads everything again', async () => {
    await append('甲', '乙', '丙')
    const { remembered } = await checkpoint()
    await append('丁', '戊')
    const again = await checkpoint()
    await tamper('delete from audit_checkpoint where size = 5')
    await rm(join(folder, 'audit-checkpoints.txt'))
    expect((await checkpoint({ remembered })).remembered).toEqual(again.remembered)
  })

  test('is written to a folder that lacks earlier ones, or was torn in the middle of one', async () => {
    await append('甲')
    await checkpoint({ checkpointDir: null })
    await append('乙')
    await checkpoint()
    const whole = await keptFile()
    expect(whole).toBe((await exported()).checkpoints)
    await writeFile(join(folder, 'audit-checkpoints.txt'), whole.slice(0, -70))
    await checkpoint()
    expect(await keptFile()).toBe(whole)
  })

  test('bears a second signature once there is an SM2 key, and either key verifies it', async () => {
    await append('甲')
    const both = await openAuditKey(join(folder, 'audit-key'), { withSm2: true })
    await checkpoint({ signers: both.signers })
    const { checkpoints, log } = await exported()
    expect(checkpoints.match(/^— /gm)).toHaveLength(2)
    const [ed25519 = '', sm2 = ''] = both.verifierKeys.trim().split('\n')
    for (const one of [ed25519, sm2]) {
      async function* bytes() {
        yield await Promise.resolve(log)
      }
      expect((await verifyAuditLog({ entries: splitLines(bytes()), checkpoints, key: one })).ok).toBe(true)
    }
  })

  test('is not signed when the kept ones go further, or are others: older data were put in place', async () => {
    await append('甲')
    const { remembered } = await checkpoint()
    await append('乙')
    await checkpoint()
    await tamper('delete from audit_entry where seq = 2', 'delete from audit_checkpoint where size = 2')
    await append('丙')
    await expect(checkpoint()).rejects.toMatchObject({ reason: 'audit_checkpoints_ahead' })
    await writeFile(join(folder, 'audit-checkpoints.txt'), 'something else\n')
    await expect(checkpoint()).rejects.toMatchObject({ reason: 'audit_checkpoints_differ' })
    expect(await checkpoint({ checkpointDir: null, remembered })).toMatchObject({ size: 2, isNew: true })
  })

  test('is not signed over what this process signed otherwise, though its row is gone', async () => {
    await append('甲', '乙')
    const { remembered } = await checkpoint({ checkpointDir: null })
    await tamper('delete from audit_entry where seq = 2', 'delete from audit_checkpoint')
    const refusal = { reason: 'audit_chain_broken', params: { seq: '2' } }
    await expect(checkpoint({ checkpointDir: null, remembered })).rejects.toMatchObject(refusal)
    await append('丙', '丁')
    await expect(checkpoint({ checkpointDir: null, remembered })).rejects.toMatchObject(refusal)
  })
})

/** Gives entries from `seq` on the hashes that fit their texts. */
function hashAnew(from: number, through: number): string {
  return `do $$ declare last bytea; entry record; begin
    select coalesce((select hash from audit_entry where seq = ${from - 1}), decode(repeat('00', 32), 'hex')) into last;
    for entry in select * from audit_entry where seq between ${from} and ${through} order by seq loop
      update audit_entry set prev_hash = last, hash = sha256('\\x00'::bytea || last || convert_to(text, 'UTF8'))
        where seq = entry.seq returning hash into last;
    end loop; end $$`
}
const LIE = (seq: number): string => `update audit_entry set text = replace(text, 'U1', 'U2') where seq = ${seq}`

interface Crime {
  readonly statements: readonly string[]
  /** What the export and the checkpoints that were kept say. */
  readonly found: { readonly seq: number; readonly kind: BadKind }
  /** Why nothing more is signed. */
  readonly refusal: { readonly reason: string; readonly params: Readonly<Record<string, string>> }
}

function broken(seq: number): Crime['refusal'] {
  return { reason: 'audit_chain_broken', params: { seq: String(seq) } }
}

/** Checkpoints of 3 and 6 entries are kept; a seventh came later. */
const CRIMES: Readonly<Record<string, Crime>> = {
  'a text changed': { statements: [LIE(2)], found: { seq: 2, kind: 'edited' }, refusal: broken(2) },
  'a text changed and hashed anew': {
    statements: [LIE(2), hashAnew(2, 2)],
    found: { seq: 2, kind: 'edited' },
    refusal: broken(2),
  },
  'an entry deleted': {
    statements: ['delete from audit_entry where seq = 4'],
    found: { seq: 4, kind: 'missing' },
    refusal: broken(4),
  },
  'an entry deleted, the rest numbered anew': {
    statements: [
      'delete from audit_entry where seq = 5',
      'update audit_entry set seq = seq + 1000 where seq > 5',
      'update audit_entry set seq = seq - 1001 where seq > 1000',
    ],
    found: { seq: 5, kind: 'unlinked' },
    refusal: broken(5),
  },
  'two entries exchanged': {
    statements: [
      'update audit_entry set seq = 1000 where seq = 2',
      'update audit_entry set seq = 2 where seq = 3',
      'update audit_entry set seq = 3 where seq = 1000',
    ],
    found: { seq: 2, kind: 'unlinked' },
    refusal: broken(2),
  },
  'everything from an entry on written anew': {
    statements: [LIE(5), `update audit_entry set unit_code = 'U2' where seq = 5`, hashAnew(5, 7)],
    found: { seq: 4, kind: 'rewritten' },
    refusal: { reason: 'audit_inconsistent', params: { size: '6' } },
  },
  'the end deleted': {
    statements: ['delete from audit_entry where seq > 4'],
    found: { seq: 5, kind: 'truncated' },
    refusal: { reason: 'audit_inconsistent', params: { size: '6' } },
  },
  'everything deleted': {
    statements: ['delete from audit_entry', 'delete from audit_checkpoint'],
    found: { seq: 1, kind: 'truncated' },
    refusal: { reason: 'audit_checkpoints_ahead', params: {} },
  },
}

describe('a superuser is found out', () => {
  test.each(Object.entries(CRIMES))('%s', async (_, { found, refusal, statements }) => {
    await append('甲', '乙', '丙')
    await checkpoint()
    await append('丁', '戊', '己')
    await checkpoint()
    await append('庚')
    const kept = await keptFile()
    await tamper(...statements)
    const { log } = await exported()
    expect((await verify(log, kept)).firstBad).toEqual(found)
    await expect(checkpoint()).rejects.toMatchObject({ ...refusal, params: expect.objectContaining(refusal.params) })
    expect(await keptFile()).toBe(kept)
  })

  test('a column changed alone: the row is filed under a lie, and the text still tells', async () => {
    await append('甲', '乙', '丙')
    await checkpoint()
    await tamper(`update audit_entry set actor_name = '无辜者' where seq = 2`)
    const { firstTampered, log } = await exported()
    expect(firstTampered).toBe(2)
    expect((await verify(log, await keptFile())).ok).toBe(true)
    const { items } = await listAudit(ctx, {})
    expect(items.map(({ actor, isIntact }) => [actor.name, isIntact])).toEqual([
      ['丙', true],
      ['乙', false],
      ['甲', true],
    ])
  })

  test('a checkpoint changed in the database', async () => {
    await append('甲')
    await checkpoint()
    await tamper(`update audit_checkpoint set note = replace(note, E'\\n1\\n', E'\\n2\\n'), size = 2`)
    const { checkpoints, log } = await exported()
    expect((await verify(log, checkpoints)).firstBad).toEqual({ seq: 2, kind: 'signature_bad' })
    await expect(checkpoint()).rejects.toMatchObject({ reason: 'audit_checkpoints_differ' })
    await tamper(`update audit_checkpoint set note = 'x'`)
    await expect(checkpoint({ checkpointDir: null })).rejects.toMatchObject({ reason: 'audit_checkpoint_unreadable' })
    expect((await exported()).entries).toBe(1)
  })

  test('a text that is no entry any more is shown by its columns', async () => {
    await append('甲')
    await tamper(`update audit_entry set text = '{', actor_kind = 'ghost'`)
    const { items } = AuditList.parse(await listAudit(ctx, {}))
    expect(items[0]).toMatchObject({ isIntact: false, actor: { kind: 'anonymous', name: '甲' }, detail: {} })
  })
})

describe('the list', () => {
  test('gives what was written, by the contract', async () => {
    await append('甲')
    const { items, ...rest } = AuditList.parse(await listAudit(ctx, AuditListInput.parse({})))
    expect(rest).toEqual({ nextCursor: null, total: 1, isTotalExact: true })
    expect(items).toEqual([
      {
        seq: 1,
        at: '2026-11-20T09:00:00+08:00',
        actor: { kind: 'account', id: 'A1', name: '甲', unit: 'U1' },
        address: '192.0.2.7',
        action: 'check.record',
        object: 'check/甲',
        outcome: 'done',
        reason: null,
        detail: { 说明: ['甲', 1, null] },
        hash: expect.stringMatching(/^[0-9a-f]{64}$/),
        isIntact: true,
      },
    ])
  })

  test('filters, and goes on where a page ended', async () => {
    await append('丁', ...Array.from({ length: 60 }, (_, index) => `n${index}`))
    present += MINUTE
    await append('丁')
    const first = await listAudit(ctx, {})
    expect(first).toMatchObject({ total: 62, nextCursor: '13' })
    expect(first.items.map(({ seq }) => seq)).toEqual(Array.from({ length: 50 }, (_, index) => 62 - index))
    const second = await listAudit(ctx, { cursor: '13' })
    expect(second.items.map(({ seq }) => seq)).toEqual(Array.from({ length: 12 }, (_, index) => 12 - index))
    expect(second.nextCursor).toBeNull()
    const seqs = async (input: AuditListInput) => (await listAudit(ctx, input)).items.map(({ seq }) => seq)
    expect(await seqs({ action: 'account' })).toEqual([62, 1])
    expect(await seqs({ outcome: 'refused', to: '2026-11-20T09:01:00+08:00' })).toEqual([1])
    expect(await seqs({ from: '2026-11-20T09:01:00+08:00' })).toEqual([62])
    expect(await seqs({ actor: 'N59' })).toEqual([61])
    expect(await seqs({ object: '/n58', actor: '' })).toEqual([60])
  })

  test('takes no field and no form that it does not know', () => {
    const inputs = [{ extra: 1 }, { action: 'a%' }, { cursor: '-1' }, { outcome: 'any' }, { from: '2026-11-20' }]
    for (const input of inputs) expect(AuditListInput.safeParse(input).success).toBe(false)
  })
})

describe('the timer', () => {
  test('makes a checkpoint now and at each interval, goes on after a failure, and stops', async () => {
    const waits: number[] = []
    const errors: unknown[] = []
    let run: (() => void) | undefined
    let arrived: () => void = () => undefined
    const next = () => new Promise<void>((resolve) => (arrived = resolve))
    let scheduled = next()
    await append('甲')
    const timer = createCheckpointTimer(ctx, {
      signers: key.signers,
      checkpointDir: folder,
      onError: (error) => errors.push(error),
      schedule: (again, ms) => {
        waits.push(ms)
        run = again
        arrived()
        return () => (run = undefined)
      },
    })
    const tick = async () => {
      scheduled = next()
      run?.()
      await scheduled
    }
    await scheduled
    await append('乙')
    await tick()
    await tick()
    await writeFile(join(folder, 'audit-checkpoints.txt'), 'damaged')
    await append('丙')
    await tick()
    expect(errors).toMatchObject([{ reason: 'audit_checkpoints_differ' }])
    await rm(join(folder, 'audit-checkpoints.txt'))
    await tick()
    await timer.stop()
    expect(run).toBeUndefined()
    expect(waits).toEqual(Array.from({ length: 5 }, () => 60 * MINUTE))
    const { items } = await listAuditCheckpoints(ctx)
    expect(items.map(({ reason, size }) => [size, reason])).toEqual([
      [3, 'timed'],
      [2, 'timed'],
      [1, 'start'],
    ])
  })

  test('knows no interval beyond an hour', () => {
    const options = { signers: key.signers, checkpointDir: null, onError: () => undefined }
    for (const everyMs of [60 * MINUTE + 1, 0, NaN]) {
      expect(() => createCheckpointTimer(ctx, { ...options, everyMs })).toThrow(RangeError)
    }
  })

  test('is missed: an entry without a checkpoint for more than seventy minutes', async () => {
    await append('甲')
    await checkpoint()
    present += 5 * 60 * MINUTE
    const covered = AuditCheckpointList.parse(await listAuditCheckpoints(ctx))
    expect(covered).toMatchObject({ total: 1, entryCount: 1, coveredCount: 1, isOverdue: false })
    expect(covered.items[0]).toMatchObject({ size: 1, reason: 'manual', createdAt: '2026-11-20T09:00:00+08:00' })
    await append('乙')
    present += 70 * MINUTE
    expect((await listAuditCheckpoints(ctx)).isOverdue).toBe(false)
    present += 1
    expect(await listAuditCheckpoints(ctx)).toMatchObject({ isOverdue: true, entryCount: 2, coveredCount: 1 })
  })
})

describe('the key', () => {
  test('is made once, for its owner alone', async () => {
    const path = join(folder, 'other-key')
    const made = await Promise.all([openAuditKey(path), openAuditKey(path), openAuditKey(path)])
    const names = new Set(made.map(({ signers }) => signers[0]?.key.name))
    expect([...names]).toEqual([expect.stringMatching(/^zhidu-audit\/[0-9a-f]{12}$/)])
    expect((await stat(path)).mode & 0o777).toBe(0o600)
    expect(await readFile(`${path}.pub`, 'utf8')).toBe(made[0].verifierKeys)
  })

  test('is not used when others may read it, or when it is none', async () => {
    const path = join(folder, 'audit-key')
    await chmod(path, 0o640)
    await expect(openAuditKey(path)).rejects.toMatchObject({ reason: 'audit_key_open', params: { path } })
    await chmod(path, 0o600)
    await writeFile(path, 'not a key')
    await expect(openAuditKey(path)).rejects.toMatchObject({ reason: 'audit_key_unreadable' })
  })

  test('may be changed: the log keeps its name, and its old checkpoints their signatures', async () => {
    const path = join(folder, 'audit-key')
    await append('甲')
    await checkpoint()
    await rm(path)
    const fresh = await openAuditKey(path)
    expect(fresh.verifierKeys.trim().split('\n')).toHaveLength(2)
    await append('乙')
    await checkpoint({ signers: fresh.signers })
    key = fresh
    const { checkpoints, log } = await exported()
    expect(await verify(log, checkpoints)).toMatchObject({ ok: true, checkpoints: 2 })
  })
})
