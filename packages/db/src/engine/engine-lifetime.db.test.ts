import { spawn } from 'node:child_process'
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterEach, beforeEach, expect, onTestFinished, test } from 'vitest'
import { openDatabase } from '../connection/open-database.ts'
import { makeFolder, runningOn, startChild } from '../testing/engine-fixture.ts'
import { runAsFor } from './run-as.ts'

let folder: ReturnType<typeof makeFolder>
let dataDir: string
let pgdata: string
beforeEach(() => {
  folder = makeFolder()
  dataDir = join(folder.path, 'data')
  pgdata = join(dataDir, 'postgres')
})
afterEach(() => folder.remove())

test('the first start makes data with checksums and fsync, as a role that is no superuser, and rows stay', async () => {
  const first = await openDatabase({ dataDir })
  await sql`create table kept (n integer)`.execute(first.db)
  await sql`insert into kept values (7)`.execute(first.db)
  const { rows } = await sql`select current_setting('data_checksums') as checksums, current_setting('fsync') as fsync,
    current_setting('server_encoding') as encoding, current_setting('statement_timeout') as timeout,
    current_setting('timezone') as zone, (select rolsuper from pg_roles where rolname = current_user) as is_super,
    (select datcollate from pg_database where datname = current_database()) as collation`.execute(first.db)
  expect(rows).toEqual([
    { checksums: 'on', fsync: 'on', encoding: 'UTF8', timeout: '1min', zone: 'UTC', is_super: false, collation: 'C' },
  ])
  await first.close()
  expect(runningOn(pgdata)).toBeNull()
  const second = await openDatabase({ dataDir })
  expect((await sql`select n from kept`.execute(second.db)).rows).toEqual([{ n: 7 }])
  await second.close()
})

test.runIf(process.platform === 'linux' && existsSync('/usr/bin/chrt'))(
  'its processes wait for a free core when they are woken',
  async () => {
    const database = await openDatabase({ dataDir })
    const { rows } = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(database.db)
    const stat = readFileSync(`/proc/${rows[0]?.pid}/stat`, 'latin1')
    // Behind the name in brackets the third field; the 41st is the policy, 3 = SCHED_BATCH.
    expect(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[38]).toBe('3')
    await database.close()
  },
)

test('a command beside a running program uses its engine, and the last user ends it', async () => {
  const program = startChild('hold', dataDir)
  await program.waitFor('ready')
  const pid = runningOn(pgdata)
  const command = await openDatabase({ dataDir })
  expect(runningOn(pgdata)).toBe(pid)
  await command.close()
  expect(runningOn(pgdata)).toBe(pid)
  program.finish()
  expect(await program.exited).toBe(0)
  expect(runningOn(pgdata)).toBeNull()
})

test('a killed user no longer counts', async () => {
  const program = startChild('hold', dataDir)
  await program.waitFor('ready')
  const command = await openDatabase({ dataDir })
  program.kill()
  await program.exited
  await command.close()
  expect(runningOn(pgdata)).toBeNull()
})

test('an engine whose users were all killed is taken over, and ended by its next user', async () => {
  const program = startChild('hold', dataDir)
  await program.waitFor('ready')
  const pid = runningOn(pgdata)
  program.kill()
  await program.exited
  expect(runningOn(pgdata)).toBe(pid)
  const next = await openDatabase({ dataDir })
  expect(runningOn(pgdata)).toBe(pid)
  await next.close()
  expect(runningOn(pgdata)).toBeNull()
})

test('programs that start, join and leave at the same moments never miss the engine', async () => {
  const programs = [1, 2, 3].map(() => startChild('cycle', dataDir))
  const codes = await Promise.all(programs.map((program) => program.exited))
  expect(programs.flatMap((program) => program.errors)).toEqual([])
  expect(codes).toEqual([0, 0, 0])
  expect(runningOn(pgdata)).toBeNull()
})

test('an engine killed under a running program comes back for it', async () => {
  const program = await openDatabase({ dataDir })
  await sql`create table kept (n integer)`.execute(program.db)
  const pid = runningOn(pgdata)
  if (pid !== null) process.kill(pid, 'SIGKILL')
  // Its children answer for a moment after its end.
  await expect.poll(() => [null, pid].includes(runningOn(pgdata)), { timeout: 20_000 }).toBe(false)
  await expect
    .poll(() => sql`select count(*) as n from kept`.execute(program.db).then((result) => result.rows), {
      timeout: 20_000,
    })
    .toEqual([{ n: 0 }])
  await program.close()
  expect(runningOn(pgdata)).toBeNull()
})

test('data taken away under a running program do not come back as an empty folder', async () => {
  const troubles: unknown[] = []
  const program = await openDatabase({ dataDir }, { onTrouble: (error) => troubles.push(error) })
  const pid = runningOn(pgdata)
  renameSync(dataDir, join(folder.path, 'away'))
  if (pid !== null) process.kill(pid, 'SIGKILL')
  await expect.poll(() => troubles.length, { timeout: 20_000 }).toBeGreaterThan(0)
  expect(troubles[0]).toMatchObject({ name: 'EngineError', params: { path: dataDir } })
  expect(existsSync(dataDir)).toBe(false)
  // Put back, they are used again.
  renameSync(join(folder.path, 'away'), dataDir)
  await expect
    .poll(() => sql`select 1 as one`.execute(program.db).then((result) => result.rows), { timeout: 20_000 })
    .toEqual([{ one: 1 }])
  await program.close()
})

test('a number in postmaster.pid that another process bears by now does not keep the engine from starting', async () => {
  const first = await openDatabase({ dataDir })
  await first.close()
  // A process of the engine's own user: only such a one does PostgreSQL take for the server.
  const stranger = spawn(process.execPath, ['-e', 'setTimeout(() => undefined, 60_000)'], { ...runAsFor(pgdata) })
  onTestFinished(() => void stranger.kill())
  const { pid } = stranger
  writeFileSync(join(pgdata, 'postmaster.pid'), `${pid}\n${pgdata}\n1\n5432\n/nowhere\n\n  1 1\nready\n`)
  const second = await openDatabase({ dataDir })
  expect(runningOn(pgdata)).not.toBe(pid)
  await second.close()
})

test('a data path too long for a socket works, and leaves nothing behind in /tmp', async () => {
  const long = join(folder.path, 'a'.repeat(100), 'data')
  const program = await openDatabase({ dataDir: long })
  const description = program.engine.describe()
  expect(description).toMatchObject({ dataPath: join(long, 'postgres') })
  const socketDir = description.kind === 'embedded' ? description.address : ''
  expect(socketDir).toMatch(/^\/tmp\/zhidu-[0-9a-f]{16}$/)
  await program.close()
  expect(existsSync(socketDir)).toBe(false)
  expect(runningOn(join(long, 'postgres'))).toBeNull()
})
