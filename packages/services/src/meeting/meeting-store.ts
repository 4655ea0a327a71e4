import type { MinutesState } from '@zhidu/contract'
import {
  listMeetingRevisions,
  listMeetings,
  listMeetingSteps,
  type MeetingRevisionRow,
  type MeetingRow,
  type MeetingStepRow,
  type ReadonlyDb,
} from '@zhidu/db'
import { type MeetingDocument, toLocalIso } from '@zhidu/domain'
import { ServiceError } from '../service-error.ts'

/** JSON that this program wrote and the database keeps as it was. */
export function readDocument({ document }: Pick<MeetingRevisionRow, 'document'>): MeetingDocument {
  // Safe: written from a MeetingDocument and never changed since.
  return JSON.parse(document) as MeetingDocument
}

export interface LoadedMeeting {
  readonly row: MeetingRow
  /** Of both parts, newest first. */
  readonly revisions: readonly MeetingRevisionRow[]
  readonly agenda: MeetingRevisionRow
  /** The newest; null = none yet. */
  readonly minutes: MeetingRevisionRow | null
  /** Oldest first. */
  readonly steps: readonly MeetingStepRow[]
  readonly state: MinutesState
}

/** Where minutes stand; `revision`: their newest, null = none. */
export function minutesStateOf(
  steps: readonly Pick<MeetingStepRow, 'kind' | 'revision'>[],
  revision: number | null,
): MinutesState {
  if (revision === null) return 'none'
  if (steps.some(({ kind }) => kind === 'signed')) return 'signed'
  const last = steps.at(-1)
  return last?.kind === 'submitted' && last.revision === revision ? 'submitted' : 'draft'
}

/** Throws ServiceError `not_found` for one that is not there, or not in reach. */
export async function loadMeeting(db: ReadonlyDb, meetingId: string): Promise<LoadedMeeting> {
  const [row] = await listMeetings(db, meetingId)
  const revisions = row === undefined ? [] : await listMeetingRevisions(db, meetingId)
  const agenda = revisions.find(({ part }) => part === 'agenda')
  if (row === undefined || agenda === undefined) throw new ServiceError('not_found', 'meeting_unknown')
  const minutes = revisions.find(({ part }) => part === 'minutes') ?? null
  const steps = await listMeetingSteps(db, [meetingId])
  return { row, revisions, agenda, minutes, steps, state: minutesStateOf(steps, minutes?.revision ?? null) }
}

/** A meeting of the own office whose minutes are not signed. Throws ServiceError `not_found`, `conflict`. */
export async function loadOpenMeeting(db: ReadonlyDb, meetingId: string, office: string): Promise<LoadedMeeting> {
  const meeting = await loadMeeting(db, meetingId)
  if (meeting.row.unitCode !== office) throw new ServiceError('not_found', 'meeting_unknown')
  const signed = meeting.steps.find(({ kind }) => kind === 'signed')
  if (signed !== undefined) {
    throw new ServiceError('conflict', 'meeting_signed', { by: signed.byName, at: toLocalIso(signed.at) })
  }
  return meeting
}
