import { createHash } from 'node:crypto'
import { type HandleMisreportInput, misreportBasis } from '@zhidu/contract'
import { asReadonly, type Db } from '@zhidu/db'
import {
  addWorkdays,
  findDeductionRule,
  localDateOf,
  type MisreportKind,
  needsSecond,
  quarterOf,
  type Regulation,
  unitPeriodOn,
} from '@zhidu/domain'
import { type ChangeNote, withChange } from '../audit/record-audit.ts'
import type { ServiceContext } from '../context.ts'
import { officeOf } from '../draw/office.ts'
import { recordFacts } from '../recorded-fact/record-facts.ts'
import { loadRoster } from '../league/load-roster.ts'
import { loadRules } from '../rules/load-rules.ts'
import { ServiceError } from '../service-error.ts'
import { judgeMisreport, listReportsOf, loadRegulationOf } from './judge-case.ts'
import type { LoadedMisreport } from './load-misreport.ts'
import { addMisreportStep, loadForMisreportStep, noteMisreportStep } from './take-step.ts'

type Detail = ChangeNote['detail']

/** What stands confirmed. */
interface Confirmation {
  readonly kind: MisreportKind
  readonly sharePercent: number | null
}

function labelOf({ clauses }: Regulation, id: string | undefined): string | null {
  return clauses.find((clause) => clause.id === id)?.label ?? null
}

async function clauseOf(trx: Db, { row }: LoadedMisreport, kind: MisreportKind, regulation: Regulation, now: number) {
  const { periodsOf } = await loadRoster(asReadonly(trx))
  const period = unitPeriodOn(periodsOf.get(row.unitCode) ?? [], localDateOf(now))
  return period === null
    ? undefined
    : findDeductionRule(regulation, kind, { tier: period.tier, dutyMode: null })?.clause
}

/** Puts what stands confirmed on record by the door of imports: it counts from 00:00 of today. */
async function recordMisreport(
  trx: Db,
  ctx: ServiceContext,
  loaded: LoadedMisreport,
  as: Confirmation,
): Promise<Detail> {
  const { author, unitCode: officeCode } = officeOf(ctx)
  const { caseCode, eventCode, unitCode } = loaded.row
  const { regulation } = await loadRules(asReadonly(trx), quarterOf(author.at))
  const clause = await clauseOf(trx, loaded, as.kind, regulation, author.at)
  const basis = misreportBasis({
    clauseLabel: labelOf(regulation, clause),
    caseCode,
    sharePercent: as.sharePercent,
    correctionLabel: labelOf(regulation, regulation.honestCorrection?.clause),
  })
  const sha256 = createHash('sha256').update(JSON.stringify(loaded.steps)).digest('hex')
  const values = [caseCode, unitCode, eventCode, as.kind, localDateOf(author.at), basis, as.sharePercent]
  const fact = {
    kind: 'misreports' as const,
    code: caseCode,
    rows: [values],
    isNew: true,
    refusedAs: 'misreport_refused',
  }
  const frozen = await recordFacts(trx, fact, { name: author.name, unitCode: officeCode, at: author.at, sha256 })
  return { recorded: as.kind, share: as.sharePercent, afterFreezeOf: [...frozen] }
}

type Confirm = Extract<HandleMisreportInput, { kind: 'confirmed' }>

/** What counts of the points: what the rule leaves, where it may be asked for. Throws ServiceError `conflict` where it may not. */
async function judgeShare(trx: Db, ctx: ServiceContext, loaded: LoadedMisreport, { as, isReduced }: Confirm) {
  const db = asReadonly(trx)
  const regulation = await loadRegulationOf(db, loaded, ctx.clock())
  const { correction, mayCount, tolerance } = judgeMisreport(loaded, as, {
    regulation,
    reports: await listReportsOf(db, loaded),
  })
  if (isReduced && mayCount === null) throw new ServiceError('conflict', 'misreport_no_reduction')
  const isTolerated = tolerance?.verdict === 'within' || tolerance?.verdict === 'corrected'
  const isAgainstRule = isTolerated || (!isReduced && correction?.verdict === 'honest')
  return { sharePercent: isReduced ? mayCount : null, isAgainstRule }
}

