import { HOUR_MS, SECOND_MS } from '../calendar/local-time.ts'
import { monthOfQuarter, type Quarter, quarterRange } from '../calendar/quarter.ts'
import type { LogItemFact } from '../facts/facts.ts'
import type { Deduction } from '../league/assessment.ts'
import { compareCodePoints } from '../league/code-point-order.ts'
import { ALWAYS_STEADY, changesAt, type Steady } from '../league/steady.ts'
import type { DutyLogRule, Regulation } from '../regulation/regulation.ts'
import { type OpenSpan, unitPeriodAt } from '../unit/membership.ts'

/** An entry of the log: every time it was open, in order. Instants: epoch ms, whole seconds. */
export interface LogItem {
  readonly entryCode: string
  readonly receivedAt: number
  /** At least one; `closedAt` null = open still, and then it is the last. */
  readonly openings: readonly Pick<LogItemFact, 'openedAt' | 'closedAt'>[]
}

/** Rows of one unit, in any order. Items in the order of their first opening, then by code. */
export function toLogItems(facts: readonly LogItemFact[]): LogItem[] {
  return [...Map.groupBy(facts, ({ entryCode }) => entryCode)]
    .map(([entryCode, rows]) => {
      const openings = rows.toSorted((a, b) => a.opening - b.opening)
      return { entryCode, receivedAt: (rows[0] as LogItemFact).receivedAt, openings }
    })
    .sort((a, b) => writtenAtOf(a) - writtenAtOf(b) || compareCodePoints(a.entryCode, b.entryCode))
}

/** When an item was written: its first opening. */
export function writtenAtOf({ openings }: LogItem): number {
  return (openings[0] as LogItem['openings'][number]).openedAt
}

/**
 * The first second at which an item has been open for more than the limit, all its openings together; null = it never was. Closed at
 * the limit to the second is in time. Epoch ms.
 */
export function logOverAt({ openings }: LogItem, closeWithinHours: number): number | null {
  let left = closeWithinHours * HOUR_MS
  for (const { closedAt, openedAt } of openings) {
    const spent = closedAt === null ? Infinity : closedAt - openedAt
    if (spent > left) return openedAt + left + SECOND_MS
    left -= spent
  }
  return null
}

/** What the log of a quarter costs, and could have. */
export interface LogEffect {
  readonly charges: readonly { readonly deduction: Deduction; readonly belongsAt: number }[]
  /** When the items of the quarter were written, as known. */
  readonly chances: readonly number[]
  readonly steady: Steady
}

interface Fault {
  readonly code: 'log_open' | 'log_late'
  readonly at: number
  readonly points: number
  readonly item: LogItem
}

const NOTHING: LogEffect = { charges: [], chances: [], steady: ALWAYS_STEADY }

function faultsOf(item: LogItem, { closeWithinHours, lateEntry, points }: DutyLogRule): Fault[] {
  const writtenAt = writtenAtOf(item)
  const overAt = logOverAt(item, closeWithinHours)
  const isLate = lateEntry !== null && writtenAt - item.receivedAt > lateEntry.afterHours * HOUR_MS
  return [
    ...(isLate ? [{ code: 'log_late' as const, at: writtenAt, points: lateEntry.points, item }] : []),
    ...(overAt === null ? [] : [{ code: 'log_open' as const, at: overAt, points, item }]),
  ]
}

/**
 * The log of one unit under the section of the rules about it; nothing without one. An item belongs to the quarter in which it was
 * written. `isWaived`: of a deduction that counts no longer; what the cap then leaves room for is charged.
 * `asOf`: whole seconds. Card: docs/indicators/log-closure.md
 */
export function judgeLog(
  facts: readonly LogItemFact[],
  spans: readonly OpenSpan[],
  context: {
    readonly quarter: Quarter
    readonly regulation: Pick<Regulation, 'dutyLog' | 'period'>
    readonly asOf: number
    readonly isWaived: (deduction: Pick<Deduction, 'at' | 'code' | 'ref'>) => boolean
  },
): LogEffect {
  const { asOf, isWaived, quarter, regulation } = context
  const rule = regulation.dutyLog
  if (rule === undefined || facts.length === 0) return NOTHING
  const { from, to } = quarterRange(quarter)
  const items = toLogItems(facts).filter((item) => {
    const at = writtenAtOf(item)
    return from <= at && at < to && unitPeriodAt(spans, at) !== null
  })
  let steady = ALWAYS_STEADY
  for (const item of items) steady = changesAt(steady, asOf, writtenAtOf(item))
  const faults = items
    .flatMap((item) => faultsOf(item, rule))
    .sort((a, b) => a.at - b.at || compareCodePoints(a.item.entryCode, b.item.entryCode))
  const left = new Map<number, number>()
  const charges: { deduction: Deduction; belongsAt: number }[] = []
  for (const { at, code, item, points } of faults) {
    steady = changesAt(steady, asOf, at)
    const ref = item.entryCode
    if (at > asOf || isWaived({ at, code, ref })) continue
    const belongsAt = writtenAtOf(item)
    const period = regulation.period === 'month' ? monthOfQuarter(belongsAt) : 0
    const room = left.get(period) ?? rule.max ?? Infinity
    const charged = Math.min(points, room)
    left.set(period, room - charged)
    if (charged === 0) continue
    const { clause } = rule
    const deduction = { dimension: 'discipline', code, points: charged, ref, at, clause, zeroesMonth: false } as const
    charges.push({ deduction, belongsAt })
  }
  return { charges, chances: items.map(writtenAtOf).filter((at) => at <= asOf), steady }
}
