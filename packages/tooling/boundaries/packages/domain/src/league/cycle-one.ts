import { two } from './cycle-two.ts' // breaks: oxlint/no-cycle

export function one(): number {
  return two()
}
