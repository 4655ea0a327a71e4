import { readFileSync } from 'node:fs'
import type { OpenDatabase } from '@zhidu/db'
import { type Quarter, quarterRange } from '@zhidu/domain'
import type { LeagueRecord } from './league-record.ts'

export interface LeagueQuestion {
  readonly quarter: Quarter
  readonly group: string
  /** Epoch ms. */
  readonly asOf: number
}

const LEAGUE_SQL = readFileSync(new URL('league.postgres.sql', import.meta.url), 'utf8')
/** What an analyst would grant such a query; the engine's own setting is for many small ones at a time. */
const WORK_MEM = '256MB'

/** The league table as one query over the fact tables. */
export async function askPlainSql(
  pool: OpenDatabase['pool'],
  { asOf, group, quarter }: LeagueQuestion,
): Promise<LeagueRecord[]> {
  const { firstOn, lastOn } = quarterRange(quarter)
  const client = await pool.connect()
  try {
    await client.query('begin read only')
    await client.query(`set local work_mem = '${WORK_MEM}'`)
    const parameters = [firstOn, lastOn, new Date(asOf).toISOString(), group]
    const { rows } = await client.query<LeagueRecord>(LEAGUE_SQL, parameters)
    return rows
  } finally {
    await client.query('rollback')
    client.release()
  }
}
