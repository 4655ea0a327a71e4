import { writeFigure } from '@zhidu/contract'
import { type BulletinFacts, computeFigure, type ResolveFigure } from '@zhidu/domain'

/** The text of a figure in one version; null = not measured, or not in the bulletin. */
export function figureText(facts: BulletinFacts, key: string): string | null {
  const figure = computeFigure(facts, key)
  return figure === null ? null : writeFigure(figure)
}

/** Figures of several versions, each computed once. */
export function resolverOf(versions: readonly BulletinFacts[]): ResolveFigure {
  const byVersion = new Map(versions.map((facts) => [facts.version, facts]))
  const known = new Map<string, string | null>()
  return (version, key) => {
    const name = `${version} ${key}`
    const text = known.get(name)
    if (text !== undefined) return text
    const facts = byVersion.get(version)
    const made = facts === undefined ? null : figureText(facts, key)
    known.set(name, made)
    return made
  }
}
