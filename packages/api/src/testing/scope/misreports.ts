import type { TestDatabase } from '@zhidu/db/testing'
import { personOf } from './facts.ts'
import { idOf } from './inspections.ts'
import { NOW, parentOf, TODAY } from './tree.ts'

/** The suspicion about a unit that both worlds have. */
export function misreportIdOf(unitCode: string, word = '甲'): string {
  return idOf(`misreport ${unitCode} ${word}`)
}

const AT = new Date(NOW - 3_600_000)
const OPENER = '00000001-0000-4000-8000-fffffffffffc'

/** A suspicion about each of these units, told to it; `word` tells the worlds apart. */
export async function insertMisreports({ pool }: TestDatabase, units: readonly string[], word: string): Promise<void> {
  for (const unitCode of units) {
    const office = parentOf(unitCode, TODAY)
    if (office === null) continue
    const about = [misreportIdOf(unitCode, word), unitCode, office]
    await pool.query(`insert into misreport_case values ($1, $4, $2, $3, '上级', 'omitted', null, 'media', $5, $5)`, [
      ...about,
      `RDA-${unitCode}-${word}`,
      AT,
    ])
    const { phone } = personOf(unitCode)
    await pool.query(
      `insert into misreport_step values ($1, 0, $2, $3, 'opened', $4, '专责', $5, $6, null, null, '{}', null, null, null, false)`,
      [...about, AT, OPENER, `${word}来电核实，电话${phone}`],
    )
    await pool.query(
      `insert into misreport_step values ($1, 1, $2, $3, 'notified', $4, '专责', $5, null, '2026-10-23', 3, '{}', null, null, null, false)`,
      [...about, AT, OPENER],
    )
  }
}
