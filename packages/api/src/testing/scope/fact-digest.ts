import type { TestDatabase } from '@zhidu/db/testing'

/** What a question must never change: every table but the audit trail, sessions and keys' last use. */
const ALL = `select table_name as name from information_schema.tables
  where table_schema = 'public' and table_type = 'BASE TABLE'
    and table_name <> all (array['audit_entry', 'audit_checkpoint', 'session', 'sign_in_guard', 'idempotency'])
  order by 1`

/** A hash over every row of every table that holds facts, accounts or rules. */
export async function digestFacts({ pool }: TestDatabase): Promise<string> {
  const { rows } = await pool.query<{ name: string }>(ALL)
  const hashes: string[] = []
  for (const { name } of rows) {
    const statement = `select md5(coalesce(string_agg(t::text, '|' order by t::text), '')) as hash from ${name} t`
    const { rows: found } = await pool.query<{ hash: string }>(statement)
    hashes.push(`${name} ${found[0]?.hash ?? ''}`)
  }
  return hashes.join('\n')
}
