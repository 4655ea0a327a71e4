import type { Regulation, RegulationClause } from './regulation.ts'

/** The provision of that id. Throws RangeError when the regulation has none. */
export function clauseOf(regulation: Pick<Regulation, 'clauses'>, id: string): RegulationClause {
  const clause = regulation.clauses.find((one) => one.id === id)
  if (clause === undefined) throw new RangeError(`no clause ${id}`)
  return clause
}
