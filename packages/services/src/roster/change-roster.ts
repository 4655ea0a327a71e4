import { createHash, randomUUID } from 'node:crypto'
import type {
  PlanRosterInput,
  ReplaceInShiftInput,
  RosterChanged,
  SwapShiftsInput,
  WithdrawShiftsInput,
} from '@zhidu/contract'
import { asReadonly, type Db, insertRosterChange, listRosterAsKnown, toInstantText } from '@zhidu/db'
import {
  DAY_MS,
  localDateOf,
  MAX_SHIFT_DAYS,
  refusesPlan,
  replaceInShift,
  type RosterChange,
  type RosterChangeKind,
  type RosterShiftFact,
  type ShiftKey,
  type ShiftVersion,
  type Span,
  swapShifts,
  withdrawShifts,
} from '@zhidu/domain'
import { type ChangeNote, withChange } from '../audit/record-audit.ts'
import type { ServiceContext } from '../context.ts'
import { officeOf } from '../draw/office.ts'
import { lockFacts } from '../facts-lock.ts'
import { recordFacts } from '../recorded-fact/record-facts.ts'
import { ServiceError } from '../service-error.ts'
import { keeperOf } from './keeper.ts'

type Words = Pick<SwapShiftsInput, 'askedBy' | 'agreedBy' | 'reason'>
type Act = {
  readonly unitCode: string
  readonly kind: RosterChangeKind
  readonly said: { readonly [Key in keyof Words]: string | null }
}

/** Longest that a shift which somebody changes can last beyond its start. */
const AROUND_MS = MAX_SHIFT_DAYS * DAY_MS

/** What stands on the roster around some instants, as it is known now. */
async function loadPresent(trx: Db, ctx: ServiceContext, unitCode: string, starts: readonly number[]) {
  const [from, until] = [Math.min(...starts), Math.max(...starts) + AROUND_MS]
  const asked = { unitCodes: [unitCode], at: from, until, knownAt: ctx.clock() }
  return await listRosterAsKnown(asReadonly(trx), asked)
}

function toKey({ person, role, startsAt }: { person: string; role: ShiftKey['role']; startsAt: string }): ShiftKey {
  return { role, person, startsAt: Date.parse(startsAt) }
}

/** Short, and not repeated within a unit's day. */
function codeOf(changeId: string, at: number): string {
  return `ZB-${localDateOf(at).replaceAll('-', '')}-${changeId.slice(0, 8)}`
}

/** Writes the versions as an import would, and the act beside them. */
async function write(
  trx: Db,
  ctx: ServiceContext,
  act: Act,
  change: { readonly versions: readonly ShiftVersion[]; readonly span: Span; readonly isLate: boolean },
): Promise<RosterChanged> {
  const { author, unitCode } = officeOf(ctx)
  const [changeId, importId] = [randomUUID(), randomUUID()]
  const changeCode = codeOf(changeId, author.at)
  const rows = change.versions.map(({ endsAt, isWithdrawn, person, phone, post, role, startsAt }) => [
    unitCode,
    role,
    toInstantText(startsAt),
    toInstantText(endsAt),
    person,
    post,
    phone,
    isWithdrawn,
  ])
  const sha256 = createHash('sha256')
    .update(JSON.stringify({ ...act, rows }))
    .digest('hex')
  const fact = { kind: 'rosters', code: changeCode, rows, isNew: false, importId, refusedAs: 'roster_refused' } as const
  await recordFacts(trx, fact, { name: author.name, unitCode, at: author.at, sha256 })
  const { from, to } = change.span
  const row = { changeId, changeCode, unitCode, kind: act.kind, from, to, isLate: change.isLate, importId, ...act.said }
  await insertRosterChange(trx, row, author)
  return { changeCode, isLate: change.isLate, written: rows.length }
}

/** Throws ServiceError `conflict` for what the rules refuse. */
function accepted(change: RosterChange): Extract<RosterChange, { readonly kind: 'change' }> {
  if (change.kind === 'refused') throw new ServiceError('conflict', `roster_${change.refusal}`)
  return change
}