async function confirm(trx: Db, ctx: ServiceContext, loaded: LoadedMisreport, input: Confirm): Promise<Detail> {
  const { as, note } = input
  if (loaded.standing.state === 'opened') throw new ServiceError('conflict', 'misreport_notify_first')
  const { isAgainstRule, sharePercent } = await judgeShare(trx, ctx, loaded, input)
  const { lastDay } = loaded.standing
  await addMisreportStep(trx, ctx, loaded, {
    kind: 'confirmed',
    note,
    lastDay,
    confirmedAs: as,
    sharePercent,
    isAgainstRule,
  })
  const detail = { step: 'confirmed', as, share: sharePercent, reason: note, isAgainstRule }
  if (needsSecond(as)) return { ...detail, waitsForSecond: true }
  return { ...detail, ...(await recordMisreport(trx, ctx, loaded, { kind: as, sharePercent })) }
}

async function countersign(
  trx: Db,
  ctx: ServiceContext,
  loaded: LoadedMisreport,
  note: string | null,
): Promise<Detail> {
  await addMisreportStep(trx, ctx, loaded, { kind: 'countersigned', note })
  const decision = loaded.steps.findLast(({ kind }) => kind === 'confirmed')
  if (decision === undefined || decision.confirmedAs === null) throw new RangeError('signed what nobody confirmed')
  const { confirmedAs: kind, sharePercent } = decision
  return { step: 'countersigned', ...(await recordMisreport(trx, ctx, loaded, { kind, sharePercent })) }
}

async function notify(trx: Db, ctx: ServiceContext, loaded: LoadedMisreport): Promise<Detail> {
  const { holidays, regulation } = await loadRules(asReadonly(trx), quarterOf(ctx.clock()))
  const { explanationWorkingDays: workingDays } = regulation.dueProcess
  const { lastDay } = addWorkdays(localDateOf(ctx.clock()), workingDays, holidays)
  await addMisreportStep(trx, ctx, loaded, { kind: 'notified', lastDay, workingDays })
  return { step: 'notified', lastDay }
}

function take(trx: Db, ctx: ServiceContext, loaded: LoadedMisreport, input: HandleMisreportInput): Promise<Detail> {
  switch (input.kind) {
    case 'notified':
      return notify(trx, ctx, loaded)
    case 'confirmed':
      return confirm(trx, ctx, loaded, input)
    case 'countersigned':
      return countersign(trx, ctx, loaded, input.note)
    case 'supplemented': {
      const { figures, files, kind, note } = input
      const given = { kind, note, files, figures: figures === null ? null : JSON.stringify(figures) }
      return addMisreportStep(trx, ctx, loaded, given).then(() => ({ step: kind, files }))
    }
    case 'dismissed':
    case 'declined': {
      const { kind, note } = input
      return addMisreportStep(trx, ctx, loaded, { kind, note }).then(() => ({ step: kind, reason: note }))
    }
  }
}

/**
 * A step of the office: 补充, 下发通知, 认定, 不予认定, 复核确认, 复核退回. What stands confirmed, 谎报 and 瞒报 with the second signature, goes on
 * record in the same transaction. Throws ServiceError `not_found`, `forbidden` for whoever opened or signed it already, `conflict`
 * for what does not come next and for a reduction that the rules do not give.
 */
export function handleMisreport(ctx: ServiceContext, input: HandleMisreportInput): Promise<void> {
  const what = { action: 'misreport.handle', object: `misreport/${input.caseId}` }
  return withChange(ctx, what, async (trx, note) => {
    const loaded = await loadForMisreportStep(trx, ctx, input)
    noteMisreportStep(note, loaded, await take(trx, ctx, loaded, input))
  })
}
