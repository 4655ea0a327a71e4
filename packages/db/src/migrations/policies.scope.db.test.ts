import { toPlainDate } from '@zhidu/domain'
import { sql } from 'kysely'
import type pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { asReadonly, type Db } from '../db.ts'
import { APP_ROLE, REPORT_ROLE } from '../engine/roles.ts'
import { casesQuery } from '../queries/list-cases.ts'
import { checksQuery } from '../queries/list-checks.ts'
import { importsQuery } from '../queries/list-imports.ts'
import { unitOrderQuery } from '../queries/list-unit-order.ts'
import { unitPeriodsQuery } from '../queries/list-unit-periods.ts'
import { createTestDatabase, type TestDatabase } from '../testing/create-test-database.ts'
import { makeScopeTree, TREE_CODES } from '../testing/scope-tree.ts'
import { withScope } from '../transaction/with-scope.ts'
import { OPEN } from './testing/open-tables.ts'
import { NEW_FINDING } from './testing/new-findings.ts'
import { OWN, TABLES } from './testing/guarded-tables.ts'

const TODAY = toPlainDate('2026-09-30')

type Table = keyof typeof TABLES
const NAMES = Object.keys(TABLES) as Table[]
/** Told beyond the own reach: heads to everybody, an office's drafts to the units below it. */
const TOLD = ['frozen_quarter', 'assessment_step', 'duty_setting', 'special_period']
/** Seen by the unit itself alone. */
const PRIVATE: readonly string[] = ['filing_draft']

let database: TestDatabase
let accounts: ReadonlyMap<string, string>

beforeAll(async () => {
  database = await createTestDatabase()
  accounts = await makeScopeTree(database)
})
afterAll(() => database?.close())

/** One transaction of a superuser's connection, undone at the end. */
async function undone<T>(work: (client: pg.PoolClient) => Promise<T>): Promise<T> {
  const client = await database.pool.connect()
  try {
    await client.query('begin')
    return await work(client)
  } finally {
    await client.query('rollback')
    client.release()
  }
}

async function become(client: pg.PoolClient, unitCode: string): Promise<void> {
  await client.query(`set local role ${APP_ROLE}`)
  await client.query(`select set_config('zhidu.scope', $1, true), set_config('zhidu.on_date', $2, true)`, [
    `account:${accounts.get(unitCode) ?? ''}`,
    TODAY,
  ])
}

/** `42501` of a statement that is refused, else how many rows it reached. */
async function attempt(client: pg.PoolClient, statement: string, values: unknown[] = []): Promise<string> {
  await client.query('savepoint one')
  try {
    const { rowCount } = await client.query(statement, values)
    return `${rowCount ?? 0} rows`
  } catch (error) {
    return error instanceof Error && 'code' in error ? String(error.code) : String(error)
  } finally {
    await client.query('rollback to savepoint one')
  }
}

/** A row like that of A3, as JSON, with a key of its own. */
async function foreignRow(client: pg.PoolClient, table: Table): Promise<string> {
  const { rows } = await client.query<{ row: Record<string, unknown> }>(
    `select to_jsonb(t) - 'version_id' as row from ${table} t where unit_code = 'A3' limit 1`,
  )
  const row = { ...rows[0]?.row }
  for (const key of Object.keys(row))
    if (key.endsWith('_code') && key !== 'unit_code' && key !== 'parent_code') row[key] = 'NEW'
  if (table === 'import_file') row['import_id'] = '99999999-9999-4999-8999-999999999999'
  if (table === 'reopening') row['reopening_id'] = '99999999-9999-4999-8999-999999999999'
  if (table.startsWith('draw') || table.startsWith('bulletin')) {
    for (const key of ['draw_id', 'plan_id', 'bulletin_id'])
      if (key in row) row[key] = '99999999-9999-4999-8999-999999999999'
  }
  if (table === 'unit') Object.assign(row, { unit_code: 'NEW', position: 999 })
  if (table === 'unit_quarter' || table === 'obligation') row['quarter'] = '2020Q1'
  if (table === 'filing') row['holiday_year'] = 2020
  if (table === 'unit_period') row['valid_from'] = '2030-01-01'
  return JSON.stringify(row)
}

