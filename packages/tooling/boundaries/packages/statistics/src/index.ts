import { mean } from './mean.ts'
import { readFileSync } from 'node:fs' // breaks: oxlint/no-restricted-imports
import type { UnitFacts } from '@zhidu/domain' // breaks: oxlint/no-restricted-imports, turbo/undeclared

export function draw(values: readonly number[], facts: UnitFacts): number {
  return mean(values) + Math.random() + facts.count + readFileSync('x').length // breaks: oxlint/no-restricted-properties
}
