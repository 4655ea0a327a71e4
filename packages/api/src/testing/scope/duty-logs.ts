import type { TestDatabase } from '@zhidu/db/testing'
import { personOf } from './facts.ts'
import { idOf } from './inspections.ts'
import { NOW } from './tree.ts'

/** The entry of a unit's log that both worlds have. */
export function logIdOf(unitCode: string, word = '甲'): string {
  return idOf(`log ${unitCode} ${word}`)
}

export function handoverIdOf(unitCode: string): string {
  return idOf(`handover ${unitCode}`)
}

const KEEPER = '00000001-0000-4000-8000-fffffffffff9'
const HOUR = 3_600_000
/** Local day on which the entries are written. */
const DAY = '2026-10-19'

/** An entry of each of these units' logs that something was done with, and a handover that was drafted; `word` tells the worlds apart. */
export async function insertDutyLogs({ pool }: TestDatabase, units: readonly string[], word: string): Promise<void> {
  const isFirst = word === '甲'
  const at = new Date(NOW - (isFirst ? 20 : 18) * HOUR)
  for (const unitCode of units) {
    const { name, phone } = personOf(unitCode)
    const number = isFirst ? 1 : 2
    await pool.query(
      `insert into log_entry (entry_id, unit_code, entry_code, day, number, source, kind, caller_unit, caller_name, caller_phone,
         received_at, content, officer, at, by_name, by_id)
       values ($1, $2, $3, $4, $5, 'call', 'matter', '某街道', $6, $7, $8, $9, null, $8, '值班员', $10)`,
      [
        logIdOf(unitCode, word),
        unitCode,
        `L-${unitCode}-${word}`,
        DAY,
        number,
        name,
        phone,
        at,
        `${word}来电，电话${phone}`,
        KEEPER,
      ],
    )
    await pool.query(
      `insert into log_step (entry_id, position, unit_code, kind, at, by_name, by_id, note)
       values ($1, 0, $2, 'disposed', $3, '值班员', $4, $5)`,
      [logIdOf(unitCode, word), unitCode, at, KEEPER, `${word}已通知`],
    )
    await pool.query(
      `insert into log_day (unit_code, day, position, leader, weather, at, by_name, by_id)
       values ($1, $2, $3, $4, '晴', $5, '值班员', $6)`,
      [unitCode, DAY, number - 1, `带班${word}`, at, KEEPER],
    )
    if (isFirst) {
      await pool.query(`insert into handover values ($1, $2, $3, $3, '值班员', $4)`, [
        handoverIdOf(unitCode),
        unitCode,
        at,
        KEEPER,
      ])
    }
    await pool.query(
      `insert into handover_step (handover_id, position, unit_code, kind, at, by_name, by_id, entries, notes, note, open_count)
       values ($1, $2, $3, 'prepared', $4, '值班员', $5, '{}', '{}', $6, 0)`,
      [handoverIdOf(unitCode), number - 1, unitCode, at, KEEPER, `${word}钥匙两把`],
    )
  }
}
