import type { MeetingKey, MeetingNoteInput, MeetingRevisionKey } from '@zhidu/contract'
import {
  asReadonly,
  insertMeetingRevision,
  insertMeetingStep,
  listMeetingInvitations,
  listMeetingReplies,
  lockForTransaction,
  type MeetingStepRow,
} from '@zhidu/db'
import type { MeetingItem } from '@zhidu/domain'
import { withChange } from '../audit/record-audit.ts'
import type { ServiceContext } from '../context.ts'
import { loadNames, officeOf } from '../draw/office.ts'
import { ServiceError } from '../service-error.ts'
import { newestInvitations } from './invitation-standing.ts'
import { loadMeeting, loadOpenMeeting, type LoadedMeeting, readDocument } from './meeting-store.ts'
import { writeMinutes } from './minutes-words.ts'
import { loadDecisions } from './to-decision.ts'

/** Drafts the minutes from attendance, agenda and decisions, as they are now. Throws ServiceError `conflict` when there are some. */
export function draftMinutes(ctx: ServiceContext, { meetingId }: MeetingKey): Promise<MeetingRevisionKey> {
  const what = { action: 'meeting.draftMinutes', object: `meeting/${meetingId}` }
  return withChange(ctx, what, async (trx) => {
    const { author, unitCode } = officeOf(ctx)
    await lockForTransaction(trx, 'meetings')
    const db = asReadonly(trx)
    const { agenda, minutes, row } = await loadOpenMeeting(db, meetingId, unitCode)
    if (minutes !== null) throw new ServiceError('conflict', 'meeting_minutes_there')
    const invitations = newestInvitations(await listMeetingInvitations(db, meetingId))
    const replies = await listMeetingReplies(db, [meetingId])
    const decisions = (await loadDecisions(db, { meetingId })).map((one) => one.row)
    const nameOf = await loadNames(db, ctx)
    const texts = writeMinutes({ row, agenda: readDocument(agenda).items, invitations, replies, decisions, nameOf })
    const items = texts.map(({ kind, text }, place): MeetingItem => ({
      id: `m${place + 1}`,
      kind,
      text,
      unitCodes: [],
      evidence: [],
    }))
    const document = JSON.stringify({ items })
    const first = { meetingId, unitCode, part: 'minutes' as const, revision: 1, baseRevision: 0, document }
    await insertMeetingRevision(trx, first, author)
    return { meetingId, revision: 1 }
  })
}

type Step = Pick<MeetingStepRow, 'kind' | 'note'>

/** Takes a step with the newest minutes; `check` throws what keeps it from being taken. */
function takeStep(
  ctx: ServiceContext,
  { meetingId, revision }: MeetingRevisionKey,
  { kind, note }: Step,
  action: string,
  check: (meeting: LoadedMeeting, authorId: string) => void,
): Promise<void> {
  const what = { action, object: `meeting/${meetingId}`, detail: { revision, ...(note === null ? {} : { note }) } }
  return withChange(ctx, what, async (trx) => {
    const { author, unitCode } = officeOf(ctx)
    await lockForTransaction(trx, 'meetings')
    const db = asReadonly(trx)
    const meeting =
      kind === 'corrected' ? await loadMeeting(db, meetingId) : await loadOpenMeeting(db, meetingId, unitCode)
    const { minutes, row, steps } = meeting
    if (row.unitCode !== unitCode) throw new ServiceError('not_found', 'meeting_unknown')
    if (minutes === null) throw new ServiceError('conflict', 'meeting_no_minutes')
    if (minutes.revision !== revision) throw new ServiceError('conflict', 'meeting_changed', { by: minutes.byName })
    check(meeting, author.id)
    await insertMeetingStep(trx, { meetingId, unitCode, seq: steps.length + 1, kind, revision, note }, author)
  })
}

function assertState({ state }: LoadedMeeting, wanted: LoadedMeeting['state'], reason: string): void {
  if (state !== wanted) throw new ServiceError('conflict', reason)
}

/** Hands the newest minutes to whoever signs them. */
export function submitMinutes(ctx: ServiceContext, key: MeetingRevisionKey): Promise<void> {
  return takeStep(ctx, key, { kind: 'submitted', note: null }, 'meeting.submit', (meeting) =>
    assertState(meeting, 'draft', 'meeting_submitted'),
  )
}

/** Gives them back to be written further, with a reason. */
export function returnMinutes(ctx: ServiceContext, { note, ...key }: MeetingNoteInput): Promise<void> {
  return takeStep(ctx, key, { kind: 'returned', note }, 'meeting.return', (meeting) =>
    assertState(meeting, 'submitted', 'meeting_not_submitted'),
  )
}

/** Signs what was handed in; never by anybody who wrote a revision of it. Afterwards it is only corrected. */
export function signMinutes(ctx: ServiceContext, key: MeetingRevisionKey): Promise<void> {
  return takeStep(ctx, key, { kind: 'signed', note: null }, 'meeting.sign', (meeting, authorId) => {
    assertState(meeting, 'submitted', 'meeting_not_submitted')
    const isOwn = meeting.revisions.some(({ byId, part }) => part === 'minutes' && byId === authorId)
    if (isOwn) throw new ServiceError('forbidden', 'meeting_own_minutes')
  })
}

/** Says beside signed minutes what is to be read otherwise; what was signed stays. */
export function correctMinutes(ctx: ServiceContext, { note, ...key }: MeetingNoteInput): Promise<void> {
  return takeStep(ctx, key, { kind: 'corrected', note }, 'meeting.correct', (meeting) =>
    assertState(meeting, 'signed', 'meeting_not_signed'),
  )
}
