import type { Mutant } from './mutants.ts'
import type { Verdict } from './worker.ts'

export interface Judged {
  readonly file: string
  readonly mutant: Mutant
  /** `unreached`: no test comes by. `endless`: it ran for ever, and was noticed by that. */
  readonly verdict: Verdict | 'endless' | 'unreached'
  /** The text that was replaced, and the line it begins in, without its indentation. */
  readonly was: string
  readonly line: string
}

/** Mutants that change nothing anybody could see, and why. */
export interface Equivalent {
  readonly file: string
  /** The line, without its indentation, and the text in it that is replaced. */
  readonly line: string
  readonly was: string
  readonly replacements: readonly string[]
  readonly reason: string
}

export function describeMutant({ file, mutant, was }: Judged): string {
  const short = (text: string): string => text.replaceAll(/\s+/g, ' ').slice(0, 70)
  return `${file}:${mutant.line} ${mutant.kind}: ${short(was)} → ${short(mutant.replacement)}`
}

function isListed({ file, line, mutant, was }: Judged, one: Equivalent): boolean {
  return one.file === file && one.line === line && one.was === was && one.replacements.includes(mutant.replacement)
}

/**
 * Survivors that no list excuses, and what is wrong with the list: an entry for a mutant that is noticed, or, where the whole was
 * run, for none.
 */
export function compareToList(
  judged: readonly Judged[],
  list: readonly Equivalent[],
  { isWhole }: { readonly isWhole: boolean },
): { unnoticed: Judged[]; problems: string[] } {
  const isAlive = ({ verdict }: Judged): boolean => verdict === 'survived' || verdict === 'unreached'
  const unnoticed = judged.filter((one) => isAlive(one) && !list.some((entry) => isListed(one, entry)))
  const files = new Set(judged.map(({ file }) => file))
  const idle = list.filter((entry) => {
    const mutants = judged.filter((one) => isListed(one, entry))
    return files.has(entry.file) && (mutants.length > 0 || isWhole) && !mutants.some(isAlive)
  })
  return {
    unnoticed,
    problems: idle.map(({ file, was }) => `listed as equivalent, but noticed or gone: ${file} ${was}`),
  }
}

/** Of the mutants that are programs and not equivalent, those that a test noticed. */
export function scoreOf(
  judged: readonly Judged[],
  unnoticed: readonly Judged[],
): { killed: number; total: number; equivalent: number; percent: number } {
  const killed = judged.filter(({ verdict }) => verdict === 'killed' || verdict === 'endless').length
  const programs = judged.filter(({ verdict }) => verdict !== 'broken').length
  const total = killed + unnoticed.length
  return { killed, total, equivalent: programs - total, percent: total === 0 ? 100 : (100 * killed) / total }
}
