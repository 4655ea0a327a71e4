import type { LogItem as LogLine } from '@zhidu/contract'
import type { LogEntryRow, LogStepRow, ReadonlyDb } from '@zhidu/db'
import {
  lateHoursOf,
  type LogItem,
  logOverAt,
  logStateOf,
  maskName,
  maskNumbers,
  maskPhone,
  openHoursOf,
  quarterOf,
  toLocalIso,
} from '@zhidu/domain'
import { loadRules } from '../rules/load-rules.ts'

export interface LogReader {
  readonly nameOf: (unitCode: string) => string
  /** Epoch ms. */
  readonly now: number
  /** Hours that the rules of an instant's quarter give; null = they set no limit. */
  readonly limitOf: (at: number) => number | null
  /** How somebody on a unit's roster is named to the reader. */
  readonly personOf: (unitCode: string) => (person: string) => string
}

/** The limits of the quarters in which some entries were written. */
export async function loadLimits(db: ReadonlyDb, instants: readonly number[]): Promise<LogReader['limitOf']> {
  const quarters = [...new Set(instants.map(quarterOf))]
  const limits = new Map<string, number | null>()
  for (const quarter of quarters) {
    const { regulation } = await loadRules(db, quarter)
    limits.set(quarter, regulation.dutyLog?.closeWithinHours ?? null)
  }
  return (at) => limits.get(quarterOf(at)) ?? null
}

/** An entry as the engine has it. */
export function toEngineItem(row: LogEntryRow, steps: readonly LogStepRow[]): LogItem {
  const openings: { openedAt: number; closedAt: number | null }[] = [{ openedAt: row.at, closedAt: null }]
  for (const { at, kind } of steps) {
    const last = openings.at(-1)
    if (kind === 'closed' && last !== undefined) last.closedAt = at
    if (kind === 'reopened') openings.push({ openedAt: at, closedAt: null })
  }
  return { entryCode: row.entryCode, receivedAt: row.receivedAt, openings }
}

/** The text that counts: the last correction, else as it was written. */
export function contentOf(row: LogEntryRow, steps: readonly LogStepRow[]): string {
  return steps.findLast(({ kind }) => kind === 'corrected')?.content ?? row.content
}

const masked = (text: string | null): string | null => (text === null ? null : maskNumbers(text))

export function toLogLine(row: LogEntryRow, steps: readonly LogStepRow[], reader: LogReader): LogLine {
  const { limitOf, nameOf, now, personOf } = reader
  const state = logStateOf(steps)
  const closed = state === 'closed' ? steps.findLast(({ kind }) => kind === 'closed') : undefined
  const limit = limitOf(row.at)
  const overAt = limit === null ? null : logOverAt(toEngineItem(row, steps), limit)
  return {
    entryId: row.entryId,
    entryCode: row.entryCode,
    unitCode: row.unitCode,
    unitName: nameOf(row.unitCode),
    number: row.number,
    source: row.source,
    kind: row.kind,
    callerUnit: row.callerUnit,
    callerName: row.callerName === null ? null : maskName(row.callerName),
    callerPhone: row.callerPhone === null ? null : maskPhone(row.callerPhone),
    receivedAt: toLocalIso(row.receivedAt),
    writtenAt: toLocalIso(row.at),
    lateHours: lateHoursOf(row.receivedAt, row.at),
    clockAheadMinutes: row.clockAheadMinutes,
    content: maskNumbers(contentOf(row, steps)),
    isCorrected: steps.some(({ kind }) => kind === 'corrected'),
    officer: row.officer === null ? null : row.officer.split('、').map(personOf(row.unitCode)).join('、'),
    writtenBy: row.byName,
    eventCode: row.eventCode,
    leadCode: row.leadCode,
    state,
    outcome: closed?.outcome ?? null,
    lastNote: masked(steps.findLast(({ kind, note }) => note !== null && kind !== 'corrected')?.note ?? null),
    closedAt: closed === undefined ? null : toLocalIso(closed.at),
    openHours: state === 'open' ? openHoursOf(row.at, now) : null,
    handedOver: steps.filter(({ kind }) => kind === 'handed_over').length,
    isOverLimit: limit === null ? null : overAt !== null && overAt <= now,
  }
}