/** What the policies let the clerk of A11 do that it must not; `change` is made to the database first. */
async function violations(change: string | null): Promise<string[]> {
  return await undone(async (client) => {
    if (change !== null) await client.query(change)
    // Column grants would hide a policy that lets through.
    await client.query(`grant select, insert, update on ${NAMES.join(', ')} to ${APP_ROLE}`)
    // So would triggers.
    await client.query(`set local session_replication_role = replica`)
    const rows = new Map<Table, string>()
    for (const table of NAMES) rows.set(table, await foreignRow(client, table))
    await become(client, 'A11')
    const found: string[] = []
    for (const table of NAMES) {
      const [changed, assignment] = TABLES[table]
      const { rows: seen } = await client.query<{ code: string }>(`select distinct unit_code as code from ${table}`)
      if (seen.length !== (PRIVATE.includes(table) ? 1 : OWN) || seen.some(({ code }) => !code.startsWith('A11')))
        found.push(`read_${table}`)
      const columns = Object.keys(JSON.parse(rows.get(table) ?? '{}') as object).join(', ')
      const insert = `insert into ${table} (${columns}) select ${columns} from jsonb_populate_record(null::${table}, $1)`
      if ((await attempt(client, insert, [rows.get(table)])) !== '42501') found.push(`add_${table}`)
      if ((await attempt(client, `update ${table} set ${assignment}`)) !== `${changed} rows`)
        found.push(`change_${table}`)
    }
    return found
  })
}

const VERBS = ['read', 'add', 'change']
const POLICIES = NAMES.flatMap((table) => VERBS.map((verb) => ({ name: `${verb}_${table}`, table, verb })))

describe('the policies', () => {
  it('are three for each protected table, and every table is protected or open for a reason', async () => {
    const { rows: policies } = await database.pool.query<{ name: string }>(
      `select policyname as name from pg_policies where $1 = any (roles) order by 1`,
      [APP_ROLE],
    )
    const names = [
      ...POLICIES.map(({ name }) => name),
      ...TOLD.flatMap((table) => VERBS.map((verb) => `${verb}_${table}`)),
    ]
    expect(policies.map(({ name }) => name)).toEqual(names.sort())
    const { rows: tables } = await database.pool.query<{ name: string; isProtected: boolean }>(
      `select relname as name, relrowsecurity and relforcerowsecurity as "isProtected" from pg_class
       where relkind in ('r', 'p', 'm', 'f') and relnamespace = 'public'::regnamespace order by 1`,
    )
    expect(tables.filter((one) => one.isProtected).map(({ name }) => name)).toEqual([...NAMES, ...TOLD].sort())
    expect(tables.filter((one) => !one.isProtected).map(({ name }) => name)).toEqual(Object.keys(OPEN))
  })

  it('let nobody read, add or change beyond the own reach', async () => {
    expect(await violations(null)).toEqual([])
  })

  it('let everybody know of a frozen quarter, and the top alone make one', async () => {
    const insert = `insert into frozen_quarter
      select (jsonb_populate_record(q, jsonb_build_object('frozen_id', gen_random_uuid(), 'version', 2, 'reason', '更正'))).*
      from frozen_quarter q`
    for (const [code, answer] of [
      ['A11', '42501'],
      ['A', '1 rows'],
    ] as const) {
      const found = await undone(async (client) => {
        await become(client, code)
        return [await attempt(client, 'select from frozen_quarter'), await attempt(client, insert)]
      })
      expect(found).toEqual(['1 rows', answer])
    }
  })

  it.each(POLICIES)('leak when $name says yes to all', async ({ name, table, verb }) => {
    const clauses = { read: 'using (true)', add: 'with check (true)', change: 'using (true) with check (true)' }
    const change = `alter policy ${name} on ${table} ${clauses[verb as keyof typeof clauses]}`
    expect(await violations(change)).toContain(name)
  })

  it.each(NAMES)('leak when %s is not protected', async (table) => {
    expect((await violations(`alter table ${table} disable row level security`)).length).toBeGreaterThan(1)
  })
})

