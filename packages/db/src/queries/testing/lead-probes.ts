import { asReadonly } from '../../db.ts'
import { findInformantPhoto, listInformantMessages, listInformantSteps } from '../informants.ts'
import { listLeadInquiries, listLeadInquirySteps } from '../lead-inquiries.ts'
import {
  countLeadDecisions,
  findLeadOrigin,
  listKnownItems,
  listLeadPlaces,
  listLeadSteps,
  listRiskMarks,
} from '../lead-steps.ts'
import { listReportedTexts } from '../list-reported-texts.ts'
import { countEventsOfUnits, countLeads, findLead, type LeadFilter, listLeads, listReportedEvents } from '../leads.ts'
import { codesOf, type Probe, RANGE, seenOf } from './check-probes.ts'

const of = (officeCode: string): LeadFilter => ({
  officeCode,
  states: null,
  unitCode: null,
  source: null,
  text: null,
  seenBefore: null,
  waitingOn: null,
})
const ALL = { after: null, limit: 100 } as const

/** Queries about leads, asked about those of other offices. */
export const LEAD_PROBES: Readonly<Record<string, Probe>> = {
  'event-counts': async (trx) => codesOf(await countEventsOfUnits(asReadonly(trx), RANGE)),
  'informant-messages': seenOf(async (db, _, unitCode) => (await listInformantMessages(db, unitCode)).length > 0),
  'informant-photo': seenOf(async (db, id) => (await findInformantPhoto(db, id)) !== null),
  'informant-steps': seenOf(async (db, _, unitCode) => (await listInformantSteps(db, unitCode)).length > 0),
  lead: seenOf(async (db, _, unitCode) => (await findLead(db, unitCode, `X-${unitCode}`)) !== undefined),
  'lead-counts': seenOf(async (db, _, unitCode) => (await countLeads(db, of(unitCode))).length > 0),
  'lead-decisions': seenOf(async (db, _, unitCode) => (await countLeadDecisions(db, unitCode)).decided > 0),
  'lead-inquiries': async (trx) => codesOf(await listLeadInquiries(asReadonly(trx), {})),
  'lead-inquiry-steps': seenOf(async (db, id) => (await listLeadInquirySteps(db, [id])).length > 0),
  'lead-items': seenOf(async (db, _, unitCode) => {
    const known = await listKnownItems(db, unitCode, { guids: [unitCode], links: [] })
    return known.length > 0
  }),
  'lead-origin': seenOf(async (db, _, unitCode) => (await findLeadOrigin(db, `X-${unitCode}`)) !== undefined),
  'lead-places': async (trx) => codesOf(await listLeadPlaces(asReadonly(trx))),
  'lead-steps': seenOf(async (db, _, unitCode) => (await listLeadSteps(db, [`X-${unitCode}`])).length > 0),
  leads: seenOf(async (db, _, unitCode) => (await listLeads(db, of(unitCode), ALL)).length > 0),
  'reported-events': async (trx) => codesOf(await listReportedEvents(asReadonly(trx), RANGE)),
  'reported-texts': async (trx) => codesOf(await listReportedTexts(asReadonly(trx), RANGE)),
  'risk-marks': seenOf(async (db, _, unitCode) => (await listRiskMarks(db, unitCode, '2026Q3')).length > 0),
}
