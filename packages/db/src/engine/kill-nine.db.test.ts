import { sql } from 'kysely'
import { readdirSync, readlinkSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, expect, test } from 'vitest'
import { openDatabase } from '../connection/open-database.ts'
import { killEngine, makeFolder, runningOn, startChild } from '../testing/engine-fixture.ts'

/** A longer run by hand: ZHIDU_KILL_ROUNDS=40. */
const ROUNDS = Number(process.env['ZHIDU_KILL_ROUNDS'] ?? '6')

const folder = makeFolder()
afterAll(() => folder.remove())

/** PostgreSQL and its children all work in the data folder. */
function enginePids(pgdata: string): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((name) => {
      try {
        return readlinkSync(`/proc/${name}/cwd`) === pgdata
      } catch {
        return false
      }
    })
    .map(Number)
}

// Where /proc is not there the head alone is killed; its children follow it.
function victims(pgdata: string): number[] {
  if (process.platform === 'linux') return enginePids(pgdata)
  const pid = runningOn(pgdata)
  return pid === null ? [] : [pid]
}

test('a computation that outlives its killed head does not keep the next start waiting', async () => {
  const dataDir = join(folder.path, 'orphan')
  const pgdata = join(dataDir, 'postgres')
  const program = startChild('compute', dataDir)
  await program.waitFor('ready')
  await sleep(300)
  const head = runningOn(pgdata)
  program.kill()
  await killEngine(pgdata, head === null ? [] : [head])
  if (process.platform === 'linux') expect(enginePids(pgdata).length).toBeGreaterThan(0)
  const startedAt = performance.now()
  const next = await openDatabase({ dataDir })
  expect(performance.now() - startedAt).toBeLessThan(20_000)
  await next.close()
  expect(runningOn(pgdata)).toBeNull()
})

test(
  `after kill -9 of everything (${ROUNDS} times) the next start recovers and every acknowledged row is there`,
  { timeout: 60_000 + ROUNDS * 20_000 },
  async () => {
    const dataDir = join(folder.path, 'data')
    const pgdata = join(dataDir, 'postgres')
    const acknowledged: string[] = []
    for (let round = 0; round < ROUNDS; round += 1) {
      const writer = startChild('insert', dataDir)
      await writer.waitFor('ready')
      await sleep(150 + Math.random() * 400)
      const pids = victims(pgdata)
      expect(pids.length).toBeGreaterThan(0)
      // Both orders occur: the program first, or the engine first.
      if (round % 2 === 0) writer.kill()
      await killEngine(pgdata, pids)
      writer.kill()
      await writer.exited
      const lines = writer.lines.filter((line) => /^\d+ \d+$/.test(line))
      expect(lines.length).toBeGreaterThan(0)
      acknowledged.push(...lines)
    }
    const database = await openDatabase({ dataDir })
    const { rows } = await sql<{ line: string }>`select run || ' ' || n as line from acknowledged`.execute(database.db)
    const stored = new Set(rows.map((row) => row.line))
    expect(acknowledged.filter((line) => !stored.has(line))).toEqual([])
    // At the most the one insert of each round whose answer never arrived is there unacknowledged.
    expect(stored.size - acknowledged.length).toBeLessThanOrEqual(ROUNDS)
    await database.close()
    expect(runningOn(pgdata)).toBeNull()
  },
)