describe('findings by statement', () => {
  it.each([
    'check_record',
    'misreport',
    'adoption',
    'reopening',
    'inspection',
    'inspection_order',
    'supervision_case',
    'misreport_case',
    'phone_record',
  ] as const)('%s: of 1,600 pairs of units exactly the 39 one level below', async (table) => {
    const pairs = await undone(async (client) => {
      const accepted: string[] = []
      // Each check of the tree is ordered again already.
      await client.query(`drop index inspection_order_once`)
      // So is its finding a case.
      await client.query(`alter table supervision_case drop constraint supervision_case_inspection_id_finding_key`)
      await client.query(`alter table supervision_case disable trigger case_is_of_its_check`)
      await client.query(`create function try_finding(target text) returns boolean language plpgsql as $$
          begin
            insert into ${table} ${NEW_FINDING[table]} from import_file limit 1;
            return found;
          exception when insufficient_privilege then return false;
          end $$`)
      for (const actor of TREE_CODES) {
        await become(client, actor)
        const { rows } = await client.query<{ target: string }>(
          'select target from unnest($1::text[]) as target where try_finding(target)',
          [TREE_CODES],
        )
        accepted.push(...rows.map(({ target }) => `${actor}>${target}`))
      }
      return accepted
    })
    expect(pairs.sort()).toEqual(
      TREE_CODES.filter((code) => code !== 'A')
        .map((code) => `${code.slice(0, -1)}>${code}`)
        .sort(),
    )
    expect(pairs.length).toBe(39)
  })
})

describe('a connection that says not who asks', () => {
  async function readAll(db: Db): Promise<string[]> {
    const answers: string[] = []
    for (const table of NAMES) {
      try {
        const { rows } = await sql`select * from ${sql.table(table)}`.execute(db)
        answers.push(rows.length === 0 ? 'nothing' : `${table}: ${rows.length}`)
      } catch (error) {
        answers.push(error instanceof Error && 'code' in error ? 'error' : String(error))
      }
    }
    return [...new Set(answers)]
  }

  it('reads nothing, neither fresh nor after a transaction that said so', async () => {
    await database.app.connection().execute(async (db) => {
      expect(await readAll(db)).toEqual(['error'])
      const id = accounts.get('A') ?? ''
      await db.transaction().execute(async (trx) => {
        await sql`select set_config('zhidu.scope', ${`account:${id}`}, true), set_config('zhidu.on_date', ${TODAY}, true)`.execute(
          trx,
        )
        expect((await sql`select * from report`.execute(trx)).rows.length).toBe(TREE_CODES.length)
      })
      expect(await readAll(db)).toEqual(['error'])
    })
  })

  it.each(['', 'account:', 'token:', 'account:nobody', 'account:99999999-9999-4999-8999-999999999999', 'A', '*'])(
    'reads nothing when it says %j',
    async (scope) => {
      await database.app.connection().execute(async (db) => {
        await sql`select set_config('zhidu.scope', ${scope}, false), set_config('zhidu.on_date', ${TODAY}, false)`.execute(
          db,
        )
        const answers = await readAll(db)
        await sql`select set_config('zhidu.scope', '', false), set_config('zhidu.on_date', '', false)`.execute(db)
        expect(answers.filter((answer) => answer !== 'error' && answer !== 'nothing')).toEqual([])
      })
    },
  )
})

/** What must not be there, as statements that find it. */
const RULES = {
  'roles that may more than they need': `select rolname from pg_roles where rolname in ('${APP_ROLE}', '${REPORT_ROLE}')
    and (rolsuper or rolbypassrls or rolcreaterole or rolcreatedb or rolinherit)`,
  'things the log-ins own': `select objid::text from pg_shdepend d join pg_roles r on r.oid = d.refobjid
    where d.deptype = 'o' and r.rolname in ('${APP_ROLE}', '${REPORT_ROLE}') and d.dbid = (select oid from pg_database where datname = current_database())`,
  'tables that may be truncated, referenced or given triggers': `select table_name || ' ' || privilege_type
    from information_schema.role_table_grants where grantee in ('${APP_ROLE}', '${REPORT_ROLE}', 'PUBLIC') and table_schema = 'public'
    and privilege_type in ('TRUNCATE', 'REFERENCES', 'TRIGGER')`,
  'facts the app may delete': `select table_name from information_schema.role_table_grants
    where grantee = '${APP_ROLE}' and privilege_type = 'DELETE' and table_name = any (array['${NAMES.join("','")}'])`,
  'what comparison may write or know of accounts': `select table_name || ' ' || privilege_type
    from information_schema.role_table_grants where grantee = '${REPORT_ROLE}' and table_schema = 'public'
    and (privilege_type <> 'SELECT' or table_name ~ '^(account|session|password|sign_in|api_token|audit|idempotency)')`,
  'schemas the log-ins may create in': `select nspname::text from pg_namespace n, unnest(array['${APP_ROLE}', '${REPORT_ROLE}']) as r
    where nspname = 'public' and has_schema_privilege(r, n.oid, 'create')`,
  'views that look with their owner’s eyes': `select relname::text from pg_class where relnamespace = 'public'::regnamespace
    and relkind = 'v' and not coalesce(reloptions::text ~ 'security_invoker=(true|on)', false)`,
  'functions with their owner’s rights and no search_path': `select proname::text from pg_proc
    where pronamespace = 'public'::regnamespace and prosecdef and not coalesce(proconfig::text ~ 'search_path=', false)`,
  'functions with their owner’s rights that anybody may call': `select proname::text from pg_proc
    where pronamespace = 'public'::regnamespace and prosecdef and has_function_privilege('public', oid, 'execute')`,
  'policies that ask for a setting row by row': `select policyname::text from pg_policies
    where coalesce(qual, '') || coalesce(with_check, '') ~ 'current_setting'`,
} as const

