/** Which end of the scale is rank 1. */
export type Better = 'higher' | 'lower'

/** RangeError for anything else; 'higher' when left out. */
export function readBetter(better: Better | undefined): Better {
  const read: string = better ?? 'higher'
  if (read === 'higher' || read === 'lower') return read
  throw new RangeError(`better must be 'higher' or 'lower': ${read}`)
}
