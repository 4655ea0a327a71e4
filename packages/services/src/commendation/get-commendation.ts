import type { COMMENDATION_BARRIERS, CommendationDecision, CommendationInput, CommendationPage } from '@zhidu/contract'
import {
  type ListStepKind,
  listStageOf,
  maskNumbers,
  nextListSteps,
  type ProposedUnit,
  refusesListStep,
  toLocalIso,
} from '@zhidu/domain'
import type { ServiceContext } from '../context.ts'
import { loadNames, officeOf } from '../draw/office.ts'
import { toPoints } from '../league/shape.ts'
import { toFourPlaces } from '../league/ranges/shape-ranges.ts'
import { scopeDay, withSnapshot } from '../snapshot.ts'
import { type LoadedDecision, type LoadedLists, loadLists } from './load-lists.ts'
import { loadProposal } from './load-proposal.ts'

type Barrier = (typeof COMMENDATION_BARRIERS)[number]

function toDecision(loaded: LoadedDecision | null): CommendationDecision | null {
  if (loaded === null) return null
  const { names, step } = loaded
  return {
    at: toLocalIso(step.at),
    by: step.byName,
    note: step.note === null ? null : maskNumbers(step.note),
    frozenVersion: step.frozenVersion,
    asOf: toLocalIso(step.asOf),
    names: names.map(
      ({ barrier, certainty, isNamed, isProposed, kind, name, namedCode, probability, rank, reason, score }) => ({
        kind,
        unitCode: namedCode,
        name,
        rank,
        score: toPoints(score),
        probability: toFourPlaces(probability),
        certainty,
        barrier,
        isProposed,
        isNamed,
        reason: reason === null ? null : maskNumbers(reason),
      }),
    ),
  }
}

function barrierOf(
  ctx: ServiceContext,
  { decision, steps }: LoadedLists,
  kind: ListStepKind,
  frozenVersion: number | null,
): Barrier | null {
  const { actor } = ctx
  const needed = kind === 'decided' ? 'assessments.prepare' : 'assessments.approve'
  if (actor.kind !== 'account' || actor.viewer !== null || !actor.permissions.has(needed)) return 'role'
  const taken = steps.map((step) => ({ kind: step.kind, by: step.byId }))
  if (refusesListStep(taken, { kind, by: actor.accountId, hasNote: true }) === 'same_person') return 'same_person'
  return kind === 'confirmed' && decision?.step.frozenVersion !== frozenVersion ? 'stale' : null
}

function toPlace({ barrier, certainty, isEnd, isProposed, probability }: ProposedUnit) {
  return { probability: toFourPlaces(probability), certainty, isEnd, barrier, isProposed }
}

/**
 * 表扬和通报批评名单 of the reader's office: whom the rules name, whom it decided on, and what comes next. Throws ServiceError `not_found`
 * for a group without a unit in reach, `forbidden` for one that is not whole in reach or for whoever is of no office.
 */
export async function getCommendation(ctx: ServiceContext, input: CommendationInput): Promise<CommendationPage> {
  const { unitCode } = officeOf(ctx)
  const { group, quarter } = input
  const { frozenVersion, minimumActivity, proposed, provenance, rangeOf, units } = await loadProposal(ctx, input)
  const [praise, criticism] = [proposed.praise, proposed.criticism].map(
    (some) => new Map(some.map((one) => [one.unitCode, one])),
  )
  return await withSnapshot(ctx, scopeDay(quarter, ctx.clock()), async (db) => {
    const lists = await loadLists(db, { unitCode, quarter, group })
    const stage = listStageOf(lists.steps)
    return {
      quarter,
      group,
      officeName: (await loadNames(db, ctx))(unitCode),
      provenance,
      frozenVersion,
      stage,
      minimumActivity,
      units: units.flatMap(({ name, score, unitCode: code }) => {
        const [first, last, range] = [praise?.get(code), criticism?.get(code), rangeOf.get(code)]
        if (first === undefined || last === undefined || range === undefined) return []
        const { activity, isTied: tied, rank } = first
        const places = { praise: toPlace(first), criticism: toPlace(last) }
        return [{ unitCode: code, name, score: toPoints(score), rank, tied, range, activity, ...places }]
      }),
      decision: toDecision(lists.decision),
      confirmed: toDecision(lists.confirmed),
      steps: lists.steps.map(({ at, byName, kind, note }) => ({
        kind,
        at: toLocalIso(at),
        by: byName,
        note: note === null ? null : maskNumbers(note),
      })),
      next: nextListSteps(stage).map((kind) => ({ kind, barredBy: barrierOf(ctx, lists, kind, frozenVersion) })),
    }
  })
}
