import { createHash } from 'node:crypto'
import { CompiledQuery, sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { connect } from '../connection/connect.ts'
import { asReadonly, type Db, type ReadonlyDb } from '../db.ts'
import { SOME_INSTANT } from '../testing/fact-rows.ts'
import { createTestDatabase, type TestDatabase } from '../testing/index.ts'
import { withTransaction } from '../transaction/with-transaction.ts'
import { appendAudit } from './append-audit.ts'
import {
  addAuditCheckpoint,
  countAuditCheckpoints,
  listAuditCheckpoints,
  listLastAuditCheckpoints,
} from './audit-checkpoints.ts'
import {
  type AuditFilter,
  auditPageQuery,
  type AuditRow,
  countAudit,
  findAuditSize,
  listAuditLog,
  listAuditPage,
} from './audit-log.ts'

let database: TestDatabase
let db: ReadonlyDb
beforeAll(async () => {
  database = await createTestDatabase()
  db = asReadonly(database.app)
})
afterAll(() => database.close())

const EVERY: AuditFilter = { from: null, to: null, actorPart: null, action: null, outcome: null, objectPart: null }

function makeText(entry: { readonly at?: number; readonly action?: string; readonly [key: string]: unknown }): string {
  const actor = { id: 'A1', kind: 'account', name: '王甲', unit: 'U1' }
  const body = { action: 'check.record', actor, detail: {}, from: '192.0.2.7', object: 'check/C1', outcome: 'done' }
  return JSON.stringify({ ...body, reason: null, v: 1, ...entry, at: new Date(entry.at ?? SOME_INSTANT).toISOString() })
}

/** A superuser, and only one, gets rid of entries; it has to switch the triggers off. */
async function empty(): Promise<void> {
  await withTransaction(database.db, async (trx) => {
    await sql`set local session_replication_role = replica`.execute(trx)
    await sql`delete from audit_entry`.execute(trx)
    await sql`delete from audit_checkpoint`.execute(trx)
  })
}
beforeEach(empty)

function append(handle: Db, text: string): Promise<number> {
  return withTransaction(handle, (trx) => appendAudit(trx, text))
}

/** Numbers without a gap, and every hash over 0x00, the hash before and the text. */
function expectWholeChain(entries: readonly AuditRow[]): void {
  let prev = Buffer.alloc(32)
  for (const [index, entry] of entries.entries()) {
    expect(entry.seq).toBe(index + 1)
    expect(entry.prevHash.equals(prev)).toBe(true)
    prev = createHash('sha256').update(Buffer.alloc(1)).update(prev).update(entry.text, 'utf8').digest()
    expect(entry.hash.equals(prev)).toBe(true)
  }
}

describe('append_audit', () => {
  test('chains what it is given, and files it under its own words', async () => {
    const texts = [makeText({ reason: '无权"查看"\n\u2028' }), makeText({ actor: { kind: 'system' }, from: null })]
    for (const text of texts) await append(database.app, text)
    const [first, second] = await listAuditLog(db, 0, 10)
    expectWholeChain([first, second].filter((entry) => entry !== undefined))
    expect(first).toMatchObject({
      at: SOME_INSTANT,
      actorKind: 'account',
      actorId: 'A1',
      actorName: '王甲',
      unitCode: 'U1',
      address: '192.0.2.7',
      action: 'check.record',
      object: 'check/C1',
      outcome: 'done',
      reason: '无权"查看"\n\u2028',
      text: texts[0],
    })
    expect(second).toMatchObject({ actorKind: 'system', actorId: null, actorName: null, address: null })
  })

  test('leaves nothing of a transaction that was rolled back, and its number goes to the next', async () => {
    await append(database.app, makeText({}))
    const undone = withTransaction(database.app, async (trx) => {
      expect(await appendAudit(trx, makeText({ object: 'undone' }))).toBe(2)
      throw new Error('undone')
    })
    await expect(undone).rejects.toThrow('undone')
    expect(await append(database.app, makeText({ object: 'kept' }))).toBe(2)
    const entries = await listAuditLog(db, 0, 10)
    expect(entries.map((entry) => entry.object)).toEqual(['check/C1', 'kept'])
    expectWholeChain(entries)
  })

  test('makes one chain without a gap of 20 transactions at a time, some of them rolled back', async () => {
    const crowd = connect({ connectionString: database.connectionString, max: 20 })
    const tries = Array.from({ length: 200 }, (_, index) =>
      withTransaction(crowd.db, async (trx) => {
        await sql`select pg_sleep(${(index % 7) / 2_000})`.execute(trx)
        await appendAudit(trx, makeText({ object: `o${index}` }))
        if (index % 5 === 0) throw new Error('undone')
      }),
    )
    const outcomes = await Promise.allSettled(tries)
    await crowd.close()
    expect(outcomes.filter(({ status }) => status === 'rejected')).toHaveLength(40)
    const entries = await listAuditLog(db, 0, 1_000)
    expect(entries).toHaveLength(160)
    expectWholeChain(entries)
  })

  test('refuses what is no entry', async () => {
    for (const text of ['', 'null', '{', '{}', makeText({ outcome: 'perhaps' })]) {
      await expect(append(database.app, text)).rejects.toThrow()
    }
    expect(await findAuditSize(db)).toBe(0)
  })
})

const ATTACKS: readonly string[] = [
  `update audit_entry set text = 'x'`,
  `update audit_entry set actor_name = 'x' where seq = 1`,
  `delete from audit_entry where seq = 3`,
  `truncate audit_entry`,
  `truncate audit_entry, audit_checkpoint cascade`,
  `insert into audit_entry select seq + 1, at, actor_kind, actor_id, actor_name, unit_code, address, action, object,
    outcome, reason, text, prev_hash, hash from audit_entry where seq = 3`,
  `insert into audit_entry select * from audit_entry on conflict (seq) do nothing`,
  `insert into audit_entry select * from audit_entry on conflict (seq) do update set text = 'x'`,
  `merge into audit_entry a using audit_entry b on a.seq = b.seq when matched then delete`,
  `select * from audit_entry for update`,
  `alter table audit_entry disable trigger all`,
  `alter table audit_entry disable trigger audit_entry_stays`,
  `drop trigger audit_entry_stays on audit_entry`,
  `drop table audit_entry`,
  `drop function append_audit(text)`,
  `drop schema public cascade`,
  `alter table audit_entry rename to forgotten`,
  `alter table audit_entry alter column text type text using 'x'`,
  `alter table audit_entry owner to zhidu_app`,
  `grant update on audit_entry to zhidu_app; update audit_entry set text = 'x'`,
  `alter role zhidu_app superuser`,
  `set session_replication_role = replica`,
  `select set_config('session_replication_role', 'replica', false)`,
  `create or replace function append_audit(entry_text text) returns bigint language sql as 'select 1::bigint'`,
  `create or replace function refuse_change() returns trigger language plpgsql as 'begin return old; end'`,
  `create trigger lie before insert on audit_entry for each row execute function refuse_change()`,
  `create rule lie as on insert to audit_entry do instead nothing`,
  `create temp view through as select * from audit_entry; update through set text = 'x'`,
  `create temp table child () inherits (audit_entry)`,
  `create temp table child (like audit_entry); alter table child inherit audit_entry`,
  `alter role all set session_replication_role = replica`,
  `alter role current_user set session_replication_role = replica`,
  `do $$ begin execute format('alter database %I set session_replication_role = replica', current_database()); end $$`,
  `set allow_system_table_mods = on`,
  `update pg_trigger set tgenabled = 'D'`,
  `update pg_proc set prosrc = '' where proname = 'append_audit'`,
  `copy audit_entry from program 'true'`,
  `update audit_checkpoint set size = 99`,
  `delete from audit_checkpoint`,
  `truncate audit_checkpoint`,
  `insert into audit_checkpoint select * from audit_checkpoint on conflict (size) do update set note = 'x'`,
  `alter table audit_checkpoint disable trigger all`,
  `drop table audit_checkpoint`,
]

describe('the log-in of requests', () => {
  test('is refused everything but reading and appending', async () => {
    for (const object of ['1', '2', '3']) await append(database.app, makeText({ object }))
    const root = Buffer.alloc(32)
    await addAuditCheckpoint(database.app, { size: 3, root, note: 'n', reason: 'manual', createdAt: SOME_INSTANT })
    const before = [await listAuditLog(db, 0, 10), await listAuditCheckpoints(db)]
    const passed: string[] = []
    for (const attack of ATTACKS) {
      const outcome = await withTransaction(database.app, (trx) => trx.executeQuery(CompiledQuery.raw(attack))).then(
        () => 'done',
        (error: unknown) => (error instanceof Error && 'code' in error ? error.code : error),
      )
      if (outcome !== '42501') passed.push(`${String(outcome)}: ${attack}`)
    }
    expect(passed).toEqual([])
    expect([await listAuditLog(db, 0, 10), await listAuditCheckpoints(db)]).toEqual(before)
    expect(await append(database.app, makeText({}))).toBe(4)
  })

  test('does not lead the function astray with tables and functions of its own', async () => {
    await withTransaction(database.app, async (trx) => {
      const decoys = [
        `create temp table audit_entry (like public.audit_entry) on commit drop`,
        `create function pg_temp.sha256(bytea) returns bytea language sql as $$ select '\\x00'::bytea $$`,
        `set local search_path = pg_temp, public`,
      ]
      for (const decoy of decoys) await trx.executeQuery(CompiledQuery.raw(decoy))
      await sql`select public.append_audit(${makeText({})})`.execute(trx)
    })
    const entries = await listAuditLog(db, 0, 10)
    expect(entries).toHaveLength(1)
    expectWholeChain(entries)
  })

  test('shares none of it with the log-in of comparison', async () => {
    for (const table of ['audit_entry', 'audit_checkpoint'] as const) {
      await expect(database.report.selectFrom(table).selectAll().execute()).rejects.toThrow(/permission denied/)
    }
    await expect(append(database.report, makeText({}))).rejects.toThrow()
  })
})

test('even the owner appends only, as long as the triggers stand', async () => {
  await append(database.app, makeText({}))
  for (const statement of [`update audit_entry set text = 'x'`, `delete from audit_entry`, `truncate audit_entry`]) {
    await expect(database.db.executeQuery(CompiledQuery.raw(statement))).rejects.toThrow(/only ever appended to/)
  }
})

describe('reading', () => {
  test('a page is of the newest that pass', async () => {
    expect(auditPageQuery(db, EVERY, null, 5).compile().sql).toMatchInlineSnapshot(
      `"select "seq", "at", "actor_kind" as "actorKind", "actor_id" as "actorId", "actor_name" as "actorName", "unit_code" as "unitCode", "address", "action", "object", "outcome", "reason", "text", "prev_hash" as "prevHash", "hash" from "audit_entry" where true order by "seq" desc limit $1"`,
    )
    const full = { from: 1, to: 2, actorPart: 'a', action: 'b', outcome: 'done', objectPart: 'c' } as const
    expect(auditPageQuery(db, full, 9, 5).compile().sql.split(' where ')[1]).toMatchInlineSnapshot(
      `"at >= $1::timestamptz and at < $2::timestamptz and strpos(lower(actor_name), lower($3)) > 0 and (action = $4 or starts_with(action, $5)) and outcome = $6 and strpos(lower(object), lower($7)) > 0 and "seq" < $8 order by "seq" desc limit $9"`,
    )
    expect(await listAuditPage(db, EVERY, null, 5)).toEqual([])
    const entries = [
      { action: 'account.create', object: 'account/张' },
      { action: 'account', outcome: 'refused', reason: 'x' },
      { action: 'accounts.list', actor: { kind: 'account', name: 'Wang 100%' } },
      { action: 'check.record', at: SOME_INSTANT + 1 },
    ]
    for (const entry of entries) await append(database.app, makeText(entry))
    const seqs = async (filter: Partial<AuditFilter>, before: number | null = null, limit = 10) =>
      (await listAuditPage(db, { ...EVERY, ...filter }, before, limit)).map(({ seq }) => seq)
    expect(await seqs({})).toEqual([4, 3, 2, 1])
    expect(await seqs({}, 3)).toEqual([2, 1])
    expect(await seqs({}, null, 2)).toEqual([4, 3])
    expect(await seqs({ action: 'account' })).toEqual([2, 1])
    expect(await seqs({ action: 'account.create' })).toEqual([1])
    expect(await seqs({ outcome: 'refused' })).toEqual([2])
    expect(await seqs({ actorPart: 'wang' })).toEqual([3])
    expect(await seqs({ actorPart: '%' })).toEqual([3])
    expect(await seqs({ objectPart: '张' })).toEqual([1])
    expect(await seqs({ from: SOME_INSTANT + 1 })).toEqual([4])
    expect(await seqs({ to: SOME_INSTANT + 1 })).toEqual([3, 2, 1])
    expect(await countAudit(db, { ...EVERY, action: 'account' }, 100)).toBe(2)
    expect(await countAudit(db, EVERY, 3)).toBe(3)
    expect((await listAuditLog(db, 2, 1)).map(({ seq }) => seq)).toEqual([3])
    expect(await findAuditSize(db)).toBe(4)
  })

  test('a checkpoint stays as it was first', async () => {
    expect(await countAuditCheckpoints(db)).toBe(0)
    const row = { size: 2, root: Buffer.alloc(32, 1), note: 'n', reason: 'timed', createdAt: SOME_INSTANT } as const
    expect(await addAuditCheckpoint(database.app, row)).toBe(true)
    expect(await addAuditCheckpoint(database.app, { ...row, note: 'other' })).toBe(false)
    expect(await addAuditCheckpoint(database.app, { ...row, size: 1 })).toBe(true)
    expect(await listAuditCheckpoints(db)).toEqual([{ ...row, size: 1 }, row])
    expect(await listLastAuditCheckpoints(db, 1)).toEqual([row])
    expect(await countAuditCheckpoints(db)).toBe(2)
  })
})
