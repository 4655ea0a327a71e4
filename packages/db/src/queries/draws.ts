import type { Quarter } from '@zhidu/domain'
import { sql } from 'kysely'
import type { Db, ReadonlyDb } from '../db.ts'
import { instant } from '../instant.ts'
import type { DrawStepKind } from '../schema-draws.ts'
import { inScope } from '../transaction/scope.ts'
import type { DrawAuthor } from './draw-plans.ts'

export interface DrawRow {
  readonly drawId: string
  /** The office. */
  readonly unitCode: string
  readonly planId: string
  readonly planVersion: number
  readonly quarter: Quarter
  readonly isLastOfQuarter: boolean
  /** As it was declared. */
  readonly seed: unknown
  /** Epoch ms. */
  readonly declaredAt: number
  readonly declaredBy: string
  readonly declaredById: string
}

/** Draws in reach, newest first. */
export function listDraws(db: ReadonlyDb, drawId?: string): Promise<DrawRow[]> {
  return db
    .selectFrom('draw')
    .select([
      'draw_id as drawId',
      'unit_code as unitCode',
      'plan_id as planId',
      'plan_version as planVersion',
      'quarter',
      'is_last_of_quarter as isLastOfQuarter',
      'seed',
      'declared_at as declaredAt',
      'declared_by as declaredBy',
      'declared_by_id as declaredById',
    ])
    .$if(drawId !== undefined, (query) => query.where('draw_id', '=', drawId ?? ''))
    .$call(inScope(db, 'draws', 'unit_code'))
    .orderBy('declared_at', 'desc')
    .orderBy('draw_id')
    .execute()
}

export async function insertDraw(
  db: Db,
  draw: Omit<DrawRow, 'seed' | 'declaredAt' | 'declaredBy' | 'declaredById'> & { readonly seed: object },
  author: DrawAuthor,
): Promise<void> {
  await db
    .insertInto('draw')
    .values({
      draw_id: draw.drawId,
      unit_code: draw.unitCode,
      plan_id: draw.planId,
      plan_version: draw.planVersion,
      quarter: draw.quarter,
      is_last_of_quarter: draw.isLastOfQuarter,
      seed: sql<string>`${JSON.stringify(draw.seed)}::jsonb`,
      declared_at: instant(author.at),
      declared_by: author.name,
      declared_by_id: author.id,
    })
    .execute()
}

export interface DrawStepRow {
  readonly drawId: string
  readonly seq: number
  readonly kind: DrawStepKind
  /** Null = not asked for. */
  readonly content: string | null
  readonly contentHash: string
  /** Epoch ms. */
  readonly at: number
  readonly byName: string
  readonly byId: string
}

interface StepFilter {
  readonly drawIds: readonly string[]
  /** Pools are long: a list does without. */
  readonly withContent: boolean
}

/** What happened in some draws, by draw and in order. */
export function listDrawSteps(db: ReadonlyDb, { drawIds, withContent }: StepFilter): Promise<DrawStepRow[]> {
  if (drawIds.length === 0) return Promise.resolve([])
  return db
    .selectFrom('draw_step')
    .select([
      'draw_id as drawId',
      'seq',
      'kind',
      'content_hash as contentHash',
      'at',
      'by_name as byName',
      'by_id as byId',
      sql<string | null>`case when ${withContent} then content end`.as('content'),
    ])
    .where('draw_id', '=', sql<string>`any (${[...drawIds]}::uuid[])`)
    .$call(inScope(db, 'draw-steps', 'unit_code'))
    .orderBy('draw_id')
    .orderBy('seq')
    .execute()
}

/** Adds what came next; the database refuses what may not follow. */
export async function insertDrawStep(
  db: Db,
  step: Pick<DrawStepRow, 'drawId' | 'seq' | 'kind' | 'contentHash'> & {
    readonly unitCode: string
    readonly content: string
  },
  author: DrawAuthor,
): Promise<void> {
  await db
    .insertInto('draw_step')
    .values({
      draw_id: step.drawId,
      seq: step.seq,
      unit_code: step.unitCode,
      kind: step.kind,
      content: step.content,
      content_hash: step.contentHash,
      at: instant(author.at),
      by_name: author.name,
      by_id: author.id,
    })
    .execute()
}
