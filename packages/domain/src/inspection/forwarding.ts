import type { DutyMode } from '../facts/facts.ts'

/**
 * What can tell that a call was sent on to another telephone, each by a mechanism of its own: the exchange's record of the call
 * (181, History-Info, Diversion); the officer's own mobile, busy while the landline talks; the code that only the duty room
 * shows; a call back from that telephone; ring and background compared with earlier calls.
 */
export const FORWARDING_SIGNALS = ['sip_record', 'second_line', 'room_code', 'call_back', 'sound'] as const
export type ForwardingSignal = (typeof FORWARDING_SIGNALS)[number]

export const SIGNAL_READINGS = ['points_to', 'speaks_against', 'unclear'] as const
export type SignalReading = (typeof SIGNAL_READINGS)[number]

export interface SignalRecord {
  readonly signal: ForwardingSignal
  readonly reading: SignalReading
  /** What was seen or heard. */
  readonly note: string | null
}

/** Independent signals that make a suspicion; fewer are kept and prove nothing. */
export const SIGNALS_FOR_SUSPICION = 2

export interface ForwardingVerdict {
  readonly isSuspected: boolean
  readonly pointing: readonly ForwardingSignal[]
  readonly against: readonly ForwardingSignal[]
  /** Why the signals bring no suspicion whatever they say; null = they may. */
  readonly exempt: 'phone_duty' | 'registered' | null
}

/**
 * Weighs the signals: a kind counts once, the last reading of it. Forwarding is a fault only of a unit with a duty room, and not
 * on a day for which it has registered it. A suspicion is no finding before a person confirms it.
 */
export function weighForwarding(
  records: readonly SignalRecord[],
  unit: { readonly dutyMode: DutyMode; readonly isRegistered: boolean },
): ForwardingVerdict {
  const readings = new Map(records.map(({ reading, signal }) => [signal, reading]))
  const of = (wanted: SignalReading) => FORWARDING_SIGNALS.filter((signal) => readings.get(signal) === wanted)
  const pointing = of('points_to')
  const exempt = unit.dutyMode === 'phone' ? 'phone_duty' : unit.isRegistered ? 'registered' : null
  return {
    isSuspected: exempt === null && pointing.length >= SIGNALS_FOR_SUSPICION,
    pointing,
    against: of('speaks_against'),
    exempt,
  }
}
