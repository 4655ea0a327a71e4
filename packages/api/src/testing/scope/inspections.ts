import { createHash } from 'node:crypto'
import type { InspectionDocument } from '@zhidu/contract'
import type { TestDatabase } from '@zhidu/db/testing'
import { BUILT_IN_CHECKLISTS } from '@zhidu/domain'
import { personOf } from './facts.ts'
import { NOW, parentOf, TODAY } from './tree.ts'

/** A uuid that follows from a text. */
export function idOf(text: string): string {
  const digits = createHash('sha256').update(text).digest('hex')
  return `${digits.slice(0, 8)}-${digits.slice(8, 12)}-4${digits.slice(13, 16)}-8${digits.slice(17, 20)}-${digits.slice(20, 32)}`
}

/** The check of a unit that both worlds have. */
export function inspectionIdOf(unitCode: string, word = '甲'): string {
  return idOf(`inspection ${unitCode} ${word}`)
}

/** What its superior had made again, of which the unit is not told. */
export function secondIdOf(unitCode: string, word = '甲'): string {
  return idOf(`second ${unitCode} ${word}`)
}

export function orderIdOf(unitCode: string, word = '甲'): string {
  return idOf(`order ${unitCode} ${word}`)
}

export function photoOf(unitCode: string, word = '甲'): string {
  return createHash('sha256').update(`photo ${unitCode} ${word}`).digest('hex')
}

const SOMEBODY = '00000001-0000-4000-8000-ffffffffffff'
const AT = new Date(NOW - 7_200_000)

function documentOf(unitCode: string, word: string, change: Partial<InspectionDocument>): InspectionDocument {
  const { identity, name, phone } = personOf(unitCode)
  const start = { session: 's', monotonicMs: 0, wallMs: AT.getTime() }
  const call = { dialledMs: 0, ringMs: 3_000, rings: 1, outcome: 'right_person' } as const
  return {
    format: 1,
    inspectionId: inspectionIdOf(unitCode, word),
    unitCode,
    method: 'phone',
    purpose: 'ordered',
    drawId: null,
    orderId: null,
    reason: `抽查${word}，联系${phone}`,
    inspectors: [name],
    checklist: { id: 'phone', version: 1 },
    start,
    anchors: [{ ...start, serverMs: AT.getTime(), roundTripMs: 0 }],
    elapsedMs: 60_000,
    attempts: [{ line: 'duty_room', number: phone, ...call }],
    callBack: null,
    signals: [{ signal: 'sound', reading: 'unclear', note: phone }],
    answers: [{ item: 'log', answer: 'no', note: `证件${identity}`, files: [photoOf(unitCode, word)] }],
    startPlace: 'refused',
    endPlace: 'refused',
    readBack: {
      text: `日志未记，${phone}`,
      opinion: 'agrees',
      objection: null,
      person: name,
      post: null,
      atMs: 50_000,
    },
    files: [
      { sha256: photoOf(unitCode, word), kind: 'photo', type: 'image/jpeg', bytes: 100, takenMs: 1, name: '一.jpg' },
    ],
    metPerson: name,
    metPost: '值班员',
    note: `值班电话${phone}`,
    ...change,
  }
}

async function insertCheck(
  { pool }: TestDatabase,
  document: InspectionDocument,
  { checkCode, office }: { readonly office: string; readonly checkCode: string },
): Promise<void> {
  const { inspectionId, inspectors, orderId, purpose, unitCode } = document
  const isAgain = orderId !== null
  const text = JSON.stringify(document)
  const list = JSON.stringify(BUILT_IN_CHECKLISTS[0])
  const reader = isAgain ? office : unitCode
  await pool.query(
    `insert into inspection values ($1, $2, $3, $4, $5, 'phone', $6, null, $7, $8, 0, 'monotonic', 0, 60000, $9, $10, $11, $8, 'phone', 1,
       $12, 'sample', '2026-1', $13, 'sha256:' || encode(sha256(convert_to($13, 'UTF8')), 'hex'), $14)`,
    [
      inspectionId,
      checkCode,
      unitCode,
      office,
      reader,
      purpose,
      orderId,
      AT,
      inspectors,
      inspectors[0],
      SOMEBODY,
      list,
      text,
      isAgain ? 'compared' : 'findings',
    ],
  )
  for (const { name, sha256 } of document.files) {
    await pool.query(`insert into inspection_file values ($1, $2, $3, $4, $5, 'photo', 'image/jpeg', 100, $6, 1)`, [
      inspectionId,
      sha256,
      unitCode,
      office,
      reader,
      name,
    ])
  }
  if (isAgain) return
  await pool.query(
    `insert into inspection_finding values ($1, 'log_missing', $2, $3, $2, '5-D-9', false, '{log}', '{}')`,
    [inspectionId, unitCode, office],
  )
}

/** A check of each of these units by its superior, with a finding that waits; `word` tells the worlds apart. */
export async function insertInspections(database: TestDatabase, units: readonly string[], word: string): Promise<void> {
  for (const unitCode of units) {
    const office = parentOf(unitCode, TODAY)
    if (office === null) continue
    await insertCheck(database, documentOf(unitCode, word, {}), { office, checkCode: `CC-${unitCode}-${word}` })
  }
}

/** That each of these units is checked again by its superior, and was: which is no business of the unit. */
export async function insertSeconds(database: TestDatabase, units: readonly string[], word: string): Promise<void> {
  for (const unitCode of units) {
    const office = parentOf(unitCode, TODAY)
    if (office === null) continue
    const [orderId, kind] = [orderIdOf(unitCode, word), word === '甲' ? 'second' : 'upper'] as const
    await database.pool.query(
      `insert into inspection_order values ($1, $2, $3, $4, $5, '{某人}', $6, $7, '某人', $8, $9)`,
      [orderId, unitCode, office, kind, inspectionIdOf(unitCode), `复核${word}`, AT, SOMEBODY, new Date(NOW)],
    )
    const change = { inspectionId: secondIdOf(unitCode, word), purpose: kind, orderId, reason: null } as const
    await insertCheck(database, documentOf(unitCode, word, change), { office, checkCode: `CD-${unitCode}-${word}` })
  }
}

/** A list of each of these offices. */
export async function insertChecklists(
  database: TestDatabase,
  offices: readonly string[],
  word: string,
): Promise<void> {
  const [list] = BUILT_IN_CHECKLISTS
  const content = JSON.stringify({ ...list, id: undefined, version: undefined, title: `问项${word}` })
  await database.pool.query(
    `insert into checklist select 'phone', $2, u, $3, $4, '某人', $5 from unnest($1::text[]) as u`,
    [offices, word === '甲' ? 2 : 3, content, AT, SOMEBODY],
  )
}
