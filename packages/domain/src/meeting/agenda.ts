import type { Finding } from '../facts/facts.ts'
import type { Movement } from '../rank-range/movement.ts'
import type { PlainDate } from '../calendar/plain-date.ts'
import type { Indicator } from '../indicator/indicator.ts'
import { daysLeft } from '../due-process/add-workdays.ts'
import type { DecisionStanding } from './decision.ts'
import type { IndicatorChange } from './follow-up.ts'
import type { MeetingEvidence } from './meeting-document.ts'

/** How a place at an end of the table stands. */
export interface AgendaPlace {
  readonly unitCode: string
  readonly group: string
  readonly rank: number
  /** Of truly belonging to the last quarter of the table. */
  readonly probability: number
}

export interface AgendaMove {
  readonly unitCode: string
  readonly group: string
  readonly movement: Movement
}

export interface AgendaDecision extends DecisionStanding {
  readonly decisionId: string
  readonly unitCode: string
  readonly decidedOn: PlainDate
  readonly text: string
  readonly indicator: Indicator | null
  /** Since the meeting; null = no indicator was named. */
  readonly change: IndicatorChange | null
}

/** What an agenda is drafted from. */
export interface AgendaFacts {
  readonly decisions: readonly AgendaDecision[]
  readonly moves: readonly AgendaMove[]
  readonly last: readonly AgendaPlace[]
  /** The same finding at the same unit again after closing. */
  readonly repeated: readonly { readonly unitCode: string; readonly finding: Finding; readonly caseId: string }[]
  /** Cases with a red lamp. */
  readonly overdue: readonly { readonly unitCode: string; readonly caseId: string; readonly lastDay: PlainDate }[]
  /** Findings of the quarter's checks, by kind. */
  readonly findings: readonly { readonly finding: Finding; readonly count: number }[]
}

/** What a drafted item tells, before anybody puts it in words. */
export type AgendaTopic =
  | { readonly kind: 'follow_up'; readonly decision: AgendaDecision }
  | { readonly kind: 'mover_up' | 'mover_down' | 'practice'; readonly move: AgendaMove }
  | {
      readonly kind: 'repeated'
      readonly unitCode: string
      readonly finding: Finding
      readonly caseIds: readonly string[]
    }
  | {
      readonly kind: 'overdue'
      readonly unitCode: string
      readonly caseIds: readonly string[]
      readonly since: PlainDate
    }
  | { readonly kind: 'typical'; readonly finding: Finding; readonly count: number }
  | { readonly kind: 'speaker'; readonly why: 'progress'; readonly move: AgendaMove }
  | { readonly kind: 'speaker'; readonly why: 'last'; readonly place: AgendaPlace }
  | {
      readonly kind: 'speaker'
      readonly why: 'typical'
      readonly unitCode: string
      readonly caseIds: readonly string[]
    }

export interface AgendaEntry {
  readonly topic: AgendaTopic
  readonly unitCodes: readonly string[]
  readonly evidence: readonly MeetingEvidence[]
}

/** Typical cases of one agenda: more than so many kinds are a list, no topic. */
export const TYPICAL_FINDINGS = 2

function unitAndTable({ group, unitCode }: { readonly group: string; readonly unitCode: string }): MeetingEvidence[] {
  return [
    { kind: 'unit', ref: unitCode },
    { kind: 'league', ref: group },
  ]
}

const asCases = (caseIds: readonly string[]): MeetingEvidence[] => caseIds.map((ref) => ({ kind: 'case', ref }))

function entryOf(topic: AgendaTopic): AgendaEntry {
  switch (topic.kind) {
    case 'follow_up': {
      const { decisionId, unitCode } = topic.decision
      return { topic, unitCodes: [unitCode], evidence: [{ kind: 'decision', ref: decisionId }] }
    }
    case 'mover_up':
    case 'mover_down':
    case 'practice':
      return { topic, unitCodes: [topic.move.unitCode], evidence: unitAndTable(topic.move) }
    case 'repeated':
    case 'overdue':
      return { topic, unitCodes: [topic.unitCode], evidence: asCases(topic.caseIds) }
    case 'typical':
      return { topic, unitCodes: [], evidence: [{ kind: 'cases', ref: topic.finding }] }
    case 'speaker': {
      if (topic.why === 'typical') return { topic, unitCodes: [topic.unitCode], evidence: asCases(topic.caseIds) }
      const about = topic.why === 'progress' ? topic.move : topic.place
      return { topic, unitCodes: [about.unitCode], evidence: unitAndTable(about) }
    }
  }
}

