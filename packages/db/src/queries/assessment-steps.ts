import type { AssessmentStepKind, PlainDate, Quarter } from '@zhidu/domain'
import type { Db, ReadonlyDb } from '../db.ts'
import { instant } from '../instant.ts'
import type { DrawAuthor } from './draw-plans.ts'

export interface AssessmentStepRow {
  readonly officeCode: string
  readonly quarter: Quarter
  readonly position: number
  readonly kind: AssessmentStepKind
  /** Epoch ms. */
  readonly at: number
  readonly byName: string
  readonly byId: string
  readonly note: string | null
  readonly lastDay: PlainDate | null
  readonly workingDays: number | null
  readonly marksAppeals: boolean
}

/** Of one office, or of all; by office, in their order. A draft is told to the whole subtree, so the asker's reach is no bound. */
export function listAssessmentSteps(
  db: ReadonlyDb,
  quarter: Quarter,
  officeCode: string | null,
): Promise<AssessmentStepRow[]> {
  return db
    .selectFrom('assessment_step as s')
    .select([
      's.office_code as officeCode',
      's.quarter',
      's.position',
      's.kind',
      's.at',
      's.by_name as byName',
      's.by_id as byId',
      's.note',
      's.last_day as lastDay',
      's.working_days as workingDays',
      's.marks_appeals as marksAppeals',
    ])
    .where('s.quarter', '=', quarter)
    .$if(officeCode !== null, (query) => query.where('s.office_code', '=', officeCode ?? ''))
    .orderBy('s.office_code')
    .orderBy('s.position')
    .execute()
}

/** Adds the next step; the database refuses one that does not follow. */
export async function insertAssessmentStep(
  db: Db,
  step: Omit<AssessmentStepRow, 'at' | 'byName' | 'byId'>,
  author: DrawAuthor,
): Promise<void> {
  await db
    .insertInto('assessment_step')
    .values({
      office_code: step.officeCode,
      quarter: step.quarter,
      position: step.position,
      kind: step.kind,
      at: instant(author.at),
      by_name: author.name,
      by_id: author.id,
      note: step.note,
      last_day: step.lastDay,
      working_days: step.workingDays,
      marks_appeals: step.marksAppeals,
    })
    .execute()
}
