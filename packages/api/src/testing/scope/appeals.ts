import type { TestDatabase } from '@zhidu/db/testing'
import { personOf } from './facts.ts'
import { idOf } from './inspections.ts'
import { isBelow, NOW, parentOf, TODAY } from './tree.ts'

/** The appeal of a unit that both worlds have, handed in. */
export function appealIdOf(unitCode: string, word = '甲'): string {
  return idOf(`appeal ${unitCode} ${word}`)
}

const QUARTER = '2026Q3'
const AT = new Date(NOW - 3_600_000)
const DRAFTED_AT = new Date(NOW - 864_000_000)
const OFFICIAL = '00000001-0000-4000-8000-fffffffffffb'
const OFFICER = '00000001-0000-4000-8000-fffffffffffa'

/** A draft of each office, out for as long as the tests run. */
export async function insertDrafts({ pool }: TestDatabase, units: readonly string[]): Promise<void> {
  const offices = new Set(units.map((unitCode) => parentOf(unitCode, TODAY)))
  for (const office of offices) {
    if (office === null) continue
    await pool.query(
      `insert into assessment_step values ($1, '${QUARTER}', 0, 'drafted', $2, '经办', $3, null, '2026-11-30', 5, false)`,
      [office, DRAFTED_AT, OFFICIAL],
    )
  }
}

/** An appeal of each of these units, and a text that it has not handed in; `word` tells the worlds apart. */
export async function insertAppeals({ pool }: TestDatabase, units: readonly string[], word: string): Promise<void> {
  for (const unitCode of units) {
    const office = parentOf(unitCode, TODAY)
    if (office === null) continue
    const { phone } = personOf(unitCode)
    for (const state of ['submitted', 'kept'] as const) {
      const id = appealIdOf(unitCode, state === 'kept' ? `${word} kept` : word)
      const about = [id, unitCode, office]
      await pool.query(
        `insert into appeal values ($1, $2, $3, '${QUARTER}', $4, 'log_missing', $5, 'discipline', '5-D-9', 100, $5)`,
        [...about, `CA-${unitCode}-${word}-${state}`, AT],
      )
      for (const [position, kind] of ['kept', state].entries()) {
        await pool.query(`insert into appeal_step values ($1, $2, $3, $4, $5, $6, '值班员', $7, $8, '{}')`, [
          id,
          position,
          unitCode,
          office,
          kind,
          AT,
          OFFICER,
          `当晚有人值守${word}，电话${phone}`,
        ])
      }
    }
  }
}

/** What offices did otherwise with the appeals of these units, and with drafts of which nobody below `inside` is told. */
export async function reviseAppeals({ pool }: TestDatabase, units: readonly string[], inside: string): Promise<void> {
  for (const unitCode of units) {
    const office = parentOf(unitCode, TODAY)
    if (office === null) continue
    for (const [index, kind] of ['accepted', 'upheld'].entries()) {
      await pool.query(`insert into appeal_step values ($1, $2, $3, $4, $5, $6, '复核', $7, $8, '{}')`, [
        appealIdOf(unitCode),
        index + 2,
        unitCode,
        office,
        kind,
        AT,
        OFFICIAL,
        kind === 'upheld' ? '核对录音，理由成立' : null,
      ])
    }
  }
  await pool.query(
    `insert into assessment_step select office_code, quarter, 1, 'returned', $2, '经办', $3, '事实有误', null, null, false
     from assessment_step where office_code = any ($1::text[])`,
    [units.filter((office) => !isBelow(inside, office, TODAY)), AT, OFFICIAL],
  )
}
