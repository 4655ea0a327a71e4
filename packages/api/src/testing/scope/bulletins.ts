import { createHash } from 'node:crypto'
import type { TestDatabase } from '@zhidu/db/testing'
import { NOW } from './tree.ts'

/** The bulletin of an office that both worlds have. */
export function bulletinIdOf(unitCode: string): string {
  const digits = createHash('sha256').update(`bulletin ${unitCode}`).digest('hex')
  return `${digits.slice(0, 8)}-${digits.slice(8, 12)}-4${digits.slice(13, 16)}-8${digits.slice(17, 20)}-${digits.slice(20, 32)}`
}

/** A figure of all units of the bulletin, as the draft has it. */
function fieldOf(metric: string): object {
  return { kind: 'field', key: `all/${metric}`, version: 1, text: '0', reason: null }
}

function documentOf(unitCode: string, word: string): string {
  const runs = ['late', 'onTimeShare', 'meanScore', 'onTimeChange', 'count.absent'].map(fieldOf)
  const title = { id: 'p1', style: 'title', runs: [{ kind: 'text', text: `${unitCode}通报${word}` }] }
  const standing = { ...fieldOf('late'), key: 'group:乡镇组/standing' }
  return JSON.stringify({ version: 1, paragraphs: [title, { id: 'p2', style: 'body', runs: [...runs, standing] }] })
}

/** A bulletin of each of these offices about a quarter. */
export async function insertBulletins(
  { pool }: TestDatabase,
  offices: readonly string[],
  quarter: string,
): Promise<void> {
  const at = new Date(NOW - 7_200_000)
  for (const office of offices) {
    await pool.query(`insert into bulletin values ($1, $2, $3, 'bulletin', 1, null, $4, '某人', null)`, [
      bulletinIdOf(office),
      office,
      quarter,
      at,
    ])
    await insertRevision({ pool }, office, 1, '甲')
  }
}

async function insertRevision({ pool }: Pick<TestDatabase, 'pool'>, office: string, revision: number, word: string) {
  await pool.query(`insert into bulletin_revision values ($1, $2, $3, $4, $5, $6, '某人', null)`, [
    bulletinIdOf(office),
    revision,
    office,
    revision - 1,
    documentOf(office, word),
    new Date(NOW - 3_600_000),
  ])
}

/** What makes the bulletins of these offices others than they were. */
export async function reviseBulletins(database: TestDatabase, offices: readonly string[], word: string): Promise<void> {
  for (const office of offices) await insertRevision(database, office, 2, word)
}
