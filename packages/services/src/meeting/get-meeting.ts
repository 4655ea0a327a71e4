import type { MeetingKey, MeetingList, MeetingListItem, MeetingPage, MeetingsOfUnit } from '@zhidu/contract'
import {
  listFrozenQuarters,
  listMeetingInvitations,
  listMeetingReplies,
  listMeetingRevisions,
  listMeetings,
  listMeetingSteps,
  type MeetingInvitationRow,
  type MeetingReplyRow,
  type MeetingRevisionRow,
  type MeetingRow,
  type ReadonlyDb,
} from '@zhidu/db'
import { localDateOf, quarterOf, toLocalIso } from '@zhidu/domain'
import type { ServiceContext } from '../context.ts'
import { loadNames, officeOf } from '../draw/office.ts'
import { withSnapshot } from '../snapshot.ts'
import { loadIndicatorChanges } from './indicator-changes.ts'
import { isAnswered, newestInvitations, toInvitation } from './invitation-standing.ts'
import { loadEarlierDecisions } from './load-agenda-facts.ts'
import { loadMeeting, minutesStateOf, readDocument } from './meeting-store.ts'
import { loadDecisions, type LoadedDecision, toDecision } from './to-decision.ts'
import { listUnitsBelow } from './units-below.ts'

interface Around {
  readonly own: string
  /** The newest of each unit, of any meetings. */
  readonly invitations: readonly MeetingInvitationRow[]
  readonly replies: readonly MeetingReplyRow[]
  readonly decisions: readonly LoadedDecision[]
}

function toListItem(
  row: MeetingRow,
  minutes: MeetingListItem['minutes'],
  { decisions, invitations, own, replies }: Around,
): MeetingListItem {
  const { frozenVersion, meetingId, officeName, quarter, title, unitCode } = row
  const invited = invitations.filter((one) => one.meetingId === meetingId)
  const decided = decisions.filter((one) => one.row.meetingId === meetingId)
  const heldAt = invited.map((one) => one.heldAt).sort((a, b) => b - a)[0]
  return {
    meetingId,
    title,
    quarter,
    frozenVersion,
    officeName,
    isOwn: unitCode === own,
    heldAt: heldAt === undefined ? null : toLocalIso(heldAt),
    minutes,
    invited: invited.length,
    answered: invited.filter((one) => isAnswered(one, replies)).length,
    decisions: decided.length,
    openDecisions: decided.filter(({ standing }) => standing.state !== 'closed').length,
  }
}

async function loadAround(db: ReadonlyDb, own: string): Promise<Around> {
  const invitations = newestInvitations(await listMeetingInvitations(db))
  const meetingIds = [...new Set(invitations.map(({ meetingId }) => meetingId))]
  return {
    own,
    invitations,
    replies: await listMeetingReplies(db, meetingIds),
    decisions: await loadDecisions(db),
  }
}

async function stateOf(db: ReadonlyDb, { meetingId }: MeetingRow): Promise<MeetingListItem['minutes']> {
  const newest = (await listMeetingRevisions(db, meetingId)).find(({ part }) => part === 'minutes')
  return minutesStateOf(await listMeetingSteps(db, [meetingId]), newest?.revision ?? null)
}

/** The meetings of the own office and of the offices below, newest quarter first, and what one may be drafted from. */
export function getMeetingList(ctx: ServiceContext): Promise<MeetingList> {
  return withSnapshot(ctx, localDateOf(ctx.clock()), async (db) => {
    const around = await loadAround(db, officeOf(ctx).unitCode)
    const items: MeetingListItem[] = []
    for (const row of await listMeetings(db)) items.push(toListItem(row, await stateOf(db, row), around))
    const running = quarterOf(ctx.clock())
    const frozen = new Map(
      (await listFrozenQuarters(db)).toReversed().map(({ quarter, version }) => [quarter, version] as const),
    )
    const known = new Map<typeof running, number | null>(frozen)
    if (!known.has(running)) known.set(running, null)
    const toDraft = [...known].map(([quarter, version]) => ({ quarter, version }))
    return {
      asOf: toLocalIso(ctx.clock()),
      items,
      toDraft: toDraft.sort((a, b) => (a.quarter < b.quarter ? 1 : -1)),
    }
  })
}

