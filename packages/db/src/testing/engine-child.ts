// A program of its own for tests of the engine: `node engine-child.ts MODE DATA_DIR`; says `ready` and what it did.
import { sql } from 'kysely'
import { openDatabase } from '../connection/open-database.ts'
import { acquireServeLock } from '../engine/serve-lock.ts'

const [, , mode = '', dataDir = ''] = process.argv

function say(line: string): void {
  process.stdout.write(`${line}\n`)
}

async function untilStdinEnds(): Promise<void> {
  process.stdin.resume()
  await new Promise((resolve) => process.stdin.once('end', resolve))
}

const database = await openDatabase({ dataDir })
if (mode === 'describe') say(JSON.stringify(database.engine.describe()))
if (mode === 'serve') {
  const lock = await acquireServeLock(database.engine, { address: '127.0.0.1:3000' })
  say('ready')
  await untilStdinEnds()
  await lock.release()
}
if (mode === 'hold') {
  say('ready')
  await untilStdinEnds()
}
if (mode === 'insert') {
  await sql`create table if not exists acknowledged (run integer, n integer, primary key (run, n))`.execute(database.db)
  const run = process.pid
  say('ready')
  for (let n = 0; ; n += 1) {
    await sql`insert into acknowledged values (${run}, ${n})`.execute(database.db)
    say(`${run} ${n}`)
  }
}
if (mode === 'compute') {
  say('ready')
  await sql`select count(*) from generate_series(1, 100000000000::bigint)`.execute(database.db)
}
if (mode === 'cycle') {
  for (let n = 0; n < 10; n += 1) {
    const again = await openDatabase({ dataDir })
    await sql`select 1`.execute(again.db)
    await again.close()
  }
}
await database.close()
say('closed')
