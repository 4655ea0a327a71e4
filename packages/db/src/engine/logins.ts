import { createHmac } from 'node:crypto'
import pg from 'pg'
import { EngineError } from './engine-error.ts'
import { codeOf } from './keeper.ts'
import { APP_ROLE, REPORT_ROLE } from './roles.ts'

const LOGINS = [APP_ROLE, REPORT_ROLE] as const
type LoginRole = (typeof LOGINS)[number]

/** Follows from the owner's, so that nothing more has to be kept and every process knows it. */
function passwordOf(role: LoginRole, ownerPassword: string): string {
  return createHmac('sha256', ownerPassword).update(`zhidu log-in of ${role}`).digest('hex')
}

async function makeLogin(
  client: pg.Client,
  role: LoginRole,
  password: string,
  settings: Readonly<Record<string, string>>,
): Promise<void> {
  const { rows } = await client.query('select from pg_roles where rolname = $1', [role])
  const verb = rows.length > 0 ? 'alter' : 'create'
  await client.query(
    `${verb} role ${role} login noinherit nocreatedb nocreaterole password ${client.escapeLiteral(password)}`,
  )
  const own = role === REPORT_ROLE ? { ...settings, default_transaction_read_only: 'on' } : settings
  for (const [name, value] of Object.entries(own)) {
    await client.query(`alter role ${role} set ${name} = ${client.escapeLiteral(value)}`)
  }
}

/** Makes both log-ins, or gives them the passwords of this installation. The client's role must be allowed to. */
export async function makeLogins(
  client: pg.Client,
  ownerPassword: string,
  settings: Readonly<Record<string, string>>,
): Promise<void> {
  for (const role of LOGINS) await makeLogin(client, role, passwordOf(role, ownerPassword), settings)
}

/** Owner's, the requests' and the comparison's way to the database. */
export interface Logins {
  readonly owner: pg.ClientConfig
  readonly app: pg.ClientConfig
  readonly report: pg.ClientConfig
}

/** The other two log-ins to the database of the owner's. */
export function loginsOf(owner: pg.ClientConfig, ownerPassword: string): Logins {
  const as = (role: LoginRole): pg.ClientConfig => ({ ...owner, user: role, password: passwordOf(role, ownerPassword) })
  return { owner, app: as(APP_ROLE), report: as(REPORT_ROLE) }
}

async function canLogIn(config: pg.ClientConfig): Promise<boolean> {
  const client = new pg.Client(config)
  client.on('error', () => undefined)
  try {
    await client.connect()
    return true
  } catch (error) {
    if (['28P01', '28000'].includes(codeOf(error))) return false
    throw error
  } finally {
    await client.end().catch(() => undefined)
  }
}

/**
 * The same on a server: the log-ins are made when the owner may make roles; else the owner takes their role on each
 * connection, which a member of it may. Throws EngineError `server_roles` with the statements an administrator has to run.
 */
export async function serverLogins(url: string, settings: Readonly<Record<string, string>>): Promise<Logins> {
  const owner: pg.ClientConfig = { connectionString: url }
  const client = new pg.Client(owner)
  client.on('error', () => undefined)
  await client.connect()
  const ownerPassword = typeof client.password === 'string' && client.password !== '' ? client.password : url
  const as = (role: LoginRole): pg.ClientConfig => {
    const own = new URL(url)
    own.username = role
    own.password = passwordOf(role, ownerPassword)
    return { connectionString: own.toString() }
  }
  const separate: Logins = { owner, app: as(APP_ROLE), report: as(REPORT_ROLE) }
  try {
    if ((await canLogIn(separate.app)) && (await canLogIn(separate.report))) return separate
    try {
      await makeLogins(client, ownerPassword, settings)
      return separate
    } catch (error) {
      if (codeOf(error) !== '42501') throw error
    }
    const { rows } = await client.query<{ role: string }>(
      `select rolname as role from pg_roles where rolname = any ($1) and pg_has_role(current_user, oid, 'member')`,
      [[...LOGINS]],
    )
    if (rows.length < LOGINS.length) {
      throw new EngineError('server_roles', { user: client.user ?? '', roles: LOGINS.join(', ') })
    }
    const taking = (role: LoginRole): pg.ClientConfig => ({ ...owner, options: `-c role=${role}` })
    return { owner, app: taking(APP_ROLE), report: taking(REPORT_ROLE) }
  } finally {
    await client.end()
  }
}
