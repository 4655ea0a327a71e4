import { type ClockReading, type EventRecord, type ReportTrail, TRAIL_FIELDS } from '@zhidu/contract'
import {
  listObligationVersions,
  listPhoneRecords,
  listReportVersions,
  type PhoneRecordRow,
  type ReadonlyDb,
  type ReportVersionRow,
} from '@zhidu/db'
import { findFirstReport, fromElementMask, type ReportFact, SECOND_MS, STAGES, toLocalIso } from '@zhidu/domain'
import type { ServiceContext } from '../context.ts'
import { loadRoster } from '../league/load-roster.ts'
import { standingsOfCase } from '../obligation/load-standings.ts'
import { findReopenRefusal } from '../obligation/reopen-refusal.ts'
import { toObligationTimeline } from '../obligation/to-obligation-view.ts'
import { BY_PAGE, BY_PHONE } from '../reporting/put-report.ts'
import type { JudgedCase } from './load-judgements.ts'

type Source = ClockReading['source']
type Sender = Pick<ClockReading, 'source' | 'by' | 'fileName'>

/** D = the unit's own claim, C = put down by hand elsewhere, B = another system by key, A = this server. */
const GRADE_OF: Readonly<Record<Source, NonNullable<ClockReading['grade']>>> = {
  system: 'A',
  other_system: 'B',
  office_record: 'C',
  superior: 'C',
  machine: 'C',
  own: 'D',
}

const BY_KEY = 'api/v1/'

/** A file out of the asker's reach came from somebody above it. */
function sourceOf(row: ReportVersionRow): Source {
  if (!row.isFileKnown) return 'superior'
  if (row.fileName?.startsWith(BY_KEY) === true) return 'other_system'
  if (row.senderUnit === null) return 'machine'
  return row.senderUnit === row.unitCode ? 'own' : 'superior'
}

/** A file by its name, a report of the page by its receipt; a call of the telephone record has neither. */
function nameOf({ fileName }: ReportVersionRow): string | null {
  if (fileName === null || fileName.startsWith(BY_PHONE)) return null
  return fileName.startsWith(BY_PAGE) ? fileName.slice(BY_PAGE.length) : fileName
}

function senderOf(row: ReportVersionRow): Sender {
  return { source: sourceOf(row), by: row.importedBy, fileName: nameOf(row) }
}

function slotOf(row: Pick<ReportFact, 'stage' | 'sequence'>): string {
  return `${row.stage}/${row.sequence}`
}

function textOf(row: ReportVersionRow, field: (typeof TRAIL_FIELDS)[number]): string | null {
  if (field === 'elements') return fromElementMask(row.elements).join(';')
  const value = row[field]
  return typeof value === 'number' ? toLocalIso(value) : value
}

function toTrail(versions: readonly ReportVersionRow[]): ReportTrail[] {
  const slots = [...Map.groupBy(versions, slotOf).values()]
  return slots
    .flatMap((rows): ReportTrail[] => {
      const [first] = rows
      if (first === undefined) return []
      return [
        {
          stage: first.stage,
          sequence: first.sequence,
          versions: rows.map((row, index) => {
            const before = rows[index - 1]
            const changed =
              before === undefined ? [] : TRAIL_FIELDS.filter((field) => textOf(row, field) !== textOf(before, field))
            return {
              recordedAt: toLocalIso(row.recordedAt),
              ...senderOf(row),
              changes: changed.map((field) => ({
                field,
                from: before === undefined ? null : textOf(before, field),
                to: textOf(row, field),
              })),
            }
          }),
        },
      ]
    })
    .sort((a, b) => STAGES.indexOf(a.stage) - STAGES.indexOf(b.stage) || a.sequence - b.sequence)
}

const FIELD_OF = {
  occurred: 'occurredAt',
  learned: 'learnedAt',
  phoned: 'phonedAt',
  written: 'writtenAt',
} as const satisfies Partial<Record<ClockReading['clock'], keyof ReportVersionRow>>
type GivenClock = keyof typeof FIELD_OF

function isByPage({ fileName }: ReportVersionRow): boolean {
  return fileName?.startsWith(BY_PAGE) === true
}

/**
 * The version that brought a clock as it stands: where a report came by the page, what was written over it since by others left its
 * clocks alone.
 */
function broughtBy(rows: readonly ReportVersionRow[], clock: GivenClock, current: ReportVersionRow): ReportVersionRow {
  if (!rows.some(isByPage)) return current
  const field = FIELD_OF[clock]
  const since = rows.findLastIndex((row) => row[field] !== current[field]) + 1
  return rows[since] ?? current
}

function clockSender(row: ReportVersionRow, clock: GivenClock): Sender {
  const sender = senderOf(row)
  return clock === 'written' && isByPage(row) ? { ...sender, source: 'system' } : sender
}

