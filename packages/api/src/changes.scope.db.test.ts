import { createHash, createHmac } from 'node:crypto'
import type { TestDatabase } from '@zhidu/db/testing'
import { BAOJI } from '@zhidu/domain'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type User, userOf } from './testing/scope/accounts.ts'
import { bulletinSteps, laterBulletinSteps } from './testing/scope/bulletin-changes.ts'
import { digestFacts } from './testing/scope/fact-digest.ts'
import { type Answer, askFile, askProcedure, openWorld, waitForJob, type World } from './testing/scope/harness.ts'
import { ELSEWHERE } from './testing/scope/tried-elsewhere.ts'
import { caseSteps } from './testing/scope/case-changes.ts'
import { quarterEndSteps } from './testing/scope/quarter-end-changes.ts'
import { inspectionSteps } from './testing/scope/inspection-changes.ts'
import { PLAN } from './testing/scope/draw-plan.ts'
import { listProcedures } from './testing/scope/procedures.ts'
import { NO_UUID } from './testing/scope/question-parts.ts'
import { CLOSED, NOW } from './testing/scope/tree.ts'
import { findingRows } from './testing/scope/uploads.ts'
import { createWorldA } from './testing/scope/worlds.ts'

const SYSTEM = userOf('system_admin')
const SECURITY = userOf('security_admin')
const CLERK = userOf('clerk', 'A1')
const INSPECTOR = userOf('inspector', 'A1')
const TOP = userOf('clerk', 'A')
const APPROVER = userOf('approver', 'A')
/** Rules are made at the top. */
const DRAFTER = userOf('clerk', 'A')
const PUBLISHER = userOf('approver', 'A')
const DRAFT = { id: 'office', version: '2027' }
const PASSWORD = 'Tree-lined-Road-58'

/** What changes leave behind for those after them. */
const kept = {
  accountId: '',
  password: '',
  secret: '',
  tokenId: '',
  importId: '',
  ref: '',
  actId: '',
  planId: '',
  drawId: '',
}

let database: TestDatabase
let world: World

beforeAll(async () => {
  database = await createWorldA()
  world = await openWorld(database)
})
afterAll(async () => {
  await world?.close()
  await database?.close()
})

function call(user: User | null, path: string, input?: object): Promise<Answer> {
  return world.ask(user, askProcedure(path, 'mutation', input))
}

function dataOf<T>({ text }: Answer): T {
  // Safe: the assertions that follow fail on anything else.
  return (JSON.parse(text) as { readonly result: { readonly data: T } }).result.data
}

/** RFC 6238, six digits, half a minute, for a secret in base 32. */
function totpAt(secret: string, at: number): string {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'
  const bits = [...secret].map((one) => alphabet.indexOf(one).toString(2).padStart(5, '0')).join('')
  const key = Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)))
  const counter = Buffer.alloc(8)
  counter.writeBigUInt64BE(BigInt(Math.floor(at / 30_000)))
  const hash = createHmac('sha1', key).update(counter).digest()
  const offset = (hash.at(-1) ?? 0) & 15
  return String((hash.readUInt32BE(offset) & 0x7f_ff_ff_ff) % 1_000_000).padStart(6, '0')
}

/** The account made here, in a session of its own each time. */
async function asNewcomer(): Promise<User> {
  const token = `newcomer-${Math.random()}`
  await database.pool.query(
    `insert into session (session_id, account_id, token_hash, created_at, last_seen_at, idle_until, absolute_until, address,
       user_agent, auth_level)
     values (gen_random_uuid(), $1, sha256(convert_to($2, 'UTF8')), $3, $3, $4, $4, '192.0.2.9', 'test', 'password')`,
    [kept.accountId, token, new Date(NOW), new Date(NOW + 3_600_000)],
  )
  return { ...CLERK, accountId: kept.accountId, loginName: token }
}

const account = (): { readonly accountId: string } => ({ accountId: kept.accountId })

function draftJson(version: string): string {
  return JSON.stringify({ ...BAOJI, id: DRAFT.id, version, title: '本办法', notice: null })
}

interface Step {
  readonly action: string
  /** Once before; its answer is not looked at. */
  readonly prepare?: () => Promise<User | undefined>
  readonly run: (user: User | undefined) => Promise<Answer>
  readonly keep?: (answer: Answer) => void
  /** False for who has nothing but a secret link, and no account to be named by. */
  readonly isNamed?: boolean
}

const newcomer = { prepare: asNewcomer }

const NONCE = '0123456789abcdef'.repeat(2)
const [plan, draw] = [() => ({ planId: kept.planId, version: 1 }), () => ({ drawId: kept.drawId })] as const
const declare = (): Promise<Answer> =>
  call(CLERK, 'draw.declare', { ...plan(), isLastOfQuarter: false, seed: { kind: 'officers' } })

