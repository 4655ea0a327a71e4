import { readFileSync } from 'node:fs'
import { scoreUnit } from './score-unit.ts'
import { listUnits } from '@zhidu/db' // breaks: oxlint/no-restricted-imports, turbo/undeclared

export const fixture = [readFileSync, scoreUnit, listUnits, new Date()]
