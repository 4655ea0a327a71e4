import { randomUUID } from 'node:crypto'
import { type HandleLeadInput, omittedNote } from '@zhidu/contract'
import {
  asReadonly,
  type Db,
  insertLeadInquiry,
  insertLeadInquiryStep,
  insertLeadStep,
  type LeadStepRow,
  lockForTransaction,
} from '@zhidu/db'
import {
  addWorkdays,
  type LeadRefusal,
  type LeadSource,
  localDateOf,
  type MisreportSource,
  quarterOf,
  refusesLeadStep,
  toLocalIso,
} from '@zhidu/domain'
import { type ChangeNote, withChange } from '../audit/record-audit.ts'
import type { ServiceContext } from '../context.ts'
import { loadNames, officeOf } from '../draw/office.ts'
import { loadUnitsInReach } from '../inspection/units-in-reach.ts'
import { openMisreportCase } from '../misreport/open-misreport.ts'
import { loadRules } from '../rules/load-rules.ts'
import { ServiceError } from '../service-error.ts'
import { loadTimings } from './get-lead.ts'
import { loadLead, type LoadedLead } from './load-lead.ts'
import { loadMatching, toLeadRecord } from './match-lead.ts'

type Detail = ChangeNote['detail']
type Input<Kind extends HandleLeadInput['kind']> = Extract<HandleLeadInput, { kind: Kind }>
type NewStep = Pick<LeadStepRow, 'kind'> & Partial<LeadStepRow>

/** How the superior learned of it, as the unit may read it in the case: who told it stays with the office. */
const LEARNED_FROM: Readonly<Record<LeadSource, MisreportSource>> = {
  media: 'media',
  website: 'media',
  hotline: 'hotline',
  superior: 'superior',
  department: 'other_system',
  informant: 'other',
}

function refuse(refusal: LeadRefusal): never {
  throw new ServiceError('conflict', `lead_${refusal}`)
}

function assertFollows(ctx: ServiceContext, { isComplete, taken }: LoadedLead, input: HandleLeadInput): void {
  const refusal = refusesLeadStep(isComplete, taken, { kind: input.kind, on: localDateOf(ctx.clock()) })
  if (refusal !== null) refuse(refusal)
}

/** What was listed when a person decides, so that it can be seen how often the first was right. */
async function listedNow(trx: Db, { isComplete, row }: LoadedLead): Promise<string | null> {
  const matching = await loadMatching(asReadonly(trx), isComplete ? [row] : [])
  if (matching === null) return null
  const { candidates, proposed } = matching.matcher.match(toLeadRecord(row))
  return JSON.stringify({
    proposed: proposed?.id ?? null,
    listed: candidates.map(({ bits, id, probability }) => ({ id, bits, probability })),
  })
}

async function addStep(trx: Db, ctx: ServiceContext, loaded: LoadedLead, step: NewStep): Promise<void> {
  const { author, unitCode: officeCode } = officeOf(ctx)
  const isOutcome = step.kind !== 'inquired' && step.kind !== 'reopened'
  await insertLeadStep(
    trx,
    {
      note: null,
      aboutCode: null,
      eventCode: null,
      timing: null,
      inquiryId: null,
      ofLead: null,
      misreportId: null,
      candidates: isOutcome ? await listedNow(trx, loaded) : null,
      ...step,
      leadCode: loaded.row.leadCode,
      position: loaded.steps.length,
      officeCode,
    },
    author,
  )
  if (isOutcome) await closeInquiry(trx, ctx, loaded, step.kind)
}

/** Tells the unit that was asked what came of it. */
async function closeInquiry(
  trx: Db,
  ctx: ServiceContext,
  { inquiry, inquirySteps, standing }: LoadedLead,
  outcome: Exclude<LeadStepRow['kind'], 'inquired' | 'reopened'>,
): Promise<void> {
  const runs = standing.state === 'awaiting_explanation' || standing.state === 'awaiting_decision'
  if (inquiry === null || !runs) return
  const position = inquirySteps.filter(({ inquiryId }) => inquiryId === inquiry.inquiryId).length
  const step = { position, kind: 'closed' as const, note: null, eventCode: null, files: [], outcome }
  await insertLeadInquiryStep(trx, inquiry, step, officeOf(ctx).author)
}

async function takeMatch(trx: Db, ctx: ServiceContext, loaded: LoadedLead, input: Input<'matched'>): Promise<Detail> {
  const db = asReadonly(trx)
  const { eventCode } = input
  const rows = (await loadMatching(db, [loaded.row]))?.rowsOf.get(eventCode)
  // An event outside of the days that are compared is no candidate: where the unit names one, the times of the lead are wrong.
  if (rows === undefined) throw new ServiceError('invalid', 'lead_event_unknown', { eventCode })
  const keys = rows.map(({ unitCode }) => ({ eventCode, unitCode }))
  const timing = (await loadTimings(db, ctx, keys)).get(eventCode)
  if (timing === undefined) throw new ServiceError('conflict', 'lead_event_running', { eventCode })
  await addStep(trx, ctx, loaded, { kind: 'matched', eventCode, timing, aboutCode: rows[0]?.unitCode ?? null })
  return { step: 'matched', eventCode, timing }
}