/** As docs/draw.md says it is computed; the secret is the officer's name. */
async function commit(user: User): Promise<Answer> {
  const page = await world.ask(user, askProcedure('draw.get', 'query', draw()))
  const officer = dataOf<{ ownOfficer: string }>(page).ownOfficer
  const text = JSON.stringify(['zhidu-draw-commitment-1', officer, NONCE, user.loginName])
  const commitment = `sha256:${createHash('sha256').update(text).digest('hex')}`
  return call(user, 'draw.commit', { ...draw(), officer, commitment })
}

const reveal = (user: User): Promise<Answer> =>
  call(user, 'draw.reveal', { ...draw(), nonce: NONCE, text: user.loginName })

/** The first unit that the certificate names. */
async function drawnUnit(): Promise<string> {
  const page = await world.ask(CLERK, askProcedure('draw.get', 'query', draw()))
  return /"unit":"(\w+)"/.exec(dataOf<{ certificate: string }>(page).certificate)?.[1] ?? ''
}

/** Every change, in an order in which each is possible. */
const STEPS: readonly Step[] = [
  {
    action: 'account.create',
    run: () =>
      call(SYSTEM, 'account.create', {
        loginName: 'newcomer',
        displayName: '新人',
        staffNumber: null,
        phone: null,
        unitCode: 'A1',
        isSsoOnly: false,
      }),
    keep: (answer) => {
      const made = dataOf<{ account: { accountId: string }; initialPassword: string }>(answer)
      kept.accountId = made.account.accountId
      kept.password = made.initialPassword
    },
  },
  { action: 'access.grant', run: () => call(SECURITY, 'access.grant', { ...account(), role: 'clerk' }) },
  {
    action: 'session.signIn',
    run: () => call(null, 'session.signIn', { loginName: 'newcomer', password: kept.password }),
  },
  {
    action: 'session.changePassword',
    ...newcomer,
    run: (user = CLERK) => call(user, 'session.changePassword', { current: kept.password, next: PASSWORD }),
  },
  {
    action: 'session.beginTotp',
    ...newcomer,
    run: (user = CLERK) => call(user, 'session.beginTotp'),
    keep: (answer) => {
      kept.secret = dataOf<{ secret: string }>(answer).secret
    },
  },
  {
    action: 'session.confirmTotp',
    ...newcomer,
    run: (user = CLERK) => call(user, 'session.confirmTotp', { code: totpAt(kept.secret, NOW) }),
  },
  {
    action: 'session.removeTotp',
    ...newcomer,
    run: (user = CLERK) => call(user, 'session.removeTotp', { password: PASSWORD }),
  },
  {
    action: 'account.update',
    run: () =>
      call(SYSTEM, 'account.update', {
        ...account(),
        displayName: '旧人',
        staffNumber: null,
        unitCode: 'A1',
        isDisabled: false,
      }),
  },
  { action: 'access.unlock', run: () => call(SECURITY, 'access.unlock', account()) },
  { action: 'access.viewAs', run: () => call(SECURITY, 'access.viewAs', account()) },
  { action: 'access.endViewAs', run: () => call(SECURITY, 'access.endViewAs') },
  { action: 'access.endSessions', ...newcomer, run: () => call(SECURITY, 'access.endSessions', account()) },
  { action: 'session.signOut', ...newcomer, run: (user = CLERK) => call(user, 'session.signOut') },
  { action: 'account.resetPassword', run: () => call(SYSTEM, 'account.resetPassword', account()) },
  { action: 'access.revoke', run: () => call(SECURITY, 'access.revoke', { ...account(), role: 'clerk' }) },
  {
    action: 'token.create',
    run: () =>
      call(SECURITY, 'token.create', { name: '值班系统', unitCode: 'A1', kinds: ['checks'], mayWrite: false, days: 9 }),
    keep: (answer) => {
      kept.tokenId = dataOf<{ item: { tokenId: string } }>(answer).item.tokenId
    },
  },
  { action: 'token.revoke', run: () => call(SECURITY, 'token.revoke', { tokenId: kept.tokenId }) },
  {
    action: 'unit.record',
    run: () =>
      call(TOP, 'unit.record', {
        kind: 'merge',
        fromCodes: [CLOSED.unitCode],
        toCodes: ['A21'],
        onDate: CLOSED.on,
        reason: '机构改革',
      }),
    keep: (answer) => {
      kept.actId = dataOf<{ actId: string }>(answer).actId
    },
  },
  { action: 'unit.withdraw', run: () => call(TOP, 'unit.withdraw', { actId: kept.actId, reason: '录错' }) },
  {
    action: 'calendar.record',
    run: () => {
      const days = { firstDayOff: '2027-01-01', lastDayOff: '2027-01-03', makeupWorkdays: [] }
      return call(TOP, 'calendar.record', { year: 2027, source: '放假安排通知', blocks: [{ name: '元旦', ...days }] })
    },
  },
  {
    action: 'quarter.freeze',
    run: () => call(APPROVER, 'quarter.freeze', { quarter: '2026Q2', confirm: '2026Q2' }),
  },
  ...bulletinSteps(call),
  {
    action: 'quarter.supplement',
    prepare: async () => {
      await database.pool.query(
        `insert into bonus (bonus_code, unit_code, kind, awarded_on, import_id, recorded_at)
         select 'LATE', 'A11', 'media', '2026-06-01', import_id, now() from import_file limit 1`,
      )
      return undefined
    },
    run: () => call(APPROVER, 'quarter.supplement', { quarter: '2026Q2', confirm: '2026Q2', reason: '补录一条加分' }),
  },
  ...laterBulletinSteps(call),
  {
    action: 'export.quarter',
    run: () => {
      const reason = encodeURIComponent('存档备查')
      return world.ask(APPROVER, askFile('/files/quarters/:file', `/files/quarters/2026Q2-2.zip?reason=${reason}`))
    },
  },
  {
    action: 'personal.reveal',
    run: () => call(CLERK, 'personal.reveal', { kind: 'check', id: 'K-A1-1', reason: '核对检查人员' }),
  },
  {
    action: 'obligation.reopen',
    prepare: async () => {
      const list = await world.ask(
        CLERK,
        askProcedure('obligation.list', 'query', {
          quarter: '2026Q3',
          unitCode: 'A11',
          kind: 'written',
          sort: 'outcome',
        }),
      )
      kept.ref = dataOf<{ items: { ref: string }[] }>(list).items[0]?.ref ?? ''
      return undefined
    },
    run: () =>
      call(CLERK, 'obligation.reopen', {
        quarter: '2026Q3',
        unitCode: 'A11',
        kind: 'written',
        ref: kept.ref,
        until: '2026-10-21T09:00:00+08:00',
        reason: '通信线路中断',
      }),
  },
  {
    action: 'draw.savePlan',
    run: () => call(CLERK, 'draw.savePlan', { planId: null, version: 0, document: PLAN }),
    keep: (answer) => {
      kept.planId = dataOf<{ planId: string }>(answer).planId
    },
  },
  { action: 'draw.approvePlan', run: () => call(userOf('approver', 'A1'), 'draw.approvePlan', plan()) },
  {
    action: 'draw.declare',
    run: declare,
    keep: (answer) => {
      kept.drawId = dataOf<{ drawId: string }>(answer).drawId
    },
  },
  { action: 'draw.commit', run: () => commit(CLERK) },
  {
    action: 'draw.freeze',
    prepare: () => commit(INSPECTOR).then(() => undefined),
    run: () => call(INSPECTOR, 'draw.freeze', draw()),
  },
  { action: 'draw.reveal', prepare: () => reveal(INSPECTOR).then(() => undefined), run: () => reveal(CLERK) },
  {
    action: 'draw.substitute',
    run: async () => call(INSPECTOR, 'draw.substitute', { ...draw(), outCode: await drawnUnit(), reason: '道路中断' }),
  },
  { action: 'draw.disclose', run: () => call(CLERK, 'draw.disclose', draw()) },
  {
    action: 'draw.void',
    prepare: async () => {
      kept.drawId = dataOf<{ drawId: string }>(await declare()).drawId
      return undefined
    },
    run: () => call(CLERK, 'draw.void', { ...draw(), reason: '改用公开数' }),
  },
  ...inspectionSteps(call),
  ...caseSteps(call),
  ...quarterEndSteps(call, { world: () => world, database: () => database }),
  {
    action: 'personal.export',
    run: () => {
      const reason = encodeURIComponent('核对检查人员')
      return world.ask(CLERK, askFile('/files/export/:file', `/files/export/checks.csv?reason=${reason}`))
    },
  },
  {
    action: 'rules.createDraft',
    run: () => call(DRAFTER, 'rules.createDraft', { ...DRAFT, title: '本办法', from: { sample: 'baoji' } }),
  },
  {
    action: 'rules.saveDraft',
    run: () => call(DRAFTER, 'rules.saveDraft', { ...DRAFT, revision: 1, json: draftJson(DRAFT.version) }),
  },
  { action: 'rules.importDraft', run: () => call(DRAFTER, 'rules.importDraft', { json: draftJson('2028') }) },
  {
    action: 'rules.discardDraft',
    run: () => call(DRAFTER, 'rules.discardDraft', { ...DRAFT, version: '2028', revision: 1 }),
  },
  {
    action: 'rules.publish',
    run: () => call(PUBLISHER, 'rules.publish', { ...DRAFT, revision: 2, effectiveFrom: '2027-01-01' }),
  },
]