function toPart(row: MeetingRevisionRow): NonNullable<MeetingPage['minutes']> {
  const { at, byName, revision } = row
  const { items } = readDocument(row)
  // Copies: what the wire takes is not read-only.
  const document = {
    items: items.map((item) => ({
      ...item,
      unitCodes: [...item.unitCodes],
      evidence: item.evidence.map((one) => ({ ...one })),
    })),
  }
  return { revision, document, changedAt: toLocalIso(at), changedBy: byName }
}

/** One meeting of the own office or of one below, whole. Throws ServiceError `not_found`. */
export async function getMeeting(ctx: ServiceContext, { meetingId }: MeetingKey): Promise<MeetingPage> {
  const today = localDateOf(ctx.clock())
  const { earlier, nameOf, page } = await withSnapshot(ctx, today, async (db) => {
    const { agenda, minutes, revisions, row, state, steps } = await loadMeeting(db, meetingId)
    const names = await loadNames(db, ctx)
    const around = await loadAround(db, officeOf(ctx).unitCode)
    const invitations = around.invitations.filter((one) => one.meetingId === meetingId)
    const isBefore = (one: MeetingRow): boolean =>
      one.unitCode === row.unitCode && (one.quarter === row.quarter ? one.at < row.at : one.quarter < row.quarter)
    const before = new Set((await listMeetings(db)).filter(isBefore).map((one) => one.meetingId))
    const { actor } = ctx
    return {
      nameOf: names,
      earlier: await loadEarlierDecisions(db, row.unitCode, (id) => before.has(id)),
      page: {
        item: toListItem(row, state, around),
        asOf: toLocalIso(ctx.clock()),
        draftedAt: toLocalIso(row.at),
        factsAsOf: toLocalIso(row.asOf),
        rules: row.rules,
        agenda: toPart(agenda),
        minutes: minutes === null ? null : toPart(minutes),
        isAuthor: revisions.some(
          ({ byId, part }) => part === 'minutes' && actor.kind === 'account' && byId === actor.accountId,
        ),
        steps: steps.map(({ at, byName, kind, note }) => ({ kind, at: toLocalIso(at), by: byName, note })),
        invitations: invitations.map((one) => toInvitation(one, around.replies, { today, nameOf: names })),
        decisions: around.decisions
          .filter((one) => one.row.meetingId === meetingId)
          .map((one) => toDecision(ctx, one, names)),
        units: (await listUnitsBelow(db, row.unitCode, today)).map(({ name, shortName, unitCode }) => ({
          unitCode,
          name,
          shortName,
        })),
      },
    }
  })
  const changes = await loadIndicatorChanges(
    ctx,
    earlier.map(({ row }) => row),
    page.item.quarter,
  )
  return {
    ...page,
    earlier: earlier.map((one) => ({
      decision: toDecision(ctx, one, nameOf),
      change: changes.get(one.row.decisionId)?.view ?? null,
    })),
  }
}

/** What the own unit is asked by meetings of its superior: invitations, the newest first, and decisions. */
export function getMeetingsOfUnit(ctx: ServiceContext): Promise<MeetingsOfUnit> {
  const today = localDateOf(ctx.clock())
  return withSnapshot(ctx, today, async (db) => {
    const { decisions, invitations, own, replies } = await loadAround(db, officeOf(ctx).unitCode)
    const nameOf = await loadNames(db, ctx)
    return {
      asOf: toLocalIso(ctx.clock()),
      invitations: invitations
        .filter(({ unitCode }) => unitCode === own)
        .map((one) => toInvitation(one, replies, { today, nameOf })),
      decisions: decisions
        .filter(({ row }) => row.unitCode === own)
        .toSorted((a, b) => Number(a.standing.state === 'closed') - Number(b.standing.state === 'closed'))
        .map((one) => toDecision(ctx, one, nameOf)),
    }
  })
}
