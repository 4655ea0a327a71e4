import { quarterOf } from '@zhidu/domain'
import { draw } from '@zhidu/statistics'
import { listUnits } from '@zhidu/db' // breaks: oxlint/no-restricted-imports, turbo/undeclared

export function makeCity() {
  return [quarterOf(0), draw, listUnits, Math.random()] // breaks: oxlint/no-restricted-properties
}
