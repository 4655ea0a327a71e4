import { createHash } from 'node:crypto'
import type { TestDatabase } from '@zhidu/db/testing'
import { toReceiptCode } from '@zhidu/domain'
import { personOf } from './facts.ts'
import { idOf } from './inspections.ts'
import { NOW, parentOf, TODAY } from './tree.ts'

/** What a unit was reminded of by its superior. */
export function reminderIdOf(unitCode: string, word = '甲'): string {
  return idOf(`reminder ${unitCode} ${word}`)
}

/** A special period of an office. */
export function periodIdOf(unitCode: string): string {
  return idOf(`period ${unitCode}`)
}

export function sourceHashOf(unitCode: string, word = '甲'): string {
  return createHash('sha256').update(`source of ${unitCode} ${word}`).digest('hex')
}

export const FILED_HOLIDAY = '2026-国庆节'
const AT = new Date(NOW - 3_600_000)
const OFFICIAL = '00000001-0000-4000-8000-fffffffffffe'
const VERSIONS: Readonly<Record<string, number>> = { 甲: 1, 乙: 2 }

function contentOf(unitCode: string, form: string, word: string): string {
  const { name, phone } = personOf(unitCode)
  const filled = { filledBy: name, phone }
  if (form === 'whereabouts') {
    const span = { from: '2026-10-01T00:00', to: '2026-10-07T23:59' }
    const row = { name, post: '局长', stay: 'away', ...span, place: `${unitCode}去向${word}` }
    return JSON.stringify({ form, ...filled, rows: [row] })
  }
  const leader = { leaderName: name, leaderPost: '局长', leaderPhone: phone }
  const officer = { officerName: name, officerPhone: phone, note: word }
  const row = { day: '2026-10-01', from: null, to: null, ...leader, ...officer }
  return JSON.stringify({ form, ...filled, dutyPhone: '0199-0123456', fax: '', changesAt: '08:00', rows: [row] })
}

/** Both forms of 国庆节 of each of these units, filed and drafted, with the file they were read from; a reminder and a day's report. */
export async function insertFilings({ pool }: TestDatabase, units: readonly string[], word: string): Promise<void> {
  const version = VERSIONS[word] ?? 1
  for (const unitCode of units) {
    const by = [AT, '值班员', OFFICIAL]
    for (const form of ['whereabouts', 'roster']) {
      const content = contentOf(unitCode, form, word)
      const receipt = toReceiptCode([...createHash('sha256').update(`${unitCode} ${form} ${word}`).digest()])
      await pool.query(
        `insert into filing_source values ($1, $2, 2026, '国庆节', $3, $4, convert_to($5, 'UTF8'), $6, $7, $8)
         on conflict do nothing`,
        [unitCode, sourceHashOf(unitCode, word), form, `${unitCode}${word}.docx`, `${unitCode}${word}`, ...by],
      )
      await pool.query(
        `insert into filing_form values ($1, 2026, '国庆节', $2, $3, $4, $5, encode(sha256(convert_to($5, 'UTF8')), 'hex'), '[]',
           '2026-09-26', true, $6, $7, $8, $9, $10)`,
        [unitCode, form, version, receipt, content, version === 1 ? null : '更正', sourceHashOf(unitCode, word), ...by],
      )
      await pool.query(
        `insert into filing_draft values ($1, 2026, '国庆节', $2, $3, null, $4, $5, $6)
         on conflict (unit_code, holiday_year, holiday_name, form) do update set content = excluded.content`,
        [unitCode, form, content, ...by],
      )
    }
    await pool.query(`insert into daily_report values ($1, '2026-10-02', $2, 'event', $3, null, $4, $5, $6)`, [
      unitCode,
      version,
      `内涝${word}，电话${personOf(unitCode).phone}`,
      ...by,
    ])
    const office = parentOf(unitCode, TODAY)
    if (office === null) continue
    await pool.query(
      `insert into filing_reminder values ($1, $2, $3, '上级', 2026, '国庆节', '2026-09-26', '{roster}', null, $4, '专责', $5)`,
      [reminderIdOf(unitCode, word), unitCode, office, AT, OFFICIAL],
    )
  }
}

/** What each office asks; told to the units below it, so the same in every world. */
export async function insertDutyRules({ pool }: TestDatabase, units: readonly string[]): Promise<void> {
  for (const unitCode of units) {
    await pool.query(`insert into duty_setting values ($1, 1, '{5,3}', '15:00', '2026-10-01', $2, '专责', $3)`, [
      unitCode,
      AT,
      OFFICIAL,
    ])
    await pool.query(
      `insert into special_period values ($1, 1, $2, 'other', null, '特护期', '2026-10-10', null, true, true, '', '通知', false, $3,
         '专责', $4)`,
      [periodIdOf(unitCode), unitCode, AT, OFFICIAL],
    )
  }
}
