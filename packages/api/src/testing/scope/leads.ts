import type { TestDatabase } from '@zhidu/db/testing'
import { idOf } from './inspections.ts'
import { NOW, parentOf, TODAY } from './tree.ts'

/** The inquiry to a unit that both worlds have. */
export function inquiryIdOf(unitCode: string, word = '甲'): string {
  return idOf(`inquiry ${unitCode} ${word}`)
}

const AT = new Date(NOW - 3_600_000)
const ASKER = '00000001-0000-4000-8000-fffffffffffd'

/** An inquiry to each of these units; `word` tells the worlds apart. */
export async function insertInquiries({ pool }: TestDatabase, units: readonly string[], word: string): Promise<void> {
  for (const unitCode of units) {
    const office = parentOf(unitCode, TODAY)
    if (office === null) continue
    await pool.query(
      `insert into lead_inquiry values ($1, $2, $3, $4, '上级', $5, $6, null, null, '2026-10-23', 3, $7, '专责', $8)`,
      [
        inquiryIdOf(unitCode, word),
        `HC-${unitCode}-${word}`,
        unitCode,
        office,
        `X-${unitCode}`,
        `${word}是否上报`,
        AT,
        ASKER,
      ],
    )
  }
}
