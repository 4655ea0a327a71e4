import type { Grade, Hundredths, Regulation } from '../regulation/regulation.ts'

/** Grade by the sum of the dimensions without bonus; a veto makes it `poor` whatever the sum. Source: contract §5, grades. */
export function gradeOf(points: Hundredths, hasVeto: boolean, regulation: Regulation): Grade {
  const { excellent, fair, good } = regulation.grades
  if (hasVeto) return 'poor'
  if (points >= excellent) return 'excellent'
  if (points >= good) return 'good'
  return points >= fair ? 'fair' : 'poor'
}
