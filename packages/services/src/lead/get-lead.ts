import type { LeadCandidate, LeadKey, LeadPage } from '@zhidu/contract'
import {
  type CaseFileRow,
  findLeadOrigin,
  type LeadRow,
  listCaseFiles,
  listInformantMessages,
  listInformantSteps,
  listLeads as listLeadRows,
  type ReadonlyDb,
} from '@zhidu/db'
import { DAY_MS, localDateOf, maskNumbers, nextLeadSteps, quarterOf, refusesLeadStep, toLocalIso } from '@zhidu/domain'
import { buildLeadMatcher, type Candidate } from '@zhidu/leads'
import type { ServiceContext } from '../context.ts'
import { loadNames } from '../draw/office.ts'
import { loadJudgedCases } from '../event/load-judgements.ts'
import { loadUnitsInReach } from '../inspection/units-in-reach.ts'
import { loadRoster } from '../league/load-roster.ts'
import { loadRules } from '../rules/load-rules.ts'
import { withSnapshot } from '../snapshot.ts'
import { toCaseFile } from '../supervision-case/get-case.ts'
import { ownUnitOf } from '../supervision-case/load-case.ts'
import { wholeOf } from './list-leads.ts'
import { leadOfficeOf, loadLead, type LoadedLead, mayHandleLeads, type MergedStep } from './load-lead.ts'
import { type Matching, loadMatching, toLeadRecord } from './match-lead.ts'
import { toLeadItem } from './to-item.ts'

/** Whether each event was reported in time, by the judgement of all its units; null = it cannot be said yet. */
export async function loadTimings(
  db: ReadonlyDb,
  ctx: ServiceContext,
  keys: readonly { readonly eventCode: string; readonly unitCode: string }[],
): Promise<ReadonlyMap<string, 'on_time' | 'late'>> {
  const [roster, rules] = [await loadRoster(db), await loadRules(db, quarterOf(ctx.clock()))]
  const judged = await loadJudgedCases(db, { keys, roster, rules, asOf: ctx.clock() })
  const timings = new Map<string, 'on_time' | 'late'>()
  for (const { judgement } of judged) {
    const outcomes = [judgement.written.outcome, judgement.phone?.outcome ?? 'on_time']
    if (outcomes.some((one) => one === 'late' || one === 'missing')) timings.set(judgement.eventCode, 'late')
    else if (outcomes.every((one) => one === 'on_time') && !timings.has(judgement.eventCode)) {
      timings.set(judgement.eventCode, 'on_time')
    }
  }
  return timings
}

async function toCandidates(
  db: ReadonlyDb,
  ctx: ServiceContext,
  { rowsOf }: Matching,
  candidates: readonly Candidate[],
): Promise<LeadCandidate[]> {
  const keys = candidates.flatMap(({ id }) =>
    (rowsOf.get(id) ?? []).map(({ eventCode, unitCode }) => ({ eventCode, unitCode })),
  )
  const timings = await loadTimings(db, ctx, keys)
  const nameOf = await loadNames(db, ctx)
  return candidates.map(({ bits, id, probability, reasons }) => {
    const rows = rowsOf.get(id) ?? []
    const [first] = rows
    return {
      eventCode: id,
      units: rows.map(({ unitCode }) => ({ unitCode, unitName: nameOf(unitCode) })),
      category: first?.category ?? null,
      level: first?.level ?? null,
      occurredAt: toLocalIso(first?.occurredAt ?? 0),
      timing: timings.get(id) ?? null,
      probability,
      bits,
      reasons: reasons.map((one) => ({ ...one })),
    }
  })
}

const MOST_SIMILAR = 3

/** Other leads of the time, matched as if they were reports: those from outside may tell of one event twice. */
async function listSimilar(
  db: ReadonlyDb,
  ctx: ServiceContext,
  { gazetteer }: Matching,
  row: LeadRow,
): Promise<LeadPage['similar']> {
  const before = { ...wholeOf(leadOfficeOf(ctx)), seenBefore: row.seenAt + 10 * DAY_MS }
  const others = (await listLeadRows(db, before, { after: null, limit: 300 })).filter(
    ({ leadCode, occurredAt, seenAt }) =>
      leadCode !== row.leadCode && Math.abs((occurredAt ?? seenAt) - row.seenAt) < 10 * DAY_MS,
  )
  const incidents = others.map(
    ({ category, deaths, injuries, leadCode: id, occurredAt, place, seenAt, summary: text, unitCode }) => {
      const about = {
        id,
        unitCodes: unitCode === null ? [] : [unitCode],
        occurredAt: occurredAt ?? seenAt,
        level: null,
      }
      return { ...about, category, place, text, deaths, injuries }
    },
  )
  const { candidates } = buildLeadMatcher(incidents, gazetteer).match(toLeadRecord(row))
  const rowOf = new Map(others.map((one) => [one.leadCode, one]))
  return candidates.slice(0, MOST_SIMILAR).flatMap(({ id, probability }) => {
    const one = rowOf.get(id)
    if (one === undefined) return []
    return [{ leadCode: id, summary: maskNumbers(one.summary), seenAt: toLocalIso(one.seenAt), probability }]
  })
}