describe('the catalogue', () => {
  it.each(Object.entries(RULES))('has no %s', async (_, statement) => {
    const { rows } = await database.pool.query({ text: statement, rowMode: 'array' })
    expect(rows).toEqual([])
  })

  it.each([
    ['a view', `create view v as select * from report`, 'views that look with their owner’s eyes'],
    [
      'a function',
      `create function f() returns int language sql security definer as 'select 1'`,
      'functions with their owner’s rights and no search_path',
    ],
    [
      'a grant',
      `grant truncate on report to ${APP_ROLE}`,
      'tables that may be truncated, referenced or given triggers',
    ],
    [
      'an owner',
      `grant create on schema public to ${APP_ROLE}; create table t (); alter table t owner to ${APP_ROLE}`,
      'things the log-ins own',
    ],
    [
      'a policy',
      `create policy p on report using (unit_code = current_setting('zhidu.scope'))`,
      'policies that ask for a setting row by row',
    ],
  ] as const)('would tell of %s', async (_, change, rule) => {
    const found = await undone(async (client) => {
      await client.query(change)
      return (await client.query({ text: RULES[rule], rowMode: 'array' })).rows
    })
    expect(found.length).toBeGreaterThan(0)
  })

  it('has no way for one account to be two of the three administrators', async () => {
    const roles = ['system_admin', 'security_admin', 'audit_admin', 'leader'] as const
    for (const first of roles) {
      for (const second of roles.filter((role) => role !== first)) {
        const [family, other] = [first, second].map((role) => (role === 'leader' ? 'business' : role))
        const tries = await undone(async (client) => {
          const id = accounts.get('A') ?? ''
          await client.query('insert into account_family values ($1, $2)', [id, family])
          await client.query(`insert into account_role values ($1, $2, $3, now(), 'x')`, [id, family, first])
          return [
            await attempt(client, `insert into account_role values ($1, $2, $3, now(), 'x')`, [id, family, second]),
            await attempt(client, `insert into account_role values ($1, $2, $3, now(), 'x')`, [id, other, second]),
            await attempt(client, 'insert into account_family values ($1, $2)', [id, other]),
            await attempt(client, 'update account_family set family = $2 where account_id = $1', [id, other]),
            await attempt(client, 'update account_role set role = $2 where account_id = $1', [id, second]),
          ]
        })
        expect(tries).toEqual(['23514', '23503', '23505', '23503', '23514'])
      }
    }
  })

  it('has lists without a question per row', async () => {
    const range = { from: Date.UTC(2026, 5, 30, 16), to: Date.UTC(2026, 8, 30, 16) }
    const request = {
      kind: 'account',
      id: accounts.get('A11') ?? '',
      unitCode: 'A11',
      isInstallationWide: false,
    } as const
    await withScope(database.app, { ...request, onDate: TODAY }, async (trx) => {
      const db = asReadonly(trx)
      const filter = { range, unitCodes: [], codePart: null }
      const queries = [
        casesQuery(db, { ...filter, level: null }, null, 50),
        checksQuery(db, { ...filter, method: null, finding: null }, null, 50),
        unitOrderQuery(db),
        unitPeriodsQuery(db),
        importsQuery(db, 100),
      ]
      for (const query of queries) {
        const { sql: text, parameters } = query.compile()
        const plan = await trx.executeQuery<Record<string, string>>({
          ...query.compile(),
          sql: `explain (costs off) ${text}`,
          parameters,
        })
        const lines = plan.rows.map((row) => row['QUERY PLAN'] ?? '')
        expect(lines.some((line) => line.includes('InitPlan'))).toBe(true)
        expect(lines.filter((line) => /SubPlan/.test(line))).toEqual([])
      }
    })
  })
})
