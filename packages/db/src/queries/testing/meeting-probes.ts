import { asReadonly } from '../../db.ts'
import { listMeetingDecisions, listMeetingDecisionSteps } from '../meeting-decisions.ts'
import { listMeetingInvitations, listMeetingReplies } from '../meeting-invitations.ts'
import { listMeetingRevisions, listMeetings, listMeetingSteps } from '../meetings.ts'
import { codesOf, type Probe, seenOf } from './check-probes.ts'

/** Of meetings: the tree's bear the ids of its checks. */
export const MEETING_PROBES: Readonly<Record<string, Probe>> = {
  meetings: async (trx) => codesOf(await listMeetings(asReadonly(trx))),
  'meeting-revisions': seenOf(async (db, id) => (await listMeetingRevisions(db, id)).length > 0),
  'meeting-steps': seenOf(async (db, id) => (await listMeetingSteps(db, [id])).length > 0),
  'meeting-invitations': async (trx) => codesOf(await listMeetingInvitations(asReadonly(trx))),
  'meeting-replies': seenOf(async (db, id) => (await listMeetingReplies(db, [id])).length > 0),
  'meeting-decisions': async (trx) => codesOf(await listMeetingDecisions(asReadonly(trx))),
  'meeting-decision-steps': seenOf(async (db, id) => (await listMeetingDecisionSteps(db, [id])).length > 0),
}
