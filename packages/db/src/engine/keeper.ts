import { realpathSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { LOCK_SPACE, USERS_LOCK } from './advisory-keys.ts'
import { SUPERUSER } from './cluster.ts'
import { EngineError } from './engine-error.ts'
import { isAlive, type PostmasterFile } from './postmaster.ts'

const KEEPER_NAME = 'zhidu keeper'
/** Server is starting, recovering or stopping; or the connection went with it. */
const PASSING = /^(57P0[1-4]|08\d{3}|ECONNREFUSED|ECONNRESET|ENOENT|EPIPE)$/

export function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : ''
}

function isPassing(error: unknown): boolean {
  return PASSING.test(codeOf(error)) || (error instanceof Error && error.message.startsWith('Connection terminated'))
}

export interface EngineAddress {
  /** The folder of the socket, or 127.0.0.1. */
  readonly host: string
  readonly port: number
}

export function addressOf(file: PostmasterFile): EngineAddress {
  return { host: file.socketDir ?? '127.0.0.1', port: file.port }
}

/**
 * One superuser connection per process, whose shared lock says "in use". The server drops the lock with the
 * connection, so a killed process never counts.
 */
export interface Keeper {
  readonly client: pg.Client
  readonly version: string
}

/**
 * Joins the users of the engine at `address`; null when it is starting, stopping or not there: try again.
 * Throws when something else answers, or refuses our password.
 */
export async function joinEngine(address: EngineAddress, pgdata: string, password: string): Promise<Keeper | null> {
  const client = new pg.Client({
    ...address,
    user: SUPERUSER,
    password,
    database: 'postgres',
    application_name: `${KEEPER_NAME} ${process.pid}`,
    connectionTimeoutMillis: 10_000,
  })
  // Loss is noticed by 'end'; without a listener an error would end the process.
  client.on('error', () => undefined)
  try {
    await client.connect()
    const { rows } = await client.query<{ folder: string; version: string }>(
      `select current_setting('data_directory') as folder, current_setting('server_version') as version`,
    )
    const [server] = rows
    if (server === undefined || realpathSync(server.folder) !== realpathSync(pgdata)) {
      throw new EngineError('start_failed', { path: pgdata, detail: `another server answers at ${address.host}` })
    }
    // Waits while the last user is ending the engine, and then fails with it.
    await client.query('select pg_advisory_lock_shared($1, $2)', [LOCK_SPACE, USERS_LOCK])
    return { client, version: server.version }
  } catch (error) {
    await client.end().catch(() => undefined)
    if (isPassing(error)) return null
    if (codeOf(error) === '28P01') throw new EngineError('password_lost', { path: pgdata }, { cause: error })
    throw error
  }
}

/** How long the server may take to notice that a user was killed. */
const MAX_NOTICE_ATTEMPTS = 20

/** True when every other holder of the users' lock is a process that is gone. */
async function areOthersGone(client: pg.Client): Promise<boolean> {
  const { rows } = await client.query<{ name: string }>(
    `select a.application_name as name from pg_locks l join pg_stat_activity a on a.pid = l.pid
      where l.locktype = 'advisory' and l.granted and l.classid = $1 and l.objid = $2 and l.pid <> pg_backend_pid()`,
    [LOCK_SPACE, USERS_LOCK],
  )
  return rows.every(({ name }) => name.startsWith(KEEPER_NAME) && !isAlive(Number(name.slice(KEEPER_NAME.length))))
}

/**
 * Leaves the users. True when this was the last one: then it holds the lock alone, nobody can join any more,
 * and it must end the engine.
 */
export async function leaveEngine({ client }: Keeper): Promise<boolean> {
  await client.query('select pg_advisory_unlock_shared($1, $2)', [LOCK_SPACE, USERS_LOCK])
  for (let attempt = 1; ; attempt += 1) {
    const { rows } = await client.query<{ is_last: boolean }>('select pg_try_advisory_lock($1, $2) as is_last', [
      LOCK_SPACE,
      USERS_LOCK,
    ])
    if (rows[0]?.is_last === true) return true
    if (attempt === MAX_NOTICE_ATTEMPTS || !(await areOthersGone(client))) return false
    await sleep(50)
  }
}