/** The widest first: by the end of the interval that is nearer to no change. */
function byCertainSize(a: AgendaMove, b: AgendaMove): number {
  const size = ({ movement: { interval } }: AgendaMove) => Math.max(interval.low, -interval.high)
  return size(b) - size(a) || (a.unitCode < b.unitCode ? -1 : 1)
}

function decisionTopics(decisions: readonly AgendaDecision[]): AgendaTopic[] {
  const place = ({ state }: AgendaDecision) => (state === 'closed' ? 1 : 0)
  const sorted = decisions.toSorted((a, b) => place(a) - place(b) || daysLeft(a.lastDay, b.lastDay))
  return sorted.map((decision) => ({ kind: 'follow_up', decision }))
}

function repeatedTopics({ repeated }: AgendaFacts): Extract<AgendaTopic, { kind: 'repeated' }>[] {
  const alike = [...Map.groupBy(repeated, ({ finding, unitCode }) => `${unitCode} ${finding}`).values()]
  return alike
    .map((some) => {
      const { finding, unitCode } = some[0] as (typeof some)[number]
      return { kind: 'repeated' as const, unitCode, finding, caseIds: some.map(({ caseId }) => caseId) }
    })
    .toSorted((a, b) => b.caseIds.length - a.caseIds.length)
}

function overdueTopics({ overdue }: AgendaFacts): AgendaTopic[] {
  return [...Map.groupBy(overdue, ({ unitCode }) => unitCode)].map(([unitCode, some]) => ({
    kind: 'overdue',
    unitCode,
    caseIds: some.map(({ caseId }) => caseId),
    since: some.map(({ lastDay }) => lastDay).toSorted()[0] as PlainDate,
  }))
}

/**
 * The agenda of a meeting, drafted from results. What became of earlier decisions comes first, the open ones before the closed; only
 * movements that stand among all of their table (Benjamini–Hochberg) are topics; nothing is there without evidence.
 */
export function buildAgenda(facts: AgendaFacts): AgendaEntry[] {
  const solid = facts.moves.filter(({ movement }) => movement.kind === 'solid').toSorted(byCertainSize)
  const up = solid.filter(({ movement }) => movement.direction === 'up')
  const down = solid.filter(({ movement }) => movement.direction === 'down')
  const repeated = repeatedTopics(facts)
  const typical = facts.findings.filter(({ count }) => count > 0).toSorted((a, b) => b.count - a.count)
  const last = facts.last.toSorted((a, b) => b.probability - a.probability || b.rank - a.rank)[0]
  const [progress] = up
  const [again] = repeated
  const topics: AgendaTopic[] = [
    ...decisionTopics(facts.decisions),
    ...up.map((move): AgendaTopic => ({ kind: 'mover_up', move })),
    ...down.map((move): AgendaTopic => ({ kind: 'mover_down', move })),
    ...repeated,
    ...overdueTopics(facts),
    ...up.map((move): AgendaTopic => ({ kind: 'practice', move })),
    ...typical.slice(0, TYPICAL_FINDINGS).map((one): AgendaTopic => ({ kind: 'typical', ...one })),
    ...(progress === undefined ? [] : [{ kind: 'speaker', why: 'progress', move: progress } as const]),
    ...(last === undefined ? [] : [{ kind: 'speaker', why: 'last', place: last } as const]),
    ...(again === undefined
      ? []
      : [{ kind: 'speaker', why: 'typical', unitCode: again.unitCode, caseIds: again.caseIds } as const]),
  ]
  return topics.map(entryOf)
}
