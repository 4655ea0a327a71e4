import type pg from 'pg'
import { BOOTSTRAP_LOCK, LOCK_SPACE } from './advisory-keys.ts'
import { makeLogins } from './logins.ts'
import { APP_ROLE, REPORT_ROLE } from './roles.ts'

/** Owner of the product's database on the embedded engine; no superuser. */
export const OWNER_ROLE = 'zhidu'
export const DATABASE = 'zhidu'

/**
 * Defaults of the roles the product logs in with. Longer work asks for more in its own transaction
 * (`statementTimeoutSeconds` of withTransaction).
 */
export const ROLE_SETTINGS = {
  statement_timeout: '60s',
  lock_timeout: '10s',
  idle_in_transaction_session_timeout: '60s',
  timezone: 'UTC',
} as const

const WANTED = Object.entries(ROLE_SETTINGS).map(([name, value]) => `${name}=${value}`)

interface BootstrapState {
  readonly settings: readonly string[] | null
  readonly has_role: boolean
  readonly has_database: boolean
  readonly has_logins: boolean
}

async function readState(superuser: pg.Client): Promise<BootstrapState | undefined> {
  const { rows } = await superuser.query<BootstrapState>(
    `select (select rolconfig from pg_roles where rolname = $1) as settings,
      exists (select from pg_roles where rolname = $1) as has_role,
      exists (select from pg_database where datname = $2) as has_database,
      (select count(*) = 2 from pg_roles where rolname in ($3, $4) and rolcanlogin and rolconfig is not null) as has_logins`,
    [OWNER_ROLE, DATABASE, APP_ROLE, REPORT_ROLE],
  )
  return rows[0]
}

function isComplete(state: BootstrapState | undefined): boolean {
  return (
    state?.has_database === true &&
    state.has_logins &&
    WANTED.every((wanted) => state.settings?.includes(wanted) === true)
  )
}

/** Makes role and database of the product when missing; killed in between, the next start goes on. */
export async function bootstrap(superuser: pg.Client, password: string): Promise<void> {
  if (isComplete(await readState(superuser))) return
  await superuser.query('select pg_advisory_lock($1, $2)', [LOCK_SPACE, BOOTSTRAP_LOCK])
  try {
    const state = await readState(superuser)
    const literal = superuser.escapeLiteral(password)
    if (state?.has_role !== true) await superuser.query(`create role ${OWNER_ROLE} login password ${literal}`)
    for (const [name, value] of Object.entries(ROLE_SETTINGS)) {
      await superuser.query(`alter role ${OWNER_ROLE} set ${name} = '${value}'`)
    }
    if (state?.has_logins !== true) await makeLogins(superuser, password, ROLE_SETTINGS)
    if (state?.has_database !== true) {
      await superuser.query(`create database ${DATABASE} owner ${OWNER_ROLE}`)
    }
  } finally {
    await superuser.query('select pg_advisory_unlock($1, $2)', [LOCK_SPACE, BOOTSTRAP_LOCK])
  }
}
