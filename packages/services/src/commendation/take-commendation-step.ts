import type { ConfirmCommendationInput, DecideCommendationInput, ReturnCommendationInput } from '@zhidu/contract'
import {
  asReadonly,
  type CommendationStepRow,
  type Db,
  insertCommendationStep,
  listFrozenQuarters,
  lockForTransaction,
} from '@zhidu/db'
import { type ListStepKind, type Quarter, refusesChoices, refusesListStep } from '@zhidu/domain'
import { type ChangeNote, withChange } from '../audit/record-audit.ts'
import type { ServiceContext } from '../context.ts'
import { officeOf } from '../draw/office.ts'
import { ServiceError } from '../service-error.ts'
import { loadLists } from './load-lists.ts'
import { loadProposal } from './load-proposal.ts'

type Proposal = Awaited<ReturnType<typeof loadProposal>>
type Names = Parameters<typeof insertCommendationStep>[2]

interface Next {
  readonly kind: ListStepKind
  readonly note: string | null
  readonly names: Names
  /** Epoch ms; null = that of the decision. */
  readonly asOf: number | null
}

async function assertVersion(trx: Db, quarter: Quarter, seen: number | null): Promise<void> {
  const [newest] = await listFrozenQuarters(asReadonly(trx), quarter)
  if ((newest?.version ?? null) !== seen) throw new ServiceError('conflict', 'commendation_stale', { quarter })
}

async function addStep(trx: Db, ctx: ServiceContext, input: ConfirmCommendationInput, next: Next): Promise<void> {
  const { author, unitCode } = officeOf(ctx)
  const { frozenVersion, group, quarter } = input
  const { decision, steps } = await loadLists(asReadonly(trx), { unitCode, quarter, group })
  if (steps.length !== input.steps) throw new ServiceError('conflict', 'case_moved_on')
  const taken = steps.map(({ byId, kind }) => ({ kind, by: byId }))
  const refusal = refusesListStep(taken, { kind: next.kind, by: author.id, hasNote: next.note !== null })
  if (refusal !== null) {
    throw new ServiceError(refusal === 'same_person' ? 'forbidden' : 'conflict', `commendation_${refusal}`)
  }
  await assertVersion(trx, quarter, frozenVersion)
  if (next.kind === 'confirmed' && decision?.step.frozenVersion !== frozenVersion) {
    throw new ServiceError('conflict', 'commendation_stale', { quarter })
  }
  const asOf = next.asOf ?? decision?.step.asOf ?? author.at
  const step: Omit<CommendationStepRow, 'at' | 'byName' | 'byId'> = {
    unitCode,
    quarter,
    group,
    position: steps.length,
    kind: next.kind,
    note: next.note,
    frozenVersion,
    asOf,
  }
  await insertCommendationStep(trx, step, next.names, author)
}

function change(
  ctx: ServiceContext,
  action: string,
  { group, quarter }: ConfirmCommendationInput,
  work: (trx: Db, note: ChangeNote) => Promise<void>,
): Promise<void> {
  const { unitCode } = officeOf(ctx)
  const what = { action: `commendation.${action}`, object: `commendation/${unitCode}/${quarter}`, detail: { group } }
  return withChange(ctx, what, async (trx, note) => {
    await lockForTransaction(trx, 'commendations')
    await work(trx, note)
  })
}

/** What is kept of the choices. Throws ServiceError `conflict` for a veto, `invalid` for what misses a reason or a unit. */
function judgeNames({ frozenVersion, proposed, units }: Proposal, input: DecideCommendationInput): Names {
  if (frozenVersion !== input.frozenVersion) {
    throw new ServiceError('conflict', 'commendation_stale', { quarter: input.quarter })
  }
  const unitOf = new Map(units.map((unit) => [unit.unitCode, unit]))
  const refused = refusesChoices(proposed, input.names)
  if (refused !== null) {
    const { refusal, unitCode } = refused
    const params = { unit: unitOf.get(unitCode)?.name ?? unitCode }
    throw new ServiceError(refusal === 'vetoed' ? 'conflict' : 'invalid', `commendation_${refusal}`, params)
  }
  return input.names.flatMap(({ isNamed, kind, reason, unitCode }): Names => {
    const found = proposed[kind].find((one) => one.unitCode === unitCode)
    const unit = unitOf.get(unitCode)
    if (found === undefined || unit === undefined || (!isNamed && !found.isProposed)) return []
    const { barrier, certainty, isProposed, probability, rank } = found
    const { name, score } = unit
    const known = { name, rank, score, probability, certainty, barrier, isProposed }
    return [{ kind, namedCode: unitCode, ...known, isNamed, reason }]
  })
}

/**
 * 定名单: who is praised and criticised, by one person. Throws ServiceError `conflict` for praise against a veto, for figures that are
 * not those he looked at and for what does not come next; `invalid` where a reason is missing.
 */
export async function decideCommendation(ctx: ServiceContext, input: DecideCommendationInput): Promise<void> {
  const proposal = await loadProposal(ctx, input)
  await change(ctx, 'decide', input, async (trx, note) => {
    const names = judgeNames(proposal, input)
    const { asOf } = proposal
    const { frozenVersion, group, note: why, quarter, steps } = input
    await addStep(trx, ctx, { frozenVersion, group, quarter, steps }, { kind: 'decided', note: why, names, asOf })
    note.detail = {
      group,
      version: frozenVersion,
      names: names.map(({ isNamed, kind, namedCode, reason }) => ({ kind, unit: namedCode, isNamed, reason })),
      ...(why === null ? {} : { reason: why }),
    }
  })
}

/** 复核确认 by a second person, on the figures that were decided on. Throws ServiceError `forbidden` for the same person, `conflict`. */
export function confirmCommendation(ctx: ServiceContext, input: ConfirmCommendationInput): Promise<void> {
  return change(ctx, 'confirm', input, async (trx, note) => {
    await addStep(trx, ctx, input, { kind: 'confirmed', note: null, names: [], asOf: null })
    note.detail = { group: input.group, version: input.frozenVersion }
  })
}

/** 退回 for a reason. Throws ServiceError `conflict` for what does not come next. */
export function returnCommendation(
  ctx: ServiceContext,
  { note: why, ...input }: ReturnCommendationInput,
): Promise<void> {
  return change(ctx, 'return', input, async (trx, note) => {
    await addStep(trx, ctx, input, { kind: 'returned', note: why, names: [], asOf: null })
    note.detail = { group: input.group, reason: why }
  })
}
