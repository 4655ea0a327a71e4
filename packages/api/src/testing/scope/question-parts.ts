import type { User } from './accounts.ts'
import { CLOSED, MOVED } from './tree.ts'

/** An id that nothing bears. */
export const NOBODY = 'Z-NOTHING-99'
export const NO_UUID = '99999999-9999-4999-8999-999999999999'

/** An input field that names a record, with records that are out of everybody's reach but the top's and the unit's own. */
export interface IdField {
  readonly field: string
  /** For a user: records outside. */
  readonly foreign: (user: User, jobs: readonly string[]) => readonly string[]
  readonly nothing: string
}

/** How a procedure or a route is asked in these tests. */
export interface Registered {
  readonly type: 'query' | 'mutation'
  /** Inputs for the comparison of two worlds: own units, others', closed and moved ones, ids that exist nowhere. */
  readonly inputs: (user: User) => readonly object[]
  readonly ids?: readonly IdField[]
  /** An input for whoever compares no worlds; missing = the first of `inputs`. */
  readonly sample?: object
  /** Fields with ids of the whole installation, which whoever may call reaches all: accounts, keys, rules. */
  readonly ofInstallation?: readonly string[]
}

/** Frozen in the worlds that are compared, with a supplement. */
export const FROZEN_QUARTER = '2026Q2'
const QUARTERS = ['2026Q2', '2026Q3', '2026Q4'] as const

export const perQuarter = (): readonly object[] => QUARTERS.map((quarter) => ({ quarter }))

export function kinOf(user: User): readonly string[] {
  const own = user.unitCode ?? 'A'
  return [...new Set([own, `${own}1`, 'A', 'A112', 'A21', 'A334', MOVED.unitCode, CLOSED.unitCode, NOBODY])]
}

export function outsideOf(user: User): readonly string[] {
  const own = user.unitCode ?? ''
  return ['A3', 'A312', 'A22'].filter((code) => user.unitCode !== 'A' && !code.startsWith(own === '' ? '?' : own))
}

export const unitField: IdField = { field: 'unitCode', foreign: outsideOf, nothing: NOBODY }
