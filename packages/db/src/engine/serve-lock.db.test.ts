import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createTestDatabase } from '../testing/index.ts'
import { makeFolder, runningOn, startChild } from '../testing/engine-fixture.ts'
import { openDatabase } from '../connection/open-database.ts'
import { type Engine, openEngine } from './open-engine.ts'
import { acquireServeLock, AlreadyServingError } from './serve-lock.ts'

let folder: ReturnType<typeof makeFolder>
beforeEach(() => {
  folder = makeFolder()
})
afterEach(() => folder.remove())

test('a second server on one folder is refused with the number, address and start of the first', async () => {
  const dataDir = join(folder.path, 'data')
  const before = Date.now()
  const first = startChild('serve', dataDir)
  await first.waitFor('ready')
  const database = await openDatabase({ dataDir })
  const refusal = await acquireServeLock(database.engine, { address: '127.0.0.1:3001' }).catch(
    (error: unknown) => error,
  )
  expect(refusal).toBeInstanceOf(AlreadyServingError)
  const { address, message, pid, since } = refusal as AlreadyServingError
  expect({ address, pid }).toEqual({ address: '127.0.0.1:3000', pid: first.pid })
  expect(since).toBeGreaterThanOrEqual(before - 1_000)
  expect(since).toBeLessThanOrEqual(Date.now() + 1_000)
  expect(message).toContain(`process ${first.pid} at 127.0.0.1:3000, since 2`)
  // A killed server holds nothing.
  first.kill()
  await first.exited
  await expect
    .poll(() => acquireServeLock(database.engine, { address: '127.0.0.1:3001' }).then((lock) => lock.release()))
    .toBeUndefined()
  await database.close()
})

test('the lock is taken again after the engine was killed under the server', async () => {
  const dataDir = join(folder.path, 'data')
  const pgdata = join(dataDir, 'postgres')
  const server = startChild('serve', dataDir)
  await server.waitFor('ready')
  const pid = runningOn(pgdata)
  if (pid !== null) process.kill(pid, 'SIGKILL')
  await expect.poll(() => runningOn(pgdata), { timeout: 20_000 }).not.toBe(pid)
  await expect.poll(() => runningOn(pgdata), { timeout: 20_000 }).not.toBeNull()
  const database = await openDatabase({ dataDir })
  await expect
    .poll(
      async () => {
        try {
          const lock = await acquireServeLock(database.engine, { address: '127.0.0.1:3001' })
          await lock.release()
          return 'free'
        } catch (error) {
          return error instanceof AlreadyServingError ? error.pid : error
        }
      },
      { timeout: 10_000 },
    )
    .toBe(server.pid)
  await database.close()
  server.finish()
  expect(await server.exited).toBe(0)
})

test('the same holds for a server named by DATABASE_URL, and other databases of it are free', async () => {
  const [one, other] = await Promise.all([createTestDatabase(), createTestDatabase()])
  const open = (url: string): Promise<Engine> => openEngine({ databaseUrl: url })
  const lock = await acquireServeLock(await open(one.connectionString), { address: '[::1]:3000' })
  await expect(acquireServeLock(await open(one.connectionString), { address: '127.0.0.1:3001' })).rejects.toMatchObject(
    {
      code: 'already_serving',
      pid: process.pid,
      address: '[::1]:3000',
    },
  )
  const free = await acquireServeLock(await open(other.connectionString), { address: '127.0.0.1:3001' })
  await Promise.all([lock.release(), free.release()])
  const again = await acquireServeLock(await open(one.connectionString), { address: '127.0.0.1:3001' })
  await again.release()
  await Promise.all([one.close(), other.close()])
})
