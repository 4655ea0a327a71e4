import type { Regulation } from '../regulation/regulation.ts'

/** Rings after the limit before it is fair to hang up, where the regulation does not say. */
const PATIENCE_RINGS = 5
/** One attempt never proves absence, also under a document from before it was refused to say so. */
const LEAST_ATTEMPTS = 2

/** How calls are made under a regulation; every figure is one of its settings. */
export interface PhoneSettings {
  readonly clause: string
  readonly maxRings: number
  readonly maxSeconds: number
  /** From here on the inspector may hang up: fewer rings prove nothing. */
  readonly giveUpRings: number
  readonly attempts: number
  readonly spacingSeconds: number
  /** True: before a verdict the alternate line is tried where the unit has one. */
  readonly alternateLine: boolean
  /** 0 = a call back is not waited for. */
  readonly callBackSeconds: number
}

/** What a regulation written before these settings leaves out is filled: rings of the limit and five more, alternate line tried. */
export function phoneSettingsOf({ phoneCheck }: Pick<Regulation, 'phoneCheck'>): PhoneSettings {
  return {
    ...phoneCheck,
    attempts: Math.max(phoneCheck.attempts, LEAST_ATTEMPTS),
    giveUpRings: phoneCheck.giveUpRings ?? phoneCheck.maxRings + PATIENCE_RINGS,
    alternateLine: phoneCheck.alternateLine ?? true,
  }
}