/** The version in effect of a report's slot, and the first that was ever received of it. */
function findVersions(versions: readonly ReportVersionRow[], report: ReportFact | undefined) {
  const rows = report === undefined ? [] : versions.filter((row) => slotOf(row) === slotOf(report))
  return { rows, first: rows[0], current: rows.at(-1) }
}

/** The call as the office that took it has it; undefined where the time on record is not from there. */
function toRecordedCall(at: number | null, calls: readonly PhoneRecordRow[]): ClockReading | undefined {
  const call = calls.find(({ beganAt }) => beganAt === at)
  if (call === undefined) return undefined
  return {
    clock: 'phoned',
    at: toLocalIso(call.beganAt),
    recordedAt: toLocalIso(call.recordedAt),
    grade: GRADE_OF.office_record,
    source: 'office_record',
    by: call.officeName,
    fileName: null,
  }
}

interface ClockSources {
  readonly versions: readonly ReportVersionRow[]
  readonly calls: readonly PhoneRecordRow[]
}

function toClocks({ judgement, reports }: JudgedCase, { calls, versions }: ClockSources, asOf: number) {
  const first = findFirstReport(reports)
  const caller = reports
    .filter(({ phonedAt }) => phonedAt !== null && phonedAt <= asOf)
    .toSorted((a, b) => (a.phonedAt ?? 0) - (b.phonedAt ?? 0))[0]
  const read = (clock: GivenClock, at: number | null, report: ReportFact | undefined): ClockReading => {
    const { current: last, rows } = findVersions(versions, report)
    const current = last === undefined ? undefined : broughtBy(rows, clock, last)
    if (at === null || current === undefined) {
      return { clock, at: null, recordedAt: null, grade: null, source: 'own', by: null, fileName: null }
    }
    const sender = clockSender(current, clock)
    return {
      clock,
      at: toLocalIso(at),
      recordedAt: toLocalIso(current.recordedAt),
      grade: GRADE_OF[sender.source],
      ...sender,
    }
  }
  // The first version received of the first report in writing, whatever was corrected later.
  const { first: firstOf, rows: ofFirst } = findVersions(versions, first ?? judgement.judged)
  const received = ofFirst.find(({ writtenAt }) => writtenAt !== null) ?? firstOf
  const receivedAt = received?.recordedAt ?? null
  const clocks: ClockReading[] = [
    read('occurred', judgement.judged.occurredAt, judgement.judged),
    read('learned', judgement.judged.learnedAt, judgement.judged),
    toRecordedCall(caller?.phonedAt ?? null, calls) ?? read('phoned', caller?.phonedAt ?? null, caller),
    read('written', judgement.written.at, first),
    {
      clock: 'received',
      at: receivedAt === null ? null : toLocalIso(receivedAt),
      recordedAt: receivedAt === null ? null : toLocalIso(receivedAt),
      grade: receivedAt === null ? null : 'A',
      source: 'system',
      by: received?.importedBy ?? null,
      fileName: received?.fileName ?? null,
    },
  ]
  const { at: writtenAt } = judgement.written
  const lag = writtenAt === null || receivedAt === null ? null : Math.floor((receivedAt - writtenAt) / SECOND_MS)
  return { clocks, receiptLagSeconds: lag }
}

/** What is known of an event in each unit besides how it was judged, in the order of `cases`. */
export async function loadEventRecords(
  db: ReadonlyDb,
  ctx: ServiceContext,
  args: { readonly eventCode: string; readonly cases: readonly JudgedCase[]; readonly asOf: number },
): Promise<EventRecord[]> {
  const { asOf, cases, eventCode } = args
  const roster = await loadRoster(db)
  const reportVersions = await listReportVersions(db, eventCode)
  const allCalls = await listPhoneRecords(db, { eventCodes: [eventCode] })
  const records: EventRecord[] = []
  for (const one of cases) {
    const { unitCode } = one.judgement
    const own = reportVersions.filter((row) => row.unitCode === unitCode)
    const owed = await listObligationVersions(db, unitCode, [eventCode])
    const obligations = []
    for (const standing of standingsOfCase(one, roster)) {
      const { kind, quarter } = standing.obligation
      const what = { unitCode, quarter, outcome: standing.outcome }
      const reopenRefusal = await findReopenRefusal(db, ctx.actor, what)
      const versions = owed.filter((row) => row.kind === kind)
      obligations.push(toObligationTimeline(standing, asOf, { versions, reopenRefusal }))
    }
    const calls = allCalls.filter((call) => call.unitCode === unitCode)
    records.push({ unitCode, ...toClocks(one, { versions: own, calls }, asOf), trail: toTrail(own), obligations })
  }
  return records
}
