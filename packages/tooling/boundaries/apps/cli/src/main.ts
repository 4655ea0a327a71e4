import { getLeague } from '@zhidu/services'
import { Kysely } from 'kysely' // breaks: oxlint/no-restricted-imports, turbo/undeclared, knip/unlisted
import { Hono } from 'hono' // breaks: oxlint/no-restricted-imports, turbo/undeclared, knip/unlisted

process.stdout.write(String([getLeague, Kysely, Hono, Date.now()]))
