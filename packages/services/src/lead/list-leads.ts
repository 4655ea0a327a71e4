import type { LeadItem, LeadList, LeadListInput, LeadsWaiting } from '@zhidu/contract'
import {
  countLeadDecisions,
  countLeads,
  type LeadFilter,
  type LeadRow,
  listInformantMessages,
  listLeadInquiries,
  listLeads as listLeadRows,
  type ReadonlyDb,
} from '@zhidu/db'
import { isOpenLead, LEAD_STATES, type LeadState, localDateOf, toLocalIso } from '@zhidu/domain'
import { MEASURED_QUALITY } from '@zhidu/leads'
import type { ServiceContext } from '../context.ts'
import { fromCursor, toCursor } from '../cursor.ts'
import { loadNames } from '../draw/office.ts'
import { withSnapshot } from '../snapshot.ts'
import { ownUnitOf } from '../supervision-case/load-case.ts'
import { leadOfficeOf, mayHandleLeads } from './load-lead.ts'
import { loadMatching, toLeadRecord } from './match-lead.ts'
import { toLeadItem } from './to-item.ts'

const ITEMS_PER_PAGE = 50

export function wholeOf(officeCode: string): LeadFilter {
  const nothing = { states: null, unitCode: null, source: null, text: null, seenBefore: null, waitingOn: null }
  return { ...nothing, officeCode }
}

function filterOf(ctx: ServiceContext, { source, text, unitCode, view }: LeadListInput): LeadFilter {
  const whole = wholeOf(leadOfficeOf(ctx))
  const more = { source: source ?? null, text: text ?? null, unitCode: unitCode ?? null }
  if (view === 'waiting') return { ...whole, ...more, waitingOn: localDateOf(ctx.clock()) }
  return { ...whole, ...more, states: view === 'all' ? null : [view] }
}

/** How an office's leads stand. */
export async function countLeadStates(db: ReadonlyDb, filter: LeadFilter): Promise<Record<LeadState, number>> {
  const states = Object.fromEntries(LEAD_STATES.map((state) => [state, 0])) as Record<LeadState, number>
  for (const { count, state } of await countLeads(db, filter)) states[state] += count
  return states
}

/** The likely event of each lead that is open. */
async function proposeEvents(
  db: ReadonlyDb,
  rows: readonly LeadRow[],
): Promise<(row: LeadRow) => LeadItem['proposed']> {
  const open = rows.filter(({ state }) => isOpenLead(state) && state !== 'incomplete')
  const matching = await loadMatching(db, open)
  const proposals = new Map(
    open.map((row) => [row.leadCode, matching?.matcher.match(toLeadRecord(row)).proposed ?? null]),
  )
  return ({ leadCode }) => {
    const proposed = proposals.get(leadCode) ?? null
    return proposed === null ? null : { eventCode: proposed.id, probability: proposed.probability }
  }
}

function startOf(cursor: string | undefined) {
  if (cursor === undefined) return null
  const { at, keys } = fromCursor(cursor, 1)
  return { seenAt: at, leadCode: keys[0] ?? '' }
}

/** 信息线索 of the reader's office, newest seen first, fifty a page; the counts are of all. */
export function listLeads(ctx: ServiceContext, input: LeadListInput): Promise<LeadList> {
  const today = localDateOf(ctx.clock())
  return withSnapshot(ctx, today, async (db) => {
    const officeCode = leadOfficeOf(ctx)
    const rows = await listLeadRows(db, filterOf(ctx, input), {
      after: startOf(input.cursor),
      limit: ITEMS_PER_PAGE + 1,
    })
    const shown = rows.slice(0, ITEMS_PER_PAGE)
    const last = rows.length > ITEMS_PER_PAGE ? shown.at(-1) : undefined
    const proposedFor = await proposeEvents(db, shown)
    const reader = { today, nameOf: await loadNames(db, ctx), isOffice: ownUnitOf(ctx) !== null }
    const own = await countLeadDecisions(db, officeCode)
    const { leads, proposed, right, told } = MEASURED_QUALITY
    return {
      asOf: toLocalIso(ctx.clock()),
      counts: { states: await countLeadStates(db, wholeOf(officeCode)), ...(await countWaiting(db, ctx)) },
      mayHandle: mayHandleLeads(ctx),
      quality: {
        labelled: { leads, proposed, right, told },
        own: { proposed: own.proposed, right: own.right, told: null },
      },
      items: shown.map((row) => toLeadItem(row, reader, proposedFor(row))),
      nextCursor: last === undefined ? null : toCursor([last.seenAt, last.leadCode]),
    }
  })
}

async function countWaiting(db: ReadonlyDb, ctx: ServiceContext): Promise<{ waiting: number; messages: number }> {
  const officeCode = leadOfficeOf(ctx)
  const waiting = await countLeads(db, { ...wholeOf(officeCode), waitingOn: localDateOf(ctx.clock()) })
  const messages = await listInformantMessages(db, officeCode)
  return { waiting: waiting.reduce((sum, { count }) => sum + count, 0), messages: messages.length }
}

/** What of leads waits for the reader: those of his office where he may read leads, and what his own unit is asked. */
export function getLeadsWaiting(ctx: ServiceContext): Promise<LeadsWaiting> {
  return withSnapshot(ctx, localDateOf(ctx.clock()), async (db) => {
    const { actor } = ctx
    const own = ownUnitOf(ctx)
    const reads = actor.kind === 'account' && actor.permissions.has('leads.read') && own !== null
    const asked = own === null ? [] : await listLeadInquiries(db, { askedCode: own, isWaiting: true })
    const ofOffice = reads ? await countWaiting(db, ctx) : { waiting: 0, messages: 0 }
    return {
      asOf: toLocalIso(ctx.clock()),
      leads: ofOffice.waiting,
      messages: ofOffice.messages,
      inquiries: asked.length,
    }
  })
}
