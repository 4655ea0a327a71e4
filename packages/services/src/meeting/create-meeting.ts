import { randomUUID } from 'node:crypto'
import type { CreateMeetingInput, MeetingKey } from '@zhidu/contract'
import { insertMeeting, insertMeetingRevision, lockForTransaction } from '@zhidu/db'
import { type AgendaEntry, buildAgenda, localDateOf, type MeetingItem, quarterRange } from '@zhidu/domain'
import { withChange } from '../audit/record-audit.ts'
import type { ServiceContext } from '../context.ts'
import { loadNames, officeOf } from '../draw/office.ts'
import { ServiceError } from '../service-error.ts'
import { withSnapshot } from '../snapshot.ts'
import { type AgendaWriting, writeTopic } from './agenda-words.ts'
import { loadAgendaFacts } from './load-agenda-facts.ts'

function toItem({ evidence, topic, unitCodes }: AgendaEntry, place: number, writing: AgendaWriting): MeetingItem {
  return { id: `d${place + 1}`, kind: topic.kind, text: writeTopic(topic, writing), unitCodes, evidence }
}

/** Begins a meeting of the own office with an agenda drafted from a quarter, frozen or running. Throws ServiceError `invalid` for one that has not begun. */
export async function createMeeting(ctx: ServiceContext, { quarter, title }: CreateMeetingInput): Promise<MeetingKey> {
  const { author, unitCode } = officeOf(ctx)
  if (quarterRange(quarter).firstOn > localDateOf(ctx.clock())) {
    throw new ServiceError('invalid', 'meeting_quarter_ahead', { quarter })
  }
  const { facts, provenance } = await loadAgendaFacts(ctx, unitCode, quarter)
  const nameOf = await withSnapshot(ctx, localDateOf(ctx.clock()), (db) => loadNames(db, ctx))
  const items = buildAgenda(facts).map((entry, place) => toItem(entry, place, { quarter, nameOf }))
  const meetingId = randomUUID()
  const frozenVersion = provenance.frozen?.version ?? null
  const what = { action: 'meeting.create', object: `meeting/${meetingId}`, detail: { quarter, version: frozenVersion } }
  return await withChange(ctx, what, async (trx) => {
    await lockForTransaction(trx, 'meetings')
    const asOf = Date.parse(provenance.asOf)
    const { title: rules } = provenance.regulation
    const head = { meetingId, unitCode, officeName: nameOf(unitCode), title, quarter, frozenVersion, asOf, rules }
    await insertMeeting(trx, head, author)
    const document = JSON.stringify({ items })
    const row = { meetingId, unitCode, part: 'agenda' as const, revision: 1, baseRevision: 0, document }
    await insertMeetingRevision(trx, row, author)
    return { meetingId }
  })
}
