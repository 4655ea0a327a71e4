import { hostname } from 'node:os'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { TYPE_PARSERS } from '../connection/type-parsers.ts'
import { LOCK_SPACE, SERVE_LOCK } from './advisory-keys.ts'
import { EngineError } from './engine-error.ts'
import type { Engine } from './open-engine.ts'

/** Another server runs on the same data. */
export class AlreadyServingError extends EngineError {
  override readonly name = 'AlreadyServingError'
  readonly pid: number
  /** As it listens, e.g. `127.0.0.1:3000`. */
  readonly address: string
  /** Name of its machine. */
  readonly host: string
  /** Epoch ms. */
  readonly since: number

  constructor(holder: { pid: number; address: string; host: string; since: number }) {
    const host = holder.host === '' || holder.host === hostname() ? '' : ` on ${holder.host}`
    const since = new Date(holder.since).toISOString()
    super('already_serving', { pid: String(holder.pid), address: holder.address, host, since })
    this.pid = holder.pid
    this.address = holder.address
    this.host = holder.host
    this.since = holder.since
  }
}

export interface ServeLockOptions {
  /** As this server listens, e.g. `127.0.0.1:3000`. */
  readonly address: string
  /** Another server took over while the connection was lost: this one must stop. */
  readonly onLost?: (error: AlreadyServingError) => void
}

export interface ServeLock {
  release(): Promise<void>
}

const NAME = /^zhidu serve (\d+) (\S+) ?(.*)$/
/** What PostgreSQL keeps of an application's name. */
const MAX_NAME_BYTES = 63

/** The holder's own connection says who it is: nothing is left behind when it is killed. */
function connectionName(address: string): string {
  return `zhidu serve ${process.pid} ${address} ${hostname()}`.slice(0, MAX_NAME_BYTES)
}

async function findHolder(client: pg.Client): Promise<AlreadyServingError | null> {
  const { rows } = await client.query<{ name: string | null; since: number }>(
    `select a.application_name as name, a.backend_start as since
      from pg_locks l join pg_stat_activity a on a.pid = l.pid
      where l.locktype = 'advisory' and l.granted and l.classid = $1 and l.objid = $2
        and l.database = (select oid from pg_database where datname = current_database())`,
    [LOCK_SPACE, SERVE_LOCK],
  )
  const [row] = rows
  if (row === undefined) return null
  const [, pid = '0', address = '?', host = ''] = NAME.exec(row.name ?? '') ?? []
  return new AlreadyServingError({ pid: Number(pid), address, host, since: row.since })
}

/** Throws AlreadyServingError when another server holds the lock. */
async function tryLock(engine: Engine, address: string): Promise<pg.Client> {
  const client = new pg.Client({
    ...engine.connection,
    application_name: connectionName(address),
    types: TYPE_PARSERS,
    keepAlive: true,
    connectionTimeoutMillis: 10_000,
  })
  client.on('error', () => undefined)
  await client.connect()
  try {
    // A machine that lost power is noticed after a minute, not after the system's two hours.
    await client.query('set tcp_keepalives_idle = 30; set tcp_keepalives_interval = 10; set tcp_keepalives_count = 3')
    for (let attempt = 1; ; attempt += 1) {
      const { rows } = await client.query<{ is_ours: boolean }>('select pg_try_advisory_lock($1, $2) as is_ours', [
        LOCK_SPACE,
        SERVE_LOCK,
      ])
      if (rows[0]?.is_ours === true) return client
      const holder = await findHolder(client)
      if (holder !== null) throw holder
      if (attempt === 10) throw new Error('the lock of the server is held by nobody that can be named')
      await sleep(100)
    }
  } catch (error) {
    await client.end()
    throw error
  }
}

/**
 * Only one server at a time on one database, whether a folder's or DATABASE_URL's. Commands need no such lock.
 * The lock lives with a connection of its own, which is made again when the database was restarted.
 */
export async function acquireServeLock(engine: Engine, options: ServeLockOptions): Promise<ServeLock> {
  let isReleased = false
  let client: pg.Client
  async function regain(): Promise<void> {
    while (!isReleased) {
      try {
        watch(await tryLock(engine, options.address))
        return
      } catch (error) {
        if (error instanceof AlreadyServingError) {
          options.onLost?.(error)
          return
        }
        await sleep(500)
      }
    }
  }
  function watch(next: pg.Client): void {
    client = next
    client.once('end', () => {
      if (!isReleased) void regain()
    })
  }
  watch(await tryLock(engine, options.address))
  return {
    release: async () => {
      isReleased = true
      await client.end().catch(() => undefined)
    },
  }
}