/** Runs an act under the lock of facts; `present` are the shifts it is about. */
function takeAct(
  ctx: ServiceContext,
  action: string,
  act: Act & { readonly starts: readonly number[] },
  decide: (present: readonly RosterShiftFact[], now: number) => Parameters<typeof write>[3],
): Promise<RosterChanged> {
  const { starts, ...said } = act
  return withChange(ctx, { action, object: `unitCode/${act.unitCode}` }, async (trx, note: ChangeNote) => {
    const { author } = await keeperOf(asReadonly(trx), ctx, act.unitCode)
    await lockFacts(trx)
    const change = decide(await loadPresent(trx, ctx, act.unitCode, starts), author.at)
    const result = await write(trx, ctx, said, change)
    note.detail = { ...result, reason: act.said.reason }
    return result
  })
}

const NOTHING_SAID = { askedBy: null, agreedBy: null }

/** Puts shifts on the own roster that have not begun: one, a rotation, or a month copied. Throws ServiceError `conflict` for others. */
export function planRoster(ctx: ServiceContext, { reason, shifts, unitCode }: PlanRosterInput): Promise<RosterChanged> {
  const planned = shifts.map(({ endsAt, startsAt, ...who }) => ({
    ...who,
    startsAt: Date.parse(startsAt),
    endsAt: Date.parse(endsAt),
  }))
  const starts = planned.map(({ startsAt }) => startsAt)
  const act = { unitCode, kind: 'planned', said: { ...NOTHING_SAID, reason }, starts } as const
  return takeAct(ctx, 'roster.plan', act, (present, now) => {
    const refusal = refusesPlan(planned, present, now)
    if (refusal !== null) throw new ServiceError('conflict', `roster_${refusal}`)
    const span = { from: Math.min(...starts), to: Math.max(...planned.map(({ endsAt }) => endsAt)) }
    return { versions: planned.map((one) => ({ ...one, isWithdrawn: false })), span, isLate: false }
  })
}

/** Takes own shifts back that have not begun, with a reason. Throws ServiceError `conflict` for others. */
export function withdrawRoster(
  ctx: ServiceContext,
  { reason, shifts, unitCode }: WithdrawShiftsInput,
): Promise<RosterChanged> {
  const keys = shifts.map(toKey)
  const starts = keys.map(({ startsAt }) => startsAt)
  const act = { unitCode, kind: 'withdrawn', said: { ...NOTHING_SAID, reason }, starts } as const
  return takeAct(ctx, 'roster.withdraw', act, (present, now) => accepted(withdrawShifts(present, keys, now)))
}

/** 换班: two people change places in shifts that have not begun. Throws ServiceError `conflict` for others. */
export function swapRoster(ctx: ServiceContext, input: SwapShiftsInput): Promise<RosterChanged> {
  const { agreedBy, askedBy, first, reason, second, unitCode } = input
  const keys = [toKey(first), toKey(second)] as const
  const starts = keys.map(({ startsAt }) => startsAt)
  const act = { unitCode, kind: 'swapped', said: { askedBy, agreedBy, reason }, starts } as const
  return takeAct(ctx, 'roster.swap', act, (present, now) => accepted(swapShifts(present, keys, now)))
}

/**
 * 替班: somebody stands in for a shift or a part of it, before or after it began; afterwards it is marked as late and what was known
 * before stays known. Throws ServiceError `conflict` for what the rules refuse.
 */
export function replaceRoster(ctx: ServiceContext, input: ReplaceInShiftInput): Promise<RosterChanged> {
  const { agreedBy, askedBy, person, phone, post, reason, shift, unitCode } = input
  const key = toKey(shift)
  const span = { from: Date.parse(input.from), to: Date.parse(input.to) }
  const act = { unitCode, kind: 'replaced', said: { askedBy, agreedBy, reason }, starts: [key.startsAt] } as const
  return takeAct(ctx, 'roster.replace', act, (present, now) =>
    accepted(replaceInShift(present, { key, by: { person, post, phone }, span }, now)),
  )
}
