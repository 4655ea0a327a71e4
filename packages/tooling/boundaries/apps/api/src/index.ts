import { createApp } from '@zhidu/api'
import { listUnits } from '@zhidu/db'
import { quarterOf } from '@zhidu/domain' // breaks: oxlint/no-restricted-imports, turbo/undeclared
import { ref } from 'vue' // breaks: oxlint/no-restricted-imports, turbo/undeclared, knip/unlisted

export function serve() {
  return [createApp, listUnits, quarterOf, ref, new Date(), process.env.HOST]
}
