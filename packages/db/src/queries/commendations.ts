import type { Certainty, Hundredths, ListBarrier, ListKind, ListStepKind, Quarter } from '@zhidu/domain'
import type { Db, ReadonlyDb } from '../db.ts'
import { instant } from '../instant.ts'
import { inScope } from '../transaction/scope.ts'
import type { DrawAuthor } from './draw-plans.ts'

/** Whose lists, of what. */
export interface CommendationKey {
  /** The office. */
  readonly unitCode: string
  readonly quarter: Quarter
  readonly group: string
}

/** Times: epoch ms. */
export interface CommendationStepRow extends CommendationKey {
  readonly position: number
  readonly kind: ListStepKind
  readonly at: number
  readonly byName: string
  readonly byId: string
  readonly note: string | null
  /** Of the figures it went by; null = of a quarter not frozen. */
  readonly frozenVersion: number | null
  readonly asOf: number
}

export interface CommendationNameRow extends CommendationKey {
  /** Of the step that decided it. */
  readonly position: number
  readonly kind: ListKind
  readonly namedCode: string
  /** As it was then, like all that follows. */
  readonly name: string
  readonly rank: number
  readonly score: Hundredths
  readonly probability: number
  readonly certainty: Certainty
  readonly barrier: ListBarrier | null
  readonly isProposed: boolean
  readonly isNamed: boolean
  readonly reason: string | null
}

interface CommendationFilter {
  readonly unitCode: string
  readonly quarter: Quarter
  /** null = of every group. */
  readonly group: string | null
}

/** Steps about an office's lists, by group, in their order. */
export function listCommendationSteps(
  db: ReadonlyDb,
  { group, quarter, unitCode }: CommendationFilter,
): Promise<CommendationStepRow[]> {
  return db
    .selectFrom('commendation_step as s')
    .select([
      's.unit_code as unitCode',
      's.quarter',
      's.peer_group as group',
      's.position',
      's.kind',
      's.at',
      's.by_name as byName',
      's.by_id as byId',
      's.note',
      's.frozen_version as frozenVersion',
      's.as_of as asOf',
    ])
    .where('s.unit_code', '=', unitCode)
    .where('s.quarter', '=', quarter)
    .$if(group !== null, (query) => query.where('s.peer_group', '=', group ?? ''))
    .$call(inScope(db, 'commendation-steps', 's.unit_code'))
    .orderBy('s.peer_group')
    .orderBy('s.position')
    .execute()
}

/** Who was named or left out by the decisions about an office's lists, by place. */
export function listCommendationNames(
  db: ReadonlyDb,
  { group, quarter, unitCode }: CommendationFilter,
): Promise<CommendationNameRow[]> {
  return db
    .selectFrom('commendation_list as l')
    .select([
      'l.unit_code as unitCode',
      'l.quarter',
      'l.peer_group as group',
      'l.position',
      'l.kind',
      'l.named_code as namedCode',
      'l.name',
      'l.rank',
      'l.score',
      'l.probability',
      'l.certainty',
      'l.barrier',
      'l.is_proposed as isProposed',
      'l.is_named as isNamed',
      'l.reason',
    ])
    .where('l.unit_code', '=', unitCode)
    .where('l.quarter', '=', quarter)
    .$if(group !== null, (query) => query.where('l.peer_group', '=', group ?? ''))
    .$call(inScope(db, 'commendation-lists', 'l.unit_code'))
    .orderBy('l.peer_group')
    .orderBy('l.position')
    .orderBy('l.kind')
    .orderBy('l.rank')
    .orderBy('l.named_code')
    .execute()
}

type NewName = Omit<CommendationNameRow, keyof CommendationKey | 'position'>

/** Adds the next step, of a decision its names with it; the database refuses what does not follow. */
export async function insertCommendationStep(
  db: Db,
  step: Omit<CommendationStepRow, 'at' | 'byName' | 'byId'>,
  names: readonly NewName[],
  author: DrawAuthor,
): Promise<void> {
  const key = {
    unit_code: step.unitCode,
    quarter: step.quarter,
    peer_group: step.group,
    position: step.position,
  }
  await db
    .insertInto('commendation_step')
    .values({
      ...key,
      kind: step.kind,
      at: instant(author.at),
      by_name: author.name,
      by_id: author.id,
      note: step.note,
      frozen_version: step.frozenVersion,
      as_of: instant(step.asOf),
      name_count: names.length,
    })
    .execute()
  if (names.length === 0) return
  await db
    .insertInto('commendation_list')
    .values(
      names.map(({ isNamed, isProposed, namedCode, ...name }) => ({
        ...key,
        ...name,
        named_code: namedCode,
        is_proposed: isProposed,
        is_named: isNamed,
      })),
    )
    .execute()
}
