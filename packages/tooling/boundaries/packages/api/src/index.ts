import type { Facts } from '@zhidu/contract'
import { getLeague } from '@zhidu/services'
import { Hono } from 'hono'
import type { Db } from '@zhidu/db' // breaks: turbo/undeclared
import { listUnits } from '@zhidu/db' // breaks: oxlint/no-restricted-imports, turbo/undeclared
import { sql } from 'kysely' // breaks: oxlint/no-restricted-imports, turbo/undeclared, knip/unlisted

export function createApp(db: Db, facts: Facts) {
  return [db, facts, getLeague, Hono, listUnits, sql]
}
