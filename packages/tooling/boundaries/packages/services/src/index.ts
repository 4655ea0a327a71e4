import type { Facts } from '@zhidu/contract'
import { listUnits } from '@zhidu/db'
import { quarterOf } from '@zhidu/domain'
import { Hono } from 'hono' // breaks: oxlint/no-restricted-imports, turbo/undeclared, knip/unlisted
import { initTRPC } from '@trpc/server' // breaks: oxlint/no-restricted-imports, turbo/undeclared, knip/unlisted
import { ref } from 'vue' // breaks: oxlint/no-restricted-imports, turbo/undeclared, knip/unlisted
import { createApp } from '@zhidu/api' // breaks: oxlint/no-restricted-imports, turbo/undeclared

export function getLeague(facts: Facts) {
  const now = new Date() // breaks: oxlint/no-hidden-clock
  const zone = process.env['TZ'] // breaks: oxlint/no-restricted-properties
  return [facts, listUnits, quarterOf(0), Hono, initTRPC, ref, createApp, now, zone, new Date(0)]
}
