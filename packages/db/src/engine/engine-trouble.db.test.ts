import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import pg from 'pg'
import { afterEach, beforeEach, expect, inject, test } from 'vitest'
import { toConnectionString } from '../connection/connection-string.ts'
import { openDatabase } from '../connection/open-database.ts'
import { createTestDatabase } from '../testing/index.ts'
import { makeDirectory, makeFolder, runningOn, startChild } from '../testing/engine-fixture.ts'
import { executable, prepareBinaries, restoreSymlinks, usableBinaries } from './binaries.ts'
import type { EngineDescription } from './open-engine.ts'
import { openEngine } from './open-engine.ts'
import { freePort } from './free-port.ts'
import { runProgram } from './run-program.ts'

/** initdb asks for an entry in the list of users. */
function userCalled(name: string): { uid: number; gid: number } {
  const line =
    readFileSync('/etc/passwd', 'utf8')
      .split('\n')
      .find((entry) => entry.startsWith(`${name}:`)) ?? ''
  const [, , uid, gid] = line.split(':')
  return { uid: Number(uid), gid: Number(gid) }
}

const isRoot = process.getuid?.() === 0

let folder: ReturnType<typeof makeFolder>
let dataDir: string
beforeEach(() => {
  folder = makeFolder()
  dataDir = join(folder.path, 'data')
})
afterEach(() => folder.remove())

async function makeData(): Promise<string> {
  const database = await openDatabase({ dataDir })
  await database.close()
  return join(dataDir, 'postgres')
}

test('data of another major version are named and left alone', async () => {
  const pgdata = await makeData()
  writeFileSync(join(pgdata, 'PG_VERSION'), '16\n')
  await expect(openEngine({ dataDir })).rejects.toMatchObject({
    code: 'data_of_other_major',
    params: { path: pgdata, found: '16', wanted: '18' },
  })
})

test('a lost password file is named, and so is one that does not fit', async () => {
  await makeData()
  writeFileSync(join(dataDir, 'password'), 'wrong\n')
  await expect(openEngine({ dataDir })).rejects.toMatchObject({ code: 'password_lost' })
  rmSync(join(dataDir, 'password'))
  await expect(openEngine({ dataDir })).rejects.toMatchObject({ code: 'password_lost' })
})

test('a folder named postgres that is none of ours is left alone', async () => {
  mkdirSync(join(dataDir, 'postgres'), { recursive: true })
  chmodSync(dataDir, 0o755)
  writeFileSync(join(dataDir, 'password'), 'x\n')
  writeFileSync(join(dataDir, 'postgres', 'letter.txt'), 'dear')
  await expect(openEngine({ dataDir })).rejects.toMatchObject({ code: 'data_folder_foreign' })
  expect(readdirSync(dataDir).toSorted()).toEqual(['password', 'postgres'])
  expect(readFileSync(join(dataDir, 'postgres', 'letter.txt'), 'utf8')).toBe('dear')
})

test('data that cannot be read are said to be so with their path', async () => {
  const pgdata = await makeData()
  rmSync(join(pgdata, 'global', 'pg_control'))
  await expect(openEngine({ dataDir })).rejects.toMatchObject({ code: 'start_failed', params: { path: pgdata } })
})

test('what a killed first start left is swept, and half a data folder never counts', async () => {
  makeDirectory(dataDir, 0o755)
  const draft = makeDirectory(join(dataDir, 'postgres.draft-999999999'), 0o700)
  writeFileSync(join(draft, 'PG_VERSION'), '18\n')
  await makeData()
  expect(existsSync(draft)).toBe(false)
})

test('symbolic links that the package was installed without are restored', async () => {
  const packaged = await prepareBinaries(18, null, () => folder.path)
  const native = join(folder.path, 'package', 'native')
  cpSync(packaged.path, native, { recursive: true, verbatimSymlinks: true })
  const lib = join(native, 'lib')
  const links = readdirSync(lib, { withFileTypes: true }).filter((entry) => entry.isSymbolicLink())
  for (const link of links) rmSync(join(lib, link.name))
  const version = () => runProgram(executable({ path: native }, 'postgres'), ['--version'], null)
  expect(links.length).toBeGreaterThan(0)
  expect((await version()).exitCode).not.toBe(0)
  expect(restoreSymlinks(native)).toBe(true)
  expect(await version()).toMatchObject({ exitCode: 0, output: expect.stringContaining('18.') })
})

test.runIf(isRoot)('root runs the engine as another user, who owns the data; others cannot read them', async () => {
  const pgdata = await makeData()
  expect(statSync(pgdata)).toMatchObject({ uid: 65_534, gid: 65_534 })
  expect(statSync(pgdata).mode & 0o777).toBe(0o700)
  expect(statSync(join(dataDir, 'password'))).toMatchObject({ uid: 0 })
  expect(statSync(join(dataDir, 'password')).mode & 0o777).toBe(0o600)
})

