import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createTestDatabase, type TestDatabase } from '@zhidu/db/testing'
import type { Role } from '@zhidu/domain'
import { addUser } from '../account/add-user.ts'
import type { AccountActor, Actor } from '../actor.ts'
import { importFile } from '../import/import-file.ts'
import { installSampleRules } from '../rules/install-sample-rules.ts'
import { createIdentity, type Identity, type IdentityContext, type IdentityOptions } from '../session/identity.ts'
import { loadSession } from '../session/load-session.ts'
import { signIn } from '../session/sign-in.ts'

export const ADDRESS = '10.1.2.3'
export const PASSWORD = 'Velvet-Trout-47'
const START = Date.parse('2026-11-24T09:00:00+08:00')
const UNITS =
  'unit_code,name,parent_code,tier,peer_group,duty_mode\n' +
  'T00,某市,,city,本级,room\nC01,甲县,T00,county,县区组,room\nC02,乙县,T00,county,县区组,room\n'

export interface AccountService {
  readonly database: TestDatabase
  /** As a request has it: the log-in of requests, under row-level security. */
  readonly request: (actor?: Actor) => IdentityContext
  /** As a command at the machine has it. */
  readonly machine: () => IdentityContext
  readonly identity: (options: Partial<IdentityOptions>) => Identity
  /** The present, epoch ms; moved by `pass`. */
  readonly now: () => number
  readonly pass: (ms: number) => void
  /** Makes an account with PASSWORD that need not be changed; gives its id. */
  readonly add: (loginName: string, roles?: readonly Role[], unitCode?: string | null) => Promise<string>
  /** Signs in with PASSWORD; throws unless a session begins. */
  readonly enter: (loginName: string, ctx?: IdentityContext) => Promise<{ token: string; endsAt: number }>
  readonly load: (token: string, ctx?: IdentityContext) => Promise<AccountActor | undefined>
  /** A context as whoever signs in with PASSWORD. */
  readonly as: (loginName: string) => Promise<IdentityContext>
  /** Rows of a statement written in a test, asked by a superuser. */
  readonly sql: <T extends object>(text: string, values?: readonly unknown[]) => Promise<T[]>
  /** What the audit trail has gained since the last call: `action outcome reason`. */
  readonly newEntries: () => Promise<string[]>
}

async function importUnits(ctx: IdentityContext): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'zhidu-accounts-'))
  try {
    const path = join(folder, 'units.csv')
    await writeFile(path, UNITS)
    const file = { kind: 'units', path, fileName: 'units.csv', dryRun: false, acceptValid: false } as const
    const result = await importFile(ctx, { ...file, language: 'en' })
    if (result.created !== 3) throw new Error(JSON.stringify(result))
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** Sign-in over a database with a city and two counties; close `database` afterwards. */
export async function createAccountService(options: Partial<IdentityOptions> = {}): Promise<AccountService> {
  const database = await createTestDatabase()
  await installSampleRules(database.db)
  let present = START
  const secret = Buffer.alloc(32, 7)
  const toIdentity = (more: Partial<IdentityOptions>): Identity =>
    createIdentity({ secret, isExposed: false, ...options, ...more })
  const identity = toIdentity({})
  const shared = { report: database.report, clock: () => present, identity }
  const request = (actor: Actor = { kind: 'anonymous', address: ADDRESS }): IdentityContext => ({
    ...shared,
    db: database.app,
    actor,
  })
  const machine = (): IdentityContext => ({ ...shared, db: database.db, actor: { kind: 'local', name: 'root' } })
  await importUnits(machine())

  const sql = async <T extends object>(text: string, values: readonly unknown[] = []): Promise<T[]> =>
    (await database.pool.query<T>(text, [...values])).rows
  const load: AccountService['load'] = (token, ctx = request()) => loadSession(ctx, { token, address: ADDRESS })
  const enter: AccountService['enter'] = async (loginName, ctx = request()) => {
    const result = await signIn(ctx, { loginName, password: PASSWORD, address: ADDRESS, userAgent: 'test' })
    if (result.state !== 'signed_in') throw new Error(result.state)
    return { token: result.token, endsAt: result.endsAt }
  }
  let seen = 0
  return {
    database,
    request,
    machine,
    identity: toIdentity,
    now: () => present,
    pass: (ms) => {
      present += ms
    },
    add: async (loginName, roles = ['clerk'], unitCode = 'C01') => {
      const names = { loginName, displayName: '测试', staffNumber: `9${loginName}`, phone: null }
      const { account } = await addUser(machine(), { ...names, unitCode, roles, password: PASSWORD })
      await sql('update account set must_change_password = false, initial_until = null where account_id = $1', [
        account.accountId,
      ])
      return account.accountId
    },
    enter,
    load,
    as: async (loginName) => {
      const actor = await load((await enter(loginName)).token)
      if (actor === undefined) throw new Error('no session')
      return request(actor)
    },
    sql,
    newEntries: async () => {
      const rows = await sql<{ seq: number; line: string }>(
        `select seq, concat_ws(' ', action, outcome, reason) as line from audit_entry where seq > $1 order by seq`,
        [seen],
      )
      seen = rows.at(-1)?.seq ?? seen
      return rows.map(({ line }) => line)
    },
  }
}