function toStep(
  merged: MergedStep,
  files: readonly CaseFileRow[],
  nameOf: (unitCode: string) => string,
): LeadPage['steps'][number] {
  const { step } = merged
  const note = step.note === null ? null : maskNumbers(step.note)
  const base = { at: toLocalIso(step.at), by: step.byName, note, eventCode: step.eventCode }
  const nothing = { lastDay: null, notAnnounced: null, ofLead: null, misreportId: null }
  if (merged.party === 'unit') {
    const { inquiryCode, unitCode } = merged.inquiry
    const own = files.filter(({ sha256 }) => merged.step.files.includes(sha256)).map(toCaseFile)
    const about = { aboutName: nameOf(unitCode), inquiryCode, timing: null }
    return { ...base, ...nothing, ...about, kind: 'explained', party: 'unit', files: own }
  }
  const { aboutCode, kind, misreportId, ofLead, timing } = merged.step
  return {
    ...base,
    kind,
    party: 'office',
    note: merged.inquiry === null ? note : maskNumbers(merged.inquiry.question),
    aboutName: aboutCode === null ? null : nameOf(aboutCode),
    timing,
    lastDay: merged.due?.lastDay ?? null,
    notAnnounced: merged.due?.notAnnounced ?? null,
    ofLead,
    misreportId,
    inquiryCode: merged.inquiry?.inquiryCode ?? null,
    files: [],
  }
}

async function loadOrigin(db: ReadonlyDb, ctx: ServiceContext, leadCode: string): Promise<LeadPage['origin']> {
  const row = await findLeadOrigin(db, leadCode)
  if (row === undefined) return null
  const { at, byName: by, channel, link, messageId, title } = row
  const shown = { channel, link, title, at: toLocalIso(at), by }
  if (messageId === null) return { ...shown, informant: null, photoOf: null }
  const [message] = await listInformantMessages(db, leadOfficeOf(ctx), messageId)
  const steps = message === undefined ? [] : await listInformantSteps(db, leadOfficeOf(ctx), message.informantId)
  const known = steps.findLast(({ name }) => name !== null)
  const informant = known === undefined ? null : { name: known.name ?? '', village: known.village ?? '' }
  const hasPhoto = message !== undefined && message.photoSha256 !== null
  return { ...shown, informant, photoOf: hasPhoto ? messageId : null }
}

function listNext(ctx: ServiceContext, loaded: LoadedLead): LeadPage['next'] {
  const on = localDateOf(ctx.clock())
  return nextLeadSteps(loaded.isComplete, loaded.taken, 'office').map((kind) => ({
    kind,
    barredBy: mayHandleLeads(ctx) ? refusesLeadStep(loaded.isComplete, loaded.taken, { kind, on }) : 'role',
  }))
}

/** One lead with its candidates and why, all its steps, and what the reader may do. Throws ServiceError `not_found`. */
export function getLead(ctx: ServiceContext, { leadCode }: LeadKey): Promise<LeadPage> {
  const today = localDateOf(ctx.clock())
  return withSnapshot(ctx, today, async (db) => {
    const loaded = await loadLead(db, ctx, leadCode)
    const { inquiry, isComplete, merged, row, standing } = loaded
    const matching = await loadMatching(db, isComplete ? [row] : [])
    const match = matching?.matcher.match(toLeadRecord(row)) ?? null
    const nameOf = await loadNames(db, ctx)
    const files = inquiry === null ? [] : await listCaseFiles(db, inquiry.inquiryId)
    const { below } = await loadUnitsInReach(db, leadOfficeOf(ctx), ctx.clock())
    const { regulation } = await loadRules(db, quarterOf(ctx.clock()))
    const proposed = match?.proposed ?? null
    const reader = { today, nameOf, isOffice: ownUnitOf(ctx) !== null }
    const shown = proposed === null ? null : { eventCode: proposed.id, probability: proposed.probability }
    return {
      asOf: toLocalIso(ctx.clock()),
      item: toLeadItem({ ...row, lastDay: standing.lastDay }, reader, standing.turn === null ? null : shown),
      inquiryId: inquiry?.inquiryId ?? null,
      origin: await loadOrigin(db, ctx, leadCode),
      candidates: matching === null || match === null ? [] : await toCandidates(db, ctx, matching, match.candidates),
      similar: matching === null ? [] : await listSimilar(db, ctx, matching, row),
      steps: merged.map((one) => toStep(one, files, nameOf)),
      next: listNext(ctx, loaded),
      explanationWorkingDays: regulation.dueProcess.explanationWorkingDays,
      askable: [...below].map(([unitCode, { name: unitName }]) => ({ unitCode, unitName })),
    }
  })
}
