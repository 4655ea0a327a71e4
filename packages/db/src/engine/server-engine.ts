import pg from 'pg'
import { ROLE_SETTINGS } from './bootstrap.ts'
import { EngineError } from './engine-error.ts'
import { codeOf } from './keeper.ts'

const MIN_VERSION = 15

export interface ServerInfo {
  /** `host:port`, without user or password. */
  readonly server: string
  readonly database: string
  readonly version: string
}

function toServerError(error: unknown, client: pg.Client): EngineError {
  const server = `${client.host}:${client.port}`
  const params = { server, user: client.user ?? '', database: client.database ?? '' }
  const code = codeOf(error)
  const detail = error instanceof Error && error.message !== '' ? error.message : code
  if (code === '28P01' || code === '28000') {
    return new EngineError('server_authentication', { ...params, detail }, { cause: error })
  }
  if (code === '3D000') return new EngineError('server_database_missing', params, { cause: error })
  return new EngineError('server_unreachable', { ...params, detail }, { cause: error })
}

/**
 * Gives this role its defaults in this database, those it has none for yet. A role may do that for itself;
 * where it may not (a pooler, a standby), the server's own limits hold.
 */
async function setRoleDefaults(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ name: string }>(
    `select split_part(setting, '=', 1) as name from pg_db_role_setting, unnest(setconfig) as setting
      where setrole in (0, (select oid from pg_roles where rolname = current_user))
        and setdatabase in (0, (select oid from pg_database where datname = current_database()))`,
  )
  const present = new Set(rows.map((row) => row.name.toLowerCase()))
  const database = client.escapeIdentifier(client.database ?? '')
  try {
    for (const [name, value] of Object.entries(ROLE_SETTINGS)) {
      if (!present.has(name)) {
        await client.query(`alter role current_user in database ${database} set ${name} = '${value}'`)
      }
    }
  } catch (error) {
    if (!['42501', '25006'].includes(codeOf(error))) throw error
  }
}

function makeClient(url: string): pg.Client {
  try {
    return new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000 })
  } catch (cause) {
    const detail = cause instanceof Error ? cause.message : String(cause)
    throw new EngineError('server_url', { detail }, { cause })
  }
}

/** Looks whether the server behind DATABASE_URL can be used. Throws an EngineError that says why not. */
export async function inspectServer(url: string): Promise<ServerInfo> {
  if (!/^postgres(ql)?:\/\//.test(url)) {
    throw new EngineError('server_url', { detail: 'it must begin with postgresql://' })
  }
  const client = makeClient(url)
  client.on('error', () => undefined)
  const server = `${client.host}:${client.port}`
  try {
    await client.connect()
  } catch (error) {
    throw toServerError(error, client)
  }
  try {
    const { rows } = await client.query<{ version: string; major: number; encoding: string; database: string }>(
      `select current_setting('server_version') as version,
        current_setting('server_version_num')::int / 10000 as major,
        current_setting('server_encoding') as encoding, current_database() as database`,
    )
    const [found] = rows
    if (found === undefined || found.major < MIN_VERSION) {
      throw new EngineError('server_too_old', { server, found: found?.version ?? '', wanted: String(MIN_VERSION) })
    }
    if (found.encoding !== 'UTF8') {
      throw new EngineError('server_not_utf8', { server, database: found.database, found: found.encoding })
    }
    await setRoleDefaults(client)
    return { server, database: found.database, version: found.version }
  } finally {
    await client.end()
  }
}