async function inquire(trx: Db, ctx: ServiceContext, loaded: LoadedLead, input: Input<'inquired'>): Promise<Detail> {
  const db = asReadonly(trx)
  const { author, unitCode: officeCode } = officeOf(ctx)
  const { below } = await loadUnitsInReach(db, officeCode, ctx.clock())
  if (!below.has(input.unitCode)) throw new ServiceError('invalid', 'lead_asks_other_unit')
  const { holidays, regulation } = await loadRules(db, quarterOf(author.at))
  const { explanationWorkingDays: workingDays } = regulation.dueProcess
  const { lastDay } = addWorkdays(localDateOf(author.at), workingDays, holidays)
  const inquiryId = randomUUID()
  const { place, question, toldAt, unitCode } = input
  const row = {
    inquiryId,
    unitCode,
    officeCode,
    officeName: (await loadNames(db, ctx))(officeCode),
    leadCode: loaded.row.leadCode,
    question,
    place,
    toldAt: toldAt === null ? null : Date.parse(toldAt),
    lastDay,
    workingDays,
  }
  const inquiryCode = await insertLeadInquiry(trx, row, Number(localDateOf(author.at).slice(0, 4)), author)
  await addStep(trx, ctx, loaded, { kind: 'inquired', inquiryId, aboutCode: unitCode })
  return { step: 'inquired', inquiryCode, unitCode, lastDay }
}

/** Opens the case, by whose notice, hearing and decision alone anything counts against the unit. */
async function goOn(trx: Db, ctx: ServiceContext, loaded: LoadedLead, { note }: Input<'omitted'>): Promise<Detail> {
  const { inquiry, row } = loaded
  if (inquiry === null) refuse('not_now')
  const { caseCode, caseId } = await openMisreportCase(trx, ctx, {
    unitCode: inquiry.unitCode,
    kind: 'omitted',
    eventCode: null,
    source: LEARNED_FROM[row.source],
    superiorAt: toLocalIso(row.seenAt),
    note: omittedNote({ note, inquiryCode: inquiry.inquiryCode, place: row.place }),
    figures: null,
  })
  await addStep(trx, ctx, loaded, { kind: 'omitted', note, misreportId: caseId, aboutCode: inquiry.unitCode })
  return { step: 'omitted', caseCode, unitCode: inquiry.unitCode }
}

async function setAside(trx: Db, ctx: ServiceContext, loaded: LoadedLead, input: Input<'duplicate'>): Promise<Detail> {
  const { note, ofLead } = input
  if (ofLead === loaded.row.leadCode) throw new ServiceError('invalid', 'lead_of_itself')
  await loadLead(asReadonly(trx), ctx, ofLead)
  await addStep(trx, ctx, loaded, { kind: 'duplicate', ofLead, note })
  return { step: 'duplicate', ofLead }
}

function take(trx: Db, ctx: ServiceContext, loaded: LoadedLead, input: HandleLeadInput): Promise<Detail> {
  switch (input.kind) {
    case 'matched':
      return takeMatch(trx, ctx, loaded, input)
    case 'inquired':
      return inquire(trx, ctx, loaded, input)
    case 'omitted':
      return goOn(trx, ctx, loaded, input)
    case 'duplicate':
      return setAside(trx, ctx, loaded, input)
    default: {
      const { kind, note } = input
      return addStep(trx, ctx, loaded, { kind, note }).then(() => ({ step: kind, reason: note }))
    }
  }
}

/**
 * A step of the office: 认定已报, 发核查通知, 说明成立, 转漏报认定, 不属报送范围, 重复线索, 误传, 重新打开. Throws ServiceError `not_found`, `forbidden`
 * for asking a unit that is not one level below, `conflict` for what does not come next, `invalid` for an event that was not reported.
 */
export function handleLead(ctx: ServiceContext, input: HandleLeadInput): Promise<void> {
  const what = { action: 'lead.handle', object: `lead/${input.leadCode}` }
  return withChange(ctx, what, async (trx, note) => {
    await lockForTransaction(trx, 'leads')
    const loaded = await loadLead(asReadonly(trx), ctx, input.leadCode)
    if (loaded.steps.length !== input.steps) throw new ServiceError('conflict', 'case_moved_on')
    assertFollows(ctx, loaded, input)
    note.detail = await take(trx, ctx, loaded, input)
  })
}
