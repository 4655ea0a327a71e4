import type { DecisionStepKind, Indicator, PlainDate, Quarter } from '@zhidu/domain'
import { sql } from 'kysely'
import type { Db, ReadonlyDb } from '../db.ts'
import { instant } from '../instant.ts'
import { inScope } from '../transaction/scope.ts'
import type { DrawAuthor } from './draw-plans.ts'

/** What a unit is bound to by a meeting. */
export interface MeetingDecisionRow {
  readonly decisionId: string
  readonly meetingId: string
  readonly unitCode: string
  readonly officeCode: string
  readonly officeName: string
  readonly title: string
  readonly quarter: Quarter
  readonly what: string
  readonly report: string
  readonly owner: string
  readonly lastDay: PlainDate
  readonly indicator: Indicator | null
  /** Epoch ms. */
  readonly at: number
  readonly byName: string
  readonly byId: string
}

export interface MeetingDecisionStepRow {
  readonly decisionId: string
  readonly position: number
  readonly kind: DecisionStepKind
  readonly note: string | null
  readonly lastDay: PlainDate | null
  /** Hashes of what came with a report. */
  readonly files: readonly string[]
  /** Epoch ms. */
  readonly at: number
  readonly byName: string
  readonly byId: string
}

/** Decisions in reach, the newest meeting first, then in the order in which they were written down. */
export function listMeetingDecisions(
  db: ReadonlyDb,
  which: { readonly meetingId?: string; readonly decisionId?: string } = {},
): Promise<MeetingDecisionRow[]> {
  const { decisionId, meetingId } = which
  return db
    .selectFrom('meeting_decision')
    .select([
      'decision_id as decisionId',
      'meeting_id as meetingId',
      'unit_code as unitCode',
      'office_code as officeCode',
      'office_name as officeName',
      'title',
      'quarter',
      'what',
      'report',
      'owner',
      'last_day as lastDay',
      'indicator',
      'at',
      'by_name as byName',
      'by_id as byId',
    ])
    .$if(meetingId !== undefined, (query) => query.where('meeting_id', '=', meetingId ?? ''))
    .$if(decisionId !== undefined, (query) => query.where('decision_id', '=', decisionId ?? ''))
    .$call(inScope(db, 'meeting-decisions', 'unit_code'))
    .orderBy('quarter', 'desc')
    .orderBy('at')
    .orderBy('decision_id')
    .execute()
}

/** By decision, in their order. */
export function listMeetingDecisionSteps(
  db: ReadonlyDb,
  decisionIds: readonly string[],
): Promise<MeetingDecisionStepRow[]> {
  return db
    .selectFrom('meeting_decision_step')
    .select([
      'decision_id as decisionId',
      'position',
      'kind',
      'note',
      'last_day as lastDay',
      'files',
      'at',
      'by_name as byName',
      'by_id as byId',
    ])
    .where('decision_id', '=', sql<string>`any (${[...decisionIds]}::uuid[])`)
    .$call(inScope(db, 'meeting-decision-steps', 'unit_code'))
    .orderBy('decision_id')
    .orderBy('position')
    .execute()
}

export async function insertMeetingDecision(
  db: Db,
  row: Omit<MeetingDecisionRow, 'at' | 'byName' | 'byId'>,
  author: DrawAuthor,
): Promise<void> {
  await db
    .insertInto('meeting_decision')
    .values({
      decision_id: row.decisionId,
      meeting_id: row.meetingId,
      unit_code: row.unitCode,
      office_code: row.officeCode,
      office_name: row.officeName,
      title: row.title,
      quarter: row.quarter,
      what: row.what,
      report: row.report,
      owner: row.owner,
      last_day: row.lastDay,
      indicator: row.indicator,
      at: instant(author.at),
      by_name: author.name,
      by_id: author.id,
    })
    .execute()
}

/** Adds the next step; the database refuses one that does not follow. */
export async function insertMeetingDecisionStep(
  db: Db,
  row: Omit<MeetingDecisionStepRow, 'at' | 'byName' | 'byId'> & {
    readonly unitCode: string
    readonly officeCode: string
  },
  author: DrawAuthor,
): Promise<void> {
  await db
    .insertInto('meeting_decision_step')
    .values({
      decision_id: row.decisionId,
      position: row.position,
      unit_code: row.unitCode,
      office_code: row.officeCode,
      kind: row.kind,
      note: row.note,
      last_day: row.lastDay,
      files: [...row.files],
      at: instant(author.at),
      by_name: author.name,
      by_id: author.id,
    })
    .execute()
}
