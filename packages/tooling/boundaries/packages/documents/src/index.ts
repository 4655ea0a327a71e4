import type { Facts } from '@zhidu/contract'
import { quarterOf } from '@zhidu/domain'
import { listUnits } from '@zhidu/db' // breaks: oxlint/no-restricted-imports, turbo/undeclared
import { getLeague } from '@zhidu/services' // breaks: oxlint/no-restricted-imports, turbo/undeclared

export function write(facts: Facts) {
  return [facts, quarterOf(0), listUnits, getLeague]
}
