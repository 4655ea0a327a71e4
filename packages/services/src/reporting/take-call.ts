import { createHash } from 'node:crypto'
import { toCanonicalJson } from '@zhidu/audit'
import type { CandidatesInput, EventCandidates, TakeCallInput, TakenCall } from '@zhidu/contract'
import {
  asReadonly,
  type Db,
  insertPhoneRecord,
  listCases,
  listEventCodesLike,
  listPhoneRecords,
  listReportContents,
  loadCaseFacts,
  type PhoneRecordRow,
} from '@zhidu/db'
import {
  DAY_MS,
  localDateOf,
  needsCallReason,
  quarterRange,
  quarterOf,
  type ReportFact,
  refusesTimes,
  toEventCode,
  toLocalIso,
  toQuarter,
} from '@zhidu/domain'
import { withChange } from '../audit/record-audit.ts'
import type { ServiceContext } from '../context.ts'
import { loadNames, officeOf } from '../draw/office.ts'
import { lockFacts } from '../facts-lock.ts'
import { loadUnitsInReach } from '../inspection/units-in-reach.ts'
import { toReportFact } from '../league/to-report-fact.ts'
import { ServiceError } from '../service-error.ts'
import { withSnapshot } from '../snapshot.ts'
import { assertAfterLearned } from './check-document.ts'
import { findFilingRules, loadEventFiling, loadOpenUnit, loadRegulationAt } from './load-filing.ts'
import { BY_PHONE, putReport } from './put-report.ts'

/** Events that a call may be about. */
const CANDIDATE_DAYS = 7
const MOST_CANDIDATES = 20

/** Throws ServiceError `invalid` for a unit that is not one level below. */
export async function assertBelow(trx: Db, ctx: ServiceContext, unitCode: string): Promise<void> {
  const { below } = await loadUnitsInReach(asReadonly(trx), officeOf(ctx).unitCode, ctx.clock())
  if (!below.has(unitCode)) throw new ServiceError('invalid', 'report_of_other_unit')
}

interface Instants {
  readonly beganAt: number
  readonly occurredAt: number
  readonly learnedAt: number
}

/** Throws ServiceError `invalid` for times that cannot be, and for a late entry without a reason. */
function readTimes(input: TakeCallInput, now: number): Instants {
  const beganAt = input.beganAt === null ? now : Date.parse(input.beganAt)
  const [occurredAt, learnedAt] = [Date.parse(input.occurredAt), Date.parse(input.learnedAt)]
  if (beganAt > now) throw new ServiceError('invalid', 'report_future')
  const refusal = refusesTimes({ occurredAt, learnedAt, phonedAt: beganAt }, now)
  if (refusal === 'phoned_before_learned') throw new ServiceError('invalid', 'report_call_before_learned')
  if (refusal !== null) throw new ServiceError('invalid', `report_${refusal}`)
  if (needsCallReason(beganAt, now) && input.earlierReason === null) {
    throw new ServiceError('invalid', 'report_call_reason')
  }
  return { beganAt, occurredAt, learnedAt }
}

async function findKnown(trx: Db, { eventCode, unitCode }: TakeCallInput): Promise<ReportFact | undefined> {
  if (eventCode === null) return undefined
  const { reports } = await loadEventFiling(asReadonly(trx), { eventCode, unitCode })
  const known = reports.find(({ stage }) => stage === 'first')
  if (known === undefined) throw new ServiceError('not_found', 'report_event_unknown')
  return known
}

async function newEventCode(trx: Db, unitCode: string, at: number): Promise<string> {
  const start = toEventCode(unitCode, localDateOf(at), 0).slice(0, -2)
  const taken = await listEventCodesLike(asReadonly(trx), unitCode, start)
  const numbers = taken.map((code) => Number(code.slice(start.length))).filter(Number.isInteger)
  return toEventCode(unitCode, localDateOf(at), Math.max(0, ...numbers) + 1)
}

function toTaken(row: PhoneRecordRow, frozenQuarters: readonly string[]): TakenCall {
  return {
    recordId: row.recordId,
    eventCode: row.eventCode,
    beganAt: toLocalIso(row.beganAt),
    recordedAt: toLocalIso(row.recordedAt),
    frozenQuarters: frozenQuarters.map((quarter) => toQuarter(quarter)),
  }
}

