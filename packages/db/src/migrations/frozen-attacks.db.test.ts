import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../testing/index.ts'
import { makeScopeTree } from '../testing/scope-tree.ts'
import { withTransaction } from '../transaction/with-transaction.ts'

const FROZEN = `'00000000-0000-4000-8000-000000000001'`

let database: TestDatabase
let top: string
beforeAll(async () => {
  database = await createTestDatabase()
  top = (await makeScopeTree(database)).get('A') ?? ''
})
afterAll(() => database?.close())

/** Everything that is frozen, and every version of a fact that it was judged from, as text. */
async function contents(): Promise<string> {
  const parts = []
  for (const table of ['frozen_quarter', 'frozen_part', 'report', 'check_record', 'unit_period', 'filing', 'setting']) {
    parts.push((await sql`select t::text from ${sql.table(table)} t order by 1`.execute(database.db)).rows)
  }
  return JSON.stringify(parts)
}

/** A head that would be the next one, but for what `change` makes of it. */
function head(change: string): string {
  const base = `jsonb_build_object('frozen_id', gen_random_uuid(), 'version', 2, 'reason', 'x')`
  return `insert into frozen_quarter select (jsonb_populate_record(q, ${base} || ${change})).* from frozen_quarter q`
}

function part(id: string): string {
  return `insert into frozen_part (frozen_id, file_name, part, unit_code, is_gzip, content)
    values (${id}, 'results/units.jsonl', 999, 'A', false, '\\x00')`
}

/** What somebody who got hold of the log-in of requests might try against a frozen quarter, with the widest reach there is. */
const ATTACKS = [
  `update frozen_quarter set manifest_sha256 = repeat('0', 64)`,
  `update frozen_quarter set version = 9`,
  `update frozen_quarter set is_demonstration = true`,
  `update frozen_quarter set frozen_by = 'x' where false`,
  `update frozen_part set content = '\\x00'`,
  `update frozen_part set unit_code = 'A11'`,
  `delete from frozen_quarter`,
  `delete from frozen_part`,
  `truncate frozen_quarter cascade`,
  `truncate frozen_part`,
  part(FROZEN),
  part('gen_random_uuid()'),
  `insert into frozen_quarter select * from frozen_quarter on conflict do nothing`,
  `insert into frozen_part select * from frozen_part on conflict (frozen_id, file_name, part) do update set content = '\\x00'`,
  `merge into frozen_part p using (select 1) s on p.unit_code is not null when matched then delete`,
  head(`'{"version": 1, "reason": null}'`),
  head(`'{"version": 3}'`),
  head(`'{"reason": null}'`),
  head(`'{"reason": ""}'`),
  head(`'{"manifest": "{ }"}'`),
  head(`'{"as_of": "2026-06-01T00:00:00+08:00"}'`),
  head(`'{"quarter": "2090Q1", "version": 1, "reason": null}'`),
  head(`'{"frozen_at": "2026-06-01T00:00:00+08:00"}'`),
  `alter table frozen_part disable trigger all`,
  `alter table frozen_quarter disable row level security`,
  `alter table frozen_part no force row level security`,
  `alter table frozen_part drop constraint frozen_part_pkey`,
  `drop trigger frozen_part_stays on frozen_part`,
  `drop policy read_frozen_part on frozen_part`,
  `drop table frozen_part`,
  `drop function keep_frozen() cascade`,
  `create or replace function keep_frozen() returns trigger language plpgsql as 'begin return old; end'`,
  `create view v as select * from frozen_part`,
  `create table child () inherits (frozen_part)`,
  `create rule r as on delete to frozen_part do instead nothing`,
  `create trigger t before insert on frozen_part for each row execute function keep_frozen()`,
  `set session_replication_role = replica`,
  `set role postgres`,
  `update report set replaced_at = null, replaced_by = null`,
  `update report set version_id = default`,
  `update report set recorded_at = now()`,
  `update check_record set findings = '{}', replaced_at = now(), replaced_by = import_id`,
  `delete from filing`,
  `truncate unit_period cascade`,
  `select clear_demonstration()`,
]

describe('the log-in of requests', () => {
  it.each(ATTACKS)('cannot %s', async (statement) => {
    const before = await contents()
    const attack = withTransaction(database.app, async (trx) => {
      await sql`select set_config('zhidu.scope', ${`account:${top}`}, true), set_config('zhidu.on_date', '2026-09-30', true)`.execute(
        trx,
      )
      await sql.raw(statement).execute(trx)
    })
    await expect(attack).rejects.toMatchObject({ code: expect.stringMatching(/^(42501|428C9|42809|22023|23\d{3})$/) })
    expect(await contents()).toBe(before)
  })
})

describe('the owner', () => {
  it.each([
    `update frozen_quarter set manifest_sha256 = manifest_sha256`,
    `update frozen_part set content = content`,
    `delete from frozen_quarter`,
    `delete from frozen_part`,
    `truncate frozen_part`,
    part(FROZEN),
    `update report set level = 'I'`,
    `update report set replaced_at = now(), replaced_by = import_id, elements = 1`,
    `delete from report`,
    `truncate check_record`,
  ])('is held by triggers from %s', async (statement) => {
    const before = await contents()
    await expect(sql.raw(statement).execute(database.db)).rejects.toMatchObject({ code: '42501' })
    expect(await contents()).toBe(before)
  })

  it('closes a version of a fact once and for all', async () => {
    const close = sql.raw(`update report set replaced_at = now(), replaced_by = import_id where unit_code = 'A111'`)
    await expect(close.execute(database.db)).resolves.toMatchObject({ numAffectedRows: 1n })
    await expect(close.execute(database.db)).rejects.toMatchObject({ code: '42501' })
    const open = `update report set replaced_at = null, replaced_by = null where unit_code = 'A111'`
    await expect(sql.raw(open).execute(database.db)).rejects.toMatchObject({ code: '42501' })
  })
})