test.runIf(isRoot)('where only root can enter, data go elsewhere, a pointer stays, and both are said', async () => {
  makeDirectory(dataDir, 0o700)
  const first = await openDatabase({ dataDir })
  const said = first.engine.describe()
  expect(said).toMatchObject({ kind: 'embedded', isElsewhere: true, dataDir, uid: 65_534 })
  const { dataPath } = said as Extract<EngineDescription, { kind: 'embedded' }>
  expect(dataPath).toMatch(/^\/(var\/lib|srv|opt)\/zhidu\/[0-9a-f]+\/postgres$/)
  expect(JSON.parse(readFileSync(join(dataDir, 'engine.json'), 'utf8'))).toEqual({ home: join(dataPath, '..') })
  await first.close()
  const second = await openDatabase({ dataDir })
  expect(second.engine.describe()).toMatchObject({ dataPath })
  await second.close()
  expect(runningOn(dataPath)).toBeNull()
})

test.runIf(isRoot)('binaries in a folder that only root can enter are copied to where the engine can', async () => {
  const nobody = { uid: 65_534, gid: 65_534 }
  const packaged = await prepareBinaries(18, nobody, () => folder.path)
  const closed = makeDirectory(join(folder.path, 'closed'), 0o700)
  const native = join(closed, 'native')
  cpSync(packaged.path, native, { recursive: true, verbatimSymlinks: true })
  const open = makeDirectory(join(folder.path, 'open'), 0o711)
  const copy = await usableBinaries({ ...packaged, path: native }, nobody, () => open)
  expect(copy).toMatchObject({ isCopy: true, path: expect.stringMatching(new RegExp(`^${open}/postgresql-18`)) })
  expect(await runProgram(executable(copy, 'postgres'), ['--version'], nobody)).toMatchObject({ exitCode: 0 })
  expect(await usableBinaries({ ...packaged, path: native }, nobody, () => open)).toEqual(copy)
})

test.runIf(isRoot)('an ordinary user runs the engine as oneself, and root beside it as that user', async () => {
  const user = userCalled('daemon')
  makeDirectory(folder.path, 0o777)
  const program = startChild('hold', dataDir, user)
  await program.waitFor('ready')
  const root = await openDatabase({ dataDir })
  expect(root.engine.describe()).toMatchObject({ uid: user.uid, isElsewhere: false })
  program.finish()
  expect(await program.exited).toBe(0)
  await root.close()
  // Root's own start leaves nothing that the user could not use afterwards.
  await makeData()
  const again = startChild('describe', dataDir, user)
  expect(JSON.parse(await again.waitFor('{'))).toMatchObject({ dataDir, uid: null })
  expect(await again.exited).toBe(0)
  const stranger = startChild('describe', dataDir, userCalled('bin'))
  expect(await stranger.exited).not.toBe(0)
  expect(stranger.errors.join('\n')).toContain("code: 'permission'")
})

test('each reason why DATABASE_URL cannot be used has its own code', async () => {
  const { template: _, ...server } = inject('zhiduTestEngine')
  const database = await createTestDatabase({ isEmpty: true })
  const admin = new pg.Client({ ...server, database: 'postgres' })
  await admin.connect()
  const ascii = `ascii_${process.pid}`
  await admin.query(`create database ${ascii} template template0 encoding 'SQL_ASCII' lc_collate 'C' lc_ctype 'C'`)
  const port = await freePort()
  const cases: [string, string, object][] = [
    ['mysql://localhost/x', 'server_url', {}],
    ['postgresql://local host:port/x', 'server_url', {}],
    [`postgresql://u:p@127.0.0.1:${port}/x`, 'server_unreachable', { server: `127.0.0.1:${port}` }],
    ['postgresql://u:p@no-such-host.invalid/x', 'server_unreachable', { server: 'no-such-host.invalid:5432' }],
    [
      toConnectionString({ ...server, password: 'wrong', database: 'postgres' }),
      'server_authentication',
      { user: server.user },
    ],
    [toConnectionString({ ...server, database: 'absent' }), 'server_database_missing', { database: 'absent' }],
    [toConnectionString({ ...server, database: ascii }), 'server_not_utf8', { database: ascii, found: 'SQL_ASCII' }],
  ]
  for (const [url, code, params] of cases) {
    await expect(openEngine({ databaseUrl: url }), url).rejects.toMatchObject({ code, params })
  }
  const engine = await openEngine({ databaseUrl: database.connectionString })
  expect(engine.describe()).toMatchObject({ kind: 'server', version: expect.stringMatching(/^1[58]\./) })
  await admin.query(`drop database ${ascii}`)
  await admin.end()
  await database.close()
})