/** The row that bears the call: that of a first report on record, else a new one that was never written. */
function toFact(
  known: ReportFact | undefined,
  input: TakeCallInput,
  times: Instants,
  calls: readonly number[],
): ReportFact {
  const phonedAt = Math.min(times.beganAt, ...calls)
  if (known !== undefined) return { ...known, phonedAt }
  const { category, level, unitCode } = input
  const { learnedAt, occurredAt } = times
  const told = { eventCode: '', unitCode, stage: 'first' as const, sequence: 0, category, level, occurredAt, learnedAt }
  return { ...told, phonedAt, writtenAt: null, elements: [] }
}

/**
 * 值班电话记录: a call that this office took from a unit one level below. It opens an event, or joins one on record, and is the call that
 * counts there. The same record again gives the same answer. Throws ServiceError `invalid` or `not_found`.
 */
export function takeCall(ctx: ServiceContext, input: TakeCallInput): Promise<TakenCall> {
  return withChange(ctx, { action: 'report.take', object: `phone-record/${input.recordId}` }, async (trx, note) => {
    const { author, unitCode: officeCode } = officeOf(ctx)
    await lockFacts(trx)
    const { callerName, callerPhone, callerPost, course, earlierReason, handling, place, recordId, toldTo, unitCode } =
      input
    const [again] = await listPhoneRecords(asReadonly(trx), { recordId })
    if (again !== undefined) return toTaken(again, [])
    await assertBelow(trx, ctx, unitCode)
    const { tier } = await loadOpenUnit(asReadonly(trx), ctx, unitCode)
    const times = readTimes(input, author.at)
    const known = await findKnown(trx, input)
    if (known === undefined) {
      const regulation = await loadRegulationAt(trx, times.learnedAt)
      if (findFilingRules(regulation, { ...input, tier }) === null)
        throw new ServiceError('invalid', 'report_level_unruled')
    }
    const eventCode = input.eventCode ?? (await newEventCode(trx, unitCode, author.at))
    const earlier = await listPhoneRecords(asReadonly(trx), { unitCode, eventCodes: [eventCode] })
    const calls = earlier.map(({ beganAt }) => beganAt)
    const fact = { ...toFact(known, input, times, calls), eventCode }
    assertAfterLearned(fact)
    const sha256 = createHash('sha256').update(toCanonicalJson(input)).digest('hex')
    const by = { author, unitCode: officeCode, code: `${BY_PHONE}${recordId}`, sha256 }
    const frozen = await putReport(trx, fact, by)
    const officeName = (await loadNames(asReadonly(trx), ctx))(officeCode)
    const said = { callerName, callerPost, callerPhone, place, course, toldTo, handling, earlierReason }
    const { category, level } = input
    const row = { ...said, ...times, category, level, recordId, unitCode, officeCode, officeName, eventCode }
    await insertPhoneRecord(trx, row, author)
    note.detail = { eventCode, unitCode, beganAt: toLocalIso(times.beganAt), isNew: known === undefined, earlierReason }
    return toTaken({ ...row, recordedAt: author.at, byName: author.name, byId: author.id }, frozen)
  })
}

/** Events of a unit that a call may be about: of the last days, without a final report, newest first. */
export function listCallCandidates(ctx: ServiceContext, { unitCode }: CandidatesInput): Promise<EventCandidates> {
  const now = ctx.clock()
  return withSnapshot(ctx, localDateOf(now), async (db) => {
    const range = { from: now - CANDIDATE_DAYS * DAY_MS, to: quarterRange(quarterOf(now)).to }
    const filter = { unitCodes: [unitCode], range, level: null, codePart: null }
    const cases = await listCases(db, filter, null, MOST_CANDIDATES)
    const { reports } = await loadCaseFacts(db, cases)
    const contents = await listReportContents(db, { unitCodes: [unitCode], limit: MOST_CANDIDATES * 4 })
    const calls = await listPhoneRecords(db, { unitCode, eventCodes: cases.map(({ eventCode }) => eventCode) })
    const items = cases.flatMap(({ eventCode }) => {
      const own = reports.filter((one) => one.eventCode === eventCode).map(toReportFact)
      const first = own.find(({ stage }) => stage === 'first')
      if (first === undefined || own.some(({ stage }) => stage === 'final')) return []
      const words =
        contents.find((one) => one.eventCode === eventCode) ?? calls.find((one) => one.eventCode === eventCode)
      return [
        {
          eventCode,
          category: first.category,
          level: first.level,
          occurredAt: toLocalIso(first.occurredAt),
          learnedAt: toLocalIso(first.learnedAt),
          hasFirst: first.writtenAt !== null,
          phonedAt: first.phonedAt === null ? null : toLocalIso(first.phonedAt),
          place: words === undefined || words.place === '' ? null : words.place,
        },
      ]
    })
    return { now: toLocalIso(now), items }
  })
}
