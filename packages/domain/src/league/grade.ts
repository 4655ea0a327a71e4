import type { MisreportFact } from '../facts/facts.ts'
import { type Grade, GRADES, type Hundredths, type Regulation, type VetoRule } from '../regulation/regulation.ts'

/** The vetoes that the misreports of a quarter bring about. */
export function vetoesOf(
  misreports: readonly Pick<MisreportFact, 'kind' | 'sharePercent'>[],
  regulation: Regulation,
): VetoRule[] {
  // What an honest correction cancelled is no ground for more than it costs.
  const counted = misreports.filter(({ sharePercent }) => sharePercent !== 0)
  return regulation.vetoes.filter(
    (veto) => counted.filter(({ kind }) => veto.misreports.includes(kind)).length >= veto.atLeast,
  )
}

/** Grade by points; a veto caps it whatever the points. Source: contract §5, grades. */
export function gradeOf(points: Hundredths, vetoes: readonly VetoRule[], regulation: Regulation): Grade {
  const { excellent, fair, good } = regulation.grades
  const byPoints = points >= excellent ? 'excellent' : points >= good ? 'good' : points >= fair ? 'fair' : 'poor'
  return vetoes.reduce(
    (grade: Grade, { gradeCap }) => (GRADES.indexOf(gradeCap) > GRADES.indexOf(grade) ? gradeCap : grade),
    byPoints,
  )
}
