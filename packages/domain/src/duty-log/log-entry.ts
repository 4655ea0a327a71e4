import { HOUR_MS, MINUTE_MS } from '../calendar/local-time.ts'

/** How a matter came: 来电, 来文, 网络, 口头, 系统, 其他. */
export const LOG_SOURCES = ['call', 'document', 'network', 'oral', 'system', 'other'] as const
export type LogSource = (typeof LOG_SOURCES)[number]

/** 接办事项, 突发事件, 上级指令, 掌握动态, 备忘. Each of them stays on the list until something came of it. */
export const LOG_KINDS = ['matter', 'emergency', 'instruction', 'situation', 'memo'] as const
export type LogKind = (typeof LOG_KINDS)[number]

/**
 * What is done with an entry: 领导批示, 处理, 转办, 移交下一班, 办结, 重开, 更正. Only `closed` takes it from the list, and only
 * with what came of it.
 */
export const LOG_STEPS = [
  'instructed',
  'disposed',
  'transferred',
  'handed_over',
  'closed',
  'reopened',
  'corrected',
] as const
export type LogStepKind = (typeof LOG_STEPS)[number]

/** What came of it: 已办结, 已上报, 已答复, 已移交有关单位接收, 知悉存档, 不予受理并说明. */
export const LOG_OUTCOMES = ['done', 'reported', 'answered', 'accepted_elsewhere', 'noted', 'declined'] as const
export type LogOutcome = (typeof LOG_OUTCOMES)[number]

export const LOG_STATES = ['open', 'closed'] as const
export type LogState = (typeof LOG_STATES)[number]

/** An entry written so long after what it tells is a late one, 补记. No rule of an office says so; it only shows. */
export const LATE_ENTRY_MS = HOUR_MS
/** What a device's clock may differ from the server's before it is said. */
export const CLOCK_SLACK_MS = MINUTE_MS
/** What is told today happened no earlier than so many days ago. */
export const OLDEST_ENTRY_DAYS = 366

export interface LogStep {
  readonly kind: LogStepKind
}

export function logStateOf(steps: readonly LogStep[]): LogState {
  return steps.findLast(({ kind }) => kind === 'closed' || kind === 'reopened')?.kind === 'closed' ? 'closed' : 'open'
}

/** Why a step is not taken. */
export type LogRefusal = 'closed_already' | 'still_open'

/** Why `next` may not follow; null = it may. Content is corrected at any time, and what was closed is first opened again. */
export function refusesLogStep(steps: readonly LogStep[], next: LogStepKind): LogRefusal | null {
  const state = logStateOf(steps)
  if (next === 'corrected') return null
  if (next === 'reopened') return state === 'open' ? 'still_open' : null
  return state === 'closed' ? 'closed_already' : null
}

/** Steps that a person may take now; handing over comes with the handover. */
export function nextLogSteps(steps: readonly LogStep[]): LogStepKind[] {
  return LOG_STEPS.filter((kind) => kind !== 'handed_over' && refusesLogStep(steps, kind) === null)
}

/** How long after it happened an entry was written, whole hours, at least 1; null = in time. Instants: epoch ms. */
export function lateHoursOf(receivedAt: number, writtenAt: number): number | null {
  const late = writtenAt - receivedAt
  return late > LATE_ENTRY_MS ? Math.floor(late / HOUR_MS) : null
}

export type ReceivedRefusal = 'in_future' | 'too_old'

/** Why an entry cannot have been received then; null = it can. `now`: of the server. */
export function refusesReceivedAt(receivedAt: number, now: number): ReceivedRefusal | null {
  if (receivedAt > now) return 'in_future'
  return now - receivedAt > OLDEST_ENTRY_DAYS * 24 * HOUR_MS ? 'too_old' : null
}

/** Minutes by which a device is ahead of the server (negative = behind), rounded; null = no difference worth a word. */
export function clockDifferenceOf(deviceAt: number, now: number): number | null {
  const ahead = deviceAt - now
  return Math.abs(ahead) > CLOCK_SLACK_MS ? Math.round(ahead / MINUTE_MS) : null
}
