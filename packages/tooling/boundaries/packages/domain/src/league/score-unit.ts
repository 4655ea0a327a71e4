import { draw } from '@zhidu/statistics'
import { z } from 'zod' // breaks: oxlint/no-restricted-imports, turbo/undeclared, knip/unlisted
import { listUnits } from '@zhidu/db' // breaks: oxlint/no-restricted-imports, turbo/undeclared
import { createHash } from 'node:crypto' // breaks: oxlint/no-restricted-imports
import { ref } from 'vue' // breaks: oxlint/no-restricted-imports, turbo/undeclared, knip/unlisted
import { toDayNumber } from '../calendar/index.ts' // breaks: oxlint/no-restricted-imports
import { kinds } from '../../../contract/src/index.ts' // breaks: oxlint/no-restricted-imports, turbo/path
import type { UnitFacts } from './unit-facts.ts'

export function scoreUnit(facts: UnitFacts) {
  return [draw([], facts), z, listUnits, createHash, ref, toDayNumber, kinds]
}
