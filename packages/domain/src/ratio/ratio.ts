/** A share kept as two counts. `whole` 0 means nothing owed: it has no value and is not 0. */
export interface Ratio {
  readonly part: number
  readonly whole: number
}

export const EMPTY_RATIO: Ratio = { part: 0, whole: 0 }

export function addRatios(a: Ratio, b: Ratio): Ratio {
  return { part: a.part + b.part, whole: a.whole + b.whole }
}

/** 0..1, or null when nothing was owed. */
export function ratioValue(ratio: Ratio): number | null {
  return ratio.whole === 0 ? null : ratio.part / ratio.whole
}
