import type { Ratio } from '@zhidu/domain'

/** More than any unit has; beyond it the example would only be slow. */
const MOST = 10_000

/** `9/10` to counts; null for anything else, more than owed, or more than ten thousand. */
export function readExample(text: string): Ratio | null {
  const [, part, whole] = /^\s*(\d{1,5})\s*[/\uff0f]\s*(\d{1,5})\s*$/.exec(text) ?? []
  if (part === undefined || whole === undefined) return null
  const ratio = { part: Number(part), whole: Number(whole) }
  return ratio.part <= ratio.whole && ratio.whole <= MOST ? ratio : null
}
