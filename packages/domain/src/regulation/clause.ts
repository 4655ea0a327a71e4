import type { DeductionCode } from '../league/assessment.ts'

/** Where a deduction stands in the sample rules. */
export interface Clause {
  /** Stable short id, fit for an anchor: `5-A-2`. */
  readonly id: string
  /** Number of the clause as printed: `§5-A`. */
  readonly label: string
}

function clause(dimension: 'A' | 'B' | 'C' | 'D' | 'E', item: number): Clause {
  return { id: `5-${dimension}-${item}`, label: `§5-${dimension}` }
}

/** Items numbered in the order in which contract §5 names them within each dimension of its table of deductions. */
const CLAUSES: Readonly<Record<DeductionCode, Clause>> = {
  phone_late: clause('A', 1),
  phone_missing: clause('A', 2),
  written_late: clause('A', 3),
  written_missing: clause('A', 4),
  follow_up_missed: clause('A', 5),
  element_missing: clause('B', 1),
  understated: clause('C', 1),
  false: clause('C', 2),
  omitted: clause('C', 3),
  concealed: clause('C', 4),
  absent: clause('D', 1),
  no_answer: clause('D', 2),
  call_forwarded: clause('D', 3),
  invalid_number: clause('D', 4),
  leader_unreachable: clause('D', 5),
  not_as_rostered: clause('D', 6),
  unfamiliar: clause('D', 7),
  log_missing: clause('D', 8),
  equipment_missing: clause('D', 9),
  filing_late: clause('E', 1),
  filing_missing: clause('E', 2),
}

export function clauseOf(code: DeductionCode): Clause {
  return CLAUSES[code]
}
