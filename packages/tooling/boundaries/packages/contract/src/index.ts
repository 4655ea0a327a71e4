import type { UnitFacts } from '@zhidu/domain'
import { z } from 'zod'
import { listUnits } from '@zhidu/db' // breaks: oxlint/no-restricted-imports, turbo/undeclared
import { readFileSync } from 'node:fs' // breaks: oxlint/no-restricted-imports
import { getLeague } from '@zhidu/services' // breaks: oxlint/no-restricted-imports, turbo/undeclared

export const kinds = [z, listUnits, readFileSync, getLeague]
export type Facts = UnitFacts
