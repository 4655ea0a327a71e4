import { readFileSync } from 'node:fs'
import type { UnitFacts } from '@zhidu/domain'
import { Kysely } from 'kysely'
import { kinds } from '@zhidu/contract' // breaks: oxlint/no-restricted-imports, turbo/undeclared
import { getLeague } from '@zhidu/services' // breaks: oxlint/no-restricted-imports, turbo/undeclared
import { findByInput } from './raw-sql.ts'
import { Hono } from 'hono' // breaks: oxlint/no-restricted-imports, turbo/undeclared, knip/unlisted

export type Db = UnitFacts

export function listUnits() {
  return [readFileSync, Kysely, kinds, getLeague, Hono, findByInput, Date.now()] // breaks: oxlint/no-restricted-properties
}