/** What is computed from the rules and the calendar follows at once, not at the next round. */
const NUDGING = ['calendar.record', 'rules.publish']

async function entriesSince(seq: number): Promise<{ action: string; outcome: string; at: string; isWhole: boolean }[]> {
  const { rows } = await database.pool.query<{ action: string; outcome: string; at: string; isWhole: boolean }>(
    `select action, outcome, (extract(epoch from at) * 1000)::bigint::text as at,
       actor_kind is not null and actor_id is not null and address is not null and object is not null as "isWhole"
     from audit_entry where seq > $1`,
    [seq],
  )
  return rows
}

async function lastSeq(): Promise<number> {
  const { rows } = await database.pool.query<{ seq: string }>('select coalesce(max(seq), 0) as seq from audit_entry')
  return Number(rows[0]?.seq ?? 0)
}

const FUNCTION = 'function append_audit(text)'

describe('a change', () => {
  it('is tried, whichever it is', () => {
    const tried = [...STEPS.map(({ action }) => action), ...ELSEWHERE]
    const mutations = listProcedures().flatMap(({ path, type }) => (type === 'mutation' ? [path] : []))
    expect(mutations.filter((path) => !tried.includes(path))).toEqual([])
  })

  it.each(STEPS)(
    '$action leaves one entry, and is not made without it',
    async ({ action, isNamed: isWhole = true, keep, prepare, run }) => {
      const user = await prepare?.()
      // Keeps the sessions that are asked with alive, which is no change of anything else.
      await world.ask(user ?? SYSTEM, askProcedure('session.get', 'query', undefined))
      const before = await digestFacts(database)
      const start = await lastSeq()
      await database.pool.query(`revoke execute on ${FUNCTION} from zhidu_app`)
      const nudges = world.nudges()
      const failed = await run(user)
      await database.pool.query(`grant execute on ${FUNCTION} to zhidu_app`)
      expect(failed.status).toBe(500)
      expect(await digestFacts(database)).toBe(before)
      expect(await lastSeq()).toBe(start)
      expect(world.nudges()).toBe(nudges)

      const done = await run(user)
      expect(done.text).not.toContain('"error"')
      expect(await entriesSince(start)).toEqual([{ action, outcome: 'done', at: String(NOW), isWhole }])
      expect(world.nudges() - nudges).toBe(NUDGING.includes(action) ? 1 : 0)
      keep?.(done)
    },
  )

  it('of a session: one of the own is ended with one entry', async () => {
    const { rows } = await database.pool.query<{ id: string }>(
      `insert into session select gen_random_uuid(), account_id, sha256('another'), created_at, last_seen_at, idle_until,
         absolute_until, address, user_agent, auth_level from session where session_id = $1 returning session_id as id`,
      [CLERK.sessionId],
    )
    const start = await lastSeq()
    expect((await call(CLERK, 'session.revoke', { sessionId: rows[0]?.id ?? NO_UUID })).status).toBe(200)
    expect(await entriesSince(start)).toEqual([
      { action: 'session.revoke', outcome: 'done', at: String(NOW), isWhole: true },
    ])
  })

  it('of facts by a file: one entry, and no row without it', async () => {
    const first = await world.upload(CLERK, 'checks', findingRows('checks', 'T'))
    const before = await digestFacts(database)
    const start = await lastSeq()
    await database.pool.query(`revoke execute on ${FUNCTION} from zhidu_app`)
    await call(CLERK, 'import.commit', { importId: first.importId, acceptValid: true })
    const failed = await waitForJob(world, CLERK, first.importId)
    await database.pool.query(`grant execute on ${FUNCTION} to zhidu_app`)
    expect(failed.text).toContain('"phase":"failed"')
    expect(await digestFacts(database)).toBe(before)
    const second = await world.upload(CLERK, 'checks', findingRows('checks', 'T'))
    await call(CLERK, 'import.commit', { importId: second.importId, acceptValid: true })
    expect((await waitForJob(world, CLERK, second.importId)).text).toContain('"phase":"done"')
    expect(await entriesSince(start)).toEqual([
      { action: 'import.commit', outcome: 'done', at: String(NOW), isWhole: true },
    ])
    // A file that was never written leaves nothing.
    const third = await world.upload(CLERK, 'checks', findingRows('checks', 'V'))
    const after = await digestFacts(database)
    expect((await call(CLERK, 'import.cancel', { importId: third.importId })).status).toBe(200)
    expect(await digestFacts(database)).toBe(after)
  })
})
