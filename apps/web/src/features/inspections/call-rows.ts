import type { InspectionPage } from '@zhidu/contract'
import { isAnsweredLate } from '@zhidu/domain'

type Page = Pick<InspectionPage, 'document' | 'phone'>
type Attempt = Page['document']['attempts'][number]

/** One call on the common line of time; places are shares of its length, 0 to 1. */
export interface CallRow {
  readonly key: string
  readonly attempt: Attempt
  readonly from: number
  readonly to: number
  /** Until when it ought to be answered; null = beyond the line. */
  readonly limit: number | null
  /** Seconds since the end of the call before; null = the first. */
  readonly sinceSeconds: number | null
  /** Called again sooner than the rules want. */
  readonly isEarly: boolean
  /** Answered, and after the limit. */
  readonly isLate: boolean
}

export interface CallLine {
  readonly lengthMs: number
  readonly rows: readonly CallRow[]
  /** Asked to call back, until when it is waited for, and when somebody did; shares of the length. */
  readonly callBack: { readonly from: number; readonly to: number; readonly came: number | null } | null
}

const PERSONS: readonly string[] = ['leader', 'officer']

/** The calls of a check, each against the limits of the rules; null = there was none. */
export function layCallLine(page: Page): CallLine | null {
  const { attempts, callBack, elapsedMs } = page.document
  const { phone } = page
  if (attempts.length === 0) return null
  const ends = attempts.map(({ dialledMs, ringMs }) => dialledMs + ringMs)
  const untilMs = callBack === null ? 0 : callBack.askedMs + phone.callBackSeconds * 1_000
  const lengthMs = Math.max(1_000, elapsedMs, untilMs, ...ends)
  const share = (ms: number): number => Math.min(1, Math.max(0, ms / lengthMs))
  const rows = attempts.map((attempt, at): CallRow => {
    const limitMs = attempt.dialledMs + phone.maxSeconds * 1_000
    const before = attempts.slice(0, at).findLast(({ line }) => line === attempt.line)
    const since = before === undefined ? null : attempt.dialledMs - before.dialledMs - before.ringMs
    const isDuty = !PERSONS.includes(attempt.line)
    return {
      key: `${at}`,
      attempt,
      from: share(attempt.dialledMs),
      to: share(attempt.dialledMs + attempt.ringMs),
      limit: limitMs <= lengthMs && isDuty ? share(limitMs) : null,
      sinceSeconds: since === null ? null : Math.round(since / 1_000),
      isEarly: isDuty && since !== null && since < phone.spacingSeconds * 1_000,
      isLate: isAnsweredLate(attempt, phone),
    }
  })
  const asked = callBack === null ? null : { from: share(callBack.askedMs), to: share(untilMs) }
  const came = callBack?.cameMs ?? null
  return {
    lengthMs,
    rows,
    callBack: asked === null ? null : { ...asked, came: came === null ? null : share(came) },
  }
}
