import type { CaseStepKind, Escalation, PlainDate } from '@zhidu/domain'
import { sql } from 'kysely'
import type { Db, ReadonlyDb } from '../db.ts'
import { instant } from '../instant.ts'
import { inScope } from '../transaction/scope.ts'
import type { DrawAuthor } from './draw-plans.ts'

/** Which case, of which unit, and which office handles it: what every part of it bears. */
export interface AboutCase {
  readonly caseId: string
  readonly unitCode: string
  readonly officeCode: string
}

export interface CaseStepRow {
  readonly caseId: string
  readonly position: number
  readonly kind: CaseStepKind
  /** Epoch ms. */
  readonly at: number
  readonly byName: string
  readonly byId: string
  readonly note: string | null
  readonly lastDay: PlainDate | null
  readonly workingDays: number | null
  readonly owner: string | null
  readonly escalation: Escalation | null
  readonly files: readonly string[]
}

/** By case, in their order. */
export function listCaseSteps(db: ReadonlyDb, caseIds: readonly string[]): Promise<CaseStepRow[]> {
  return db
    .selectFrom('case_step as s')
    .select([
      's.case_id as caseId',
      's.position',
      's.kind',
      's.at',
      's.by_name as byName',
      's.by_id as byId',
      's.note',
      's.last_day as lastDay',
      's.working_days as workingDays',
      's.owner',
      's.escalation',
      's.files',
    ])
    .where('s.case_id', '=', sql<string>`any (${[...caseIds]}::uuid[])`)
    .$call(inScope(db, 'case-steps', 's.unit_code'))
    .orderBy('s.case_id')
    .orderBy('s.position')
    .execute()
}

/** Adds the next step; the database refuses one that does not follow. */
export async function insertCaseStep(
  db: Db,
  about: AboutCase,
  step: Omit<CaseStepRow, 'caseId' | 'at' | 'byName' | 'byId'>,
  author: DrawAuthor,
): Promise<void> {
  await db
    .insertInto('case_step')
    .values({
      case_id: about.caseId,
      position: step.position,
      unit_code: about.unitCode,
      office_code: about.officeCode,
      kind: step.kind,
      at: instant(author.at),
      by_name: author.name,
      by_id: author.id,
      note: step.note,
      last_day: step.lastDay,
      working_days: step.workingDays,
      owner: step.owner,
      escalation: step.escalation,
      files: [...step.files],
    })
    .execute()
}
