import { one } from './cycle-one.ts' // breaks: oxlint/no-cycle

export function two(): number {
  return one()
}
