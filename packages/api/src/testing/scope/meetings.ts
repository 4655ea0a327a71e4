import type { TestDatabase } from '@zhidu/db/testing'
import { personOf } from './facts.ts'
import { idOf } from './inspections.ts'
import { NOW, parentOf, TODAY } from './tree.ts'

/** The meeting of an office that both worlds have. */
export function meetingIdOf(unitCode: string): string {
  return idOf(`meeting ${unitCode}`)
}

/** What a unit is bound to by its superior's meeting. */
export function decisionIdOf(unitCode: string): string {
  return idOf(`decision ${unitCode}`)
}

const AT = new Date(NOW - 3_600_000)
const OFFICIAL = '00000001-0000-4000-8000-fffffffffffe'
const QUARTER = '2026Q2'

function documentOf(unitCode: string, word: string): string {
  const evidence = [{ kind: 'unit', ref: unitCode }]
  const text = `${unitCode}议题${word}`
  return JSON.stringify({ items: [{ id: 'd1', kind: 'mover_up', text, unitCodes: [unitCode], evidence }] })
}

/** A meeting of each of these offices, with agenda and minutes; and of each unit with a superior, its part in that one's meeting. */
export async function insertMeetings({ pool }: TestDatabase, units: readonly string[], word: string): Promise<void> {
  for (const unitCode of units) {
    await pool.query(`insert into meeting values ($1, $2, $2, $3, $4, 1, $5, '规则', $5, '某人', $6)`, [
      meetingIdOf(unitCode),
      unitCode,
      `座谈会${word}`,
      QUARTER,
      AT,
      OFFICIAL,
    ])
    for (const part of ['agenda', 'minutes']) {
      await pool.query(`insert into meeting_revision values ($1, $2, 1, $3, 0, $4, $5, '某人', $6)`, [
        meetingIdOf(unitCode),
        part,
        unitCode,
        documentOf(unitCode, word),
        AT,
        OFFICIAL,
      ])
    }
  }
  for (const unitCode of units) await insertPart({ pool }, unitCode, word)
}

async function insertPart({ pool }: Pick<TestDatabase, 'pool'>, unitCode: string, word: string): Promise<void> {
  const office = parentOf(unitCode, TODAY)
  if (office === null) return
  const about = [meetingIdOf(office), unitCode, office, AT, OFFICIAL]
  const { phone } = personOf(unitCode)
  await pool.query(
    `insert into meeting_invitation values ($1, $2, 1, $3, '上级', $6, '${QUARTER}', $7, '会议室', '2026-10-25', $4, '专责', $5)`,
    [...about, `座谈会${word}`, new Date(NOW + 864_000_000)],
  )
  await pool.query(
    `insert into meeting_reply values ($1, $2, 0, $3, 1, 'attend', 'deputy', $6, null, null, $4, '值班员', $5)`,
    [...about, `分管领导${word}${phone}`],
  )
  await pool.query(
    `insert into meeting_decision values ($6, $1, $2, $3, '上级', '座谈会', '${QUARTER}', $7, '书面报告', '负责人',
       '2026-11-20', 'timeliness', $4, '专责', $5)`,
    [...about, decisionIdOf(unitCode), `整改${word}`],
  )
  await pool.query(
    `insert into meeting_decision_step values ($4, 0, $1, $2, 'reported', $5, null, $3, '值班员', '00000001-0000-4000-8000-fffffffffffd')`,
    [unitCode, office, AT, decisionIdOf(unitCode), `已办${word}`],
  )
}

/** What a world has otherwise outside; a meeting's own rows stay as they were. */
export async function reviseMeetings({ pool }: TestDatabase, units: readonly string[], word: string): Promise<void> {
  for (const unitCode of units) {
    await pool.query(`insert into meeting_revision values ($1, 'agenda', 2, $2, 1, $3, $4, '旁人', $5)`, [
      meetingIdOf(unitCode),
      unitCode,
      documentOf(unitCode, word),
      AT,
      OFFICIAL,
    ])
    const office = parentOf(unitCode, TODAY)
    if (office === null) continue
    await pool.query(
      `insert into meeting_reply values ($1, $2, 1, $3, 1, 'attend', 'head', $4, null, null, $5, '值班员', $6)`,
      [meetingIdOf(office), unitCode, office, `负责人${word}`, AT, OFFICIAL],
    )
  }
}
