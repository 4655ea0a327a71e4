import { createHash } from 'node:crypto'
import type { TestDatabase } from '@zhidu/db/testing'
import { personOf } from './facts.ts'
import { idOf, inspectionIdOf } from './inspections.ts'
import { NOW, parentOf, TODAY } from './tree.ts'

/** The case of a unit that both worlds have. */
export function caseIdOf(unitCode: string, word = '甲'): string {
  return idOf(`case ${unitCode} ${word}`)
}

function pictureOf(unitCode: string, word: string): Buffer {
  return Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xe0]), Buffer.from(`evidence of ${unitCode} ${word}`)])
}

export function caseFileOf(unitCode: string, word = '甲'): string {
  return createHash('sha256').update(pictureOf(unitCode, word)).digest('hex')
}

/** Was told and has not explained. */
export const SILENT = 'A12'
const AT = new Date(NOW - 3_600_000)
const OFFICIAL = '00000001-0000-4000-8000-fffffffffffe'
const OFFICER = '00000001-0000-4000-8000-fffffffffffd'

/** The finding of each of these units' checks as a case: told, and all but one explained with a picture; `word` tells the worlds apart. */
export async function insertCases({ pool }: TestDatabase, units: readonly string[], word: string): Promise<void> {
  for (const unitCode of units) {
    const office = parentOf(unitCode, TODAY)
    if (office === null) continue
    const about = [caseIdOf(unitCode, word), unitCode, office]
    const [picture, sha256] = [pictureOf(unitCode, word), caseFileOf(unitCode, word)]
    const { phone } = personOf(unitCode)
    await pool.query(
      `insert into supervision_case select $1, $2, $3, inspection_id, 'log_missing', at, received_at, '上级'
       from inspection where inspection_id = $4`,
      [...about, inspectionIdOf(unitCode, word)],
    )
    await pool.query(`insert into case_file values ($1, $5, $2, $3, 'image/jpeg', $6, '一.jpg', $4, '值班员', $7)`, [
      ...about,
      AT,
      sha256,
      picture.length,
      OFFICER,
    ])
    await pool.query(`insert into case_file_part values ($1, $4, 0, $2, $3, $5)`, [...about, sha256, picture])
    await pool.query(
      `insert into case_step values ($1, 0, $2, $3, 'notified', $4, '专责', $5, null, '2026-10-23', 3, null, null, '{}')`,
      [...about, AT, OFFICIAL],
    )
    if (unitCode === SILENT) continue
    await pool.query(
      `insert into case_step values ($1, 1, $2, $3, 'explained', $4, '值班员', $5, $6, null, null, null, null, $7)`,
      [...about, AT, OFFICER, `当晚${word}漏记，电话${phone}`, [sha256]],
    )
  }
}
