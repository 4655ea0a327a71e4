import type { FilingClockView } from '@zhidu/contract'
import type { LampTone } from '../StatusLamp.vue'

/** With less than a third of an hour left, or of a day for what is judged later, a clock is looked at first. */
const SOON_MS = 20 * 60_000

/** `running`: time is left; `soon`: little; `met`, `late`, `missed`: it is over, and how. */
export type ClockState = 'running' | 'soon' | 'met' | 'late' | 'missed'

/** Where a clock stands at `now`, epoch ms, and how far from its limit in whole seconds: before it positive. */
export function standingOf({ dueAt, outcome }: Pick<FilingClockView, 'dueAt' | 'outcome'>, now: number) {
  const secondsLeft = Math.floor((Date.parse(dueAt) - now) / 1_000)
  const state: ClockState =
    outcome === 'on_time'
      ? 'met'
      : outcome === 'late'
        ? 'late'
        : outcome === 'missing' || secondsLeft < 0
          ? 'missed'
          : secondsLeft * 1_000 <= SOON_MS
            ? 'soon'
            : 'running'
  return { secondsLeft, state }
}

export const TONE_OF: Readonly<Record<ClockState, LampTone>> = {
  running: 'green',
  soon: 'amber',
  met: 'green',
  late: 'red',
  missed: 'red',
}

/** `1:02:03`, or `02:03` within an hour; of what is over, since how long. */
export function toCountdown(seconds: number): string {
  const whole = Math.abs(seconds)
  const two = (value: number): string => String(value).padStart(2, '0')
  const [hours, minutes] = [Math.floor(whole / 3_600), Math.floor((whole % 3_600) / 60)]
  return `${hours > 0 ? `${hours}:` : ''}${two(minutes)}:${two(whole % 60)}`
}
