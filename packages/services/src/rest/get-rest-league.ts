import type { Kind, LeagueInput, LeagueTable } from '@zhidu/contract'
import type { ServiceContext } from '../context.ts'
import { getLeagueTable } from '../league/get-league-table.ts'
import { assertTokenReads } from './token-of.ts'

/** What scores are made from: a key that may read all of it learns nothing new from a score. */
const KINDS_OF_SCORES: readonly Kind[] = ['reports', 'checks', 'misreports', 'filings', 'bonuses']

/** The league table as the dashboard draws it, for a key to every kind behind it. Throws ServiceError `forbidden`. */
export async function getRestLeague(ctx: ServiceContext, input: LeagueInput): Promise<LeagueTable> {
  assertTokenReads(ctx, KINDS_OF_SCORES)
  return await getLeagueTable(ctx, input, { withIntervals: true })
}
