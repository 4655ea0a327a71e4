import { createHash } from 'node:crypto'
import type { TestDatabase } from '@zhidu/db/testing'
import { NOW, parentOf, TODAY, UNIT_CODES } from './tree.ts'

/** A uuid that follows from a text. */
function idOf(text: string): string {
  const digits = createHash('sha256').update(text).digest('hex')
  return `${digits.slice(0, 8)}-${digits.slice(8, 12)}-4${digits.slice(13, 16)}-8${digits.slice(17, 20)}-${digits.slice(20, 32)}`
}

/** The draw of an office that both worlds have. */
export function drawIdOf(unitCode: string, word = '甲'): string {
  return idOf(`draw ${unitCode} ${word}`)
}

export function planIdOf(unitCode: string, word = '甲'): string {
  return idOf(`plan ${unitCode} ${word}`)
}

const SOMEBODY = '00000001-0000-4000-8000-ffffffffffff'
const SOMEBODY_ELSE = '00000001-0000-4000-8000-eeeeeeeeeeee'

function documentOf(unitCode: string, word: string): string {
  const more = { mostPerMonth: null, mostNightPerQuarter: null, mostPerInspector: null, everyUnitWithinQuarters: null }
  const strata = [{ group: '乡镇组', size: 1, substitutes: 1 }]
  const title = `${unitCode}抽查${word}`
  return JSON.stringify({ title, isNight: true, ...more, strata, weights: [], exclusions: [], inspectors: [] })
}

/** A draw of each of these offices, its pool frozen and told to the units below it, and drawn; `word` tells the worlds apart. */
export async function insertDraws({ pool }: TestDatabase, offices: readonly string[], word: string): Promise<void> {
  const at = new Date(NOW - 7_200_000)
  for (const office of offices) {
    const [planId, drawId] = [planIdOf(office, word), drawIdOf(office, word)]
    await pool.query(`insert into draw_plan values ($1, 1, $2, $3, $4, '某人', $5, $4, '另一人', $6)`, [
      planId,
      office,
      documentOf(office, word),
      at,
      SOMEBODY,
      SOMEBODY_ELSE,
    ])
    const seed = { kind: 'public', what: '开奖号', digits: 10, where: '公告', publishedAt: at.toISOString() }
    await pool.query(`insert into draw values ($1, $2, $3, 1, '2026Q4', false, $4, $5, '某人', $6)`, [
      drawId,
      office,
      planId,
      JSON.stringify(seed),
      at,
      SOMEBODY,
    ])
    const steps = ['frozen', 'drawn'].map((kind) => [kind, `${kind} ${office} ${word}\n`] as const)
    for (const [index, [kind, content]] of steps.entries()) {
      await pool.query(
        `insert into draw_step values ($1, $2, $3, $4, $5, 'sha256:' || encode(sha256(convert_to($5, 'UTF8')), 'hex'), $6, '另一人', $7)`,
        [drawId, index + 1, office, kind, content, at, SOMEBODY_ELSE],
      )
    }
    // What a unit is told is its own: where it is the same unit in both worlds, it hears the same.
    const below = UNIT_CODES.filter((unitCode) => parentOf(unitCode, TODAY) === office && offices.includes(unitCode))
    await pool.query(
      `insert into draw_notice select $1, u, 'frozen', $2, $3, '2026Q4', $4, $5 from unnest($6::text[]) as u`,
      [
        drawId,
        `单位${office}`,
        `${office}抽查${word}`,
        `sha256:${createHash('sha256')
          .update(steps[0]?.[1] ?? '')
          .digest('hex')}`,
        at,
        below,
      ],
    )
  }
}
