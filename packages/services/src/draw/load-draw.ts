import { DrawPlanDocument, DrawSeed, type DrawItem, type DrawState } from '@zhidu/contract'
import {
  asReadonly,
  type Db,
  type DrawPlanRow,
  type DrawRow,
  type DrawStepRow,
  insertDrawStep,
  listDrawPlans,
  listDraws,
  listDrawSteps,
  lockForTransaction,
  type ReadonlyDb,
} from '@zhidu/db'
import { hashText } from '@zhidu/draw'
import { toLocalIso } from '@zhidu/domain'
import { type ChangeNote, withChange } from '../audit/record-audit.ts'
import type { ServiceContext } from '../context.ts'
import { ServiceError } from '../service-error.ts'
import { type Office, officeOf } from './office.ts'

type StepKind = DrawStepRow['kind']

/** A draw with all that happened in it. */
export interface LoadedDraw {
  readonly row: DrawRow
  readonly seed: DrawSeed
  readonly plan: DrawPlanRow
  readonly document: DrawPlanDocument
  readonly steps: readonly DrawStepRow[]
  readonly state: DrawState
  /** Null = not frozen. */
  readonly pool: string | null
  /** With every substitution behind it; null = not drawn. */
  readonly certificate: string | null
}

export function stateOf(steps: readonly Pick<DrawStepRow, 'kind'>[]): DrawState {
  const done = new Set(steps.map(({ kind }) => kind))
  for (const kind of ['voided', 'disclosed', 'drawn', 'frozen'] as const) if (done.has(kind)) return kind
  return 'declared'
}

function textOf(steps: readonly DrawStepRow[], kinds: readonly StepKind[]): string | null {
  const parts = steps.flatMap(({ content, kind }) => (kinds.includes(kind) && content !== null ? [content] : []))
  return parts.length === 0 ? null : parts.join('')
}

/** Throws ServiceError `not_found` for a draw that is not there, or out of reach. */
export async function loadDraw(db: ReadonlyDb, drawId: string): Promise<LoadedDraw> {
  const [row] = await listDraws(db, drawId)
  if (row === undefined) throw new ServiceError('not_found', 'draw_unknown')
  const plans = await listDrawPlans(db, { planId: row.planId })
  const plan = plans.find(({ version }) => version === row.planVersion)
  if (plan === undefined) throw new RangeError('a draw without its plan')
  const steps = await listDrawSteps(db, { drawIds: [drawId], withContent: true })
  return {
    row,
    seed: DrawSeed.parse(row.seed),
    plan,
    document: readDocument(plan),
    steps,
    state: stateOf(steps),
    pool: textOf(steps, ['frozen']),
    certificate: textOf(steps, ['drawn', 'substituted']),
  }
}

export function readDocument({ document }: Pick<DrawPlanRow, 'document'>): DrawPlanDocument {
  return DrawPlanDocument.parse(JSON.parse(document))
}

/** One officer's commitment or secret, as its step holds it. */
export function listOfficerSteps<T>(
  steps: readonly DrawStepRow[],
  kind: 'committed' | 'revealed',
): (T & { byId: string })[] {
  return steps.flatMap((step) =>
    // Safe: what takeStep wrote for that kind.
    step.kind === kind ? [{ ...(JSON.parse(step.content ?? '{}') as T), byId: step.byId }] : [],
  )
}

export function toDrawItem(
  row: DrawRow,
  steps: readonly DrawStepRow[],
  about: { readonly title: string; readonly officeName: string; readonly ownCode: string | null },
): DrawItem {
  return {
    drawId: row.drawId,
    title: about.title,
    officeName: about.officeName,
    isOwn: row.unitCode === about.ownCode,
    quarter: row.quarter,
    state: stateOf(steps),
    seedKind: DrawSeed.parse(row.seed).kind,
    declaredAt: toLocalIso(row.declaredAt),
    declaredBy: row.declaredBy,
    poolHash: steps.find(({ kind }) => kind === 'frozen')?.contentHash ?? null,
  }
}

/** A draw of the own office on which the next step is taken; steps of one draw come one after the other. */
export interface DrawAtWork extends LoadedDraw {
  readonly trx: Db
  readonly office: Office
  readonly note: ChangeNote
  take(kind: StepKind, content: string): Promise<void>
}

/** Throws ServiceError `conflict` when the draw is not, or no longer, in one of these states. */
export function assertState({ state }: LoadedDraw, ...states: readonly DrawState[]): void {
  if (!states.includes(state)) throw new ServiceError('conflict', `draw_is_${state}`)
}

/** Takes a step of a draw of the own office. Throws ServiceError `not_found`, or `forbidden` for that of another. */
export function changeDraw(
  ctx: ServiceContext,
  drawId: string,
  action: string,
  work: (draw: DrawAtWork) => Promise<void>,
): Promise<void> {
  return withChange(ctx, { action, object: `draw/${drawId}` }, async (trx, note) => {
    await lockForTransaction(trx, 'draws')
    const draw = await loadDraw(asReadonly(trx), drawId)
    const office = officeOf(ctx)
    if (draw.row.unitCode !== office.unitCode) throw new ServiceError('forbidden', 'draw_of_other_office')
    let seq = draw.steps.length
    const take: DrawAtWork['take'] = async (kind, content) => {
      seq += 1
      const step = { drawId, seq, kind, content, contentHash: hashText(content), unitCode: office.unitCode }
      await insertDrawStep(trx, step, office.author)
    }
    await work({ ...draw, trx, office, note, take })
  })
}
