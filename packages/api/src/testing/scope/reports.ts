import { createHash } from 'node:crypto'
import type { TestDatabase } from '@zhidu/db/testing'
import { toReceiptCode, toLocalIso } from '@zhidu/domain'
import { personOf } from './facts.ts'
import { idOf } from './inspections.ts'
import { NOW, parentOf, TODAY } from './tree.ts'

/** The code of the report that both worlds have of a unit. */
export function receiptOf(unitCode: string): string {
  return toReceiptCode([...createHash('sha512').update(unitCode).digest()])
}

const AT = NOW - 3_600_000
const AUTHOR = '00000001-0000-4000-8000-fffffffffffb'

/** What each of these units wrote about an event of its own, a call about it, and a draft; `word` tells the worlds apart. */
export async function insertReports({ pool }: TestDatabase, units: readonly string[], word: string): Promise<void> {
  for (const unitCode of units) {
    const office = parentOf(unitCode, TODAY)
    const contentId = word === '甲' ? idOf(`report ${unitCode}`) : idOf(`report ${unitCode} ${word}`)
    const receiptCode = word === '甲' ? receiptOf(unitCode) : receiptOf(`${unitCode} ${word}`)
    const eventCode = `E-${unitCode}-11`
    const sequence = word === '甲' ? 0 : 1
    const stage = word === '甲' ? 'first' : 'follow_up'
    const at = toLocalIso(AT)
    const report = {
      stage,
      category: 'accident',
      level: 'IV',
      occurredAt: at,
      learnedAt: at,
      clockSource: word,
      phonedAt: null,
      areaCode: unitCode,
      place: `${unitCode}${word}街`,
      deaths: 0,
      injuries: null,
      missing: null,
      texts: { process: `${unitCode}${word}起火` },
      recipients: word,
      signer: `${unitCode}${word}`,
      contact: word,
    }
    const about = {
      unitCode,
      eventCode,
      sequence,
      version: 1,
      receivedAt: at,
      writtenAt: at,
      receiptCode,
      reason: null,
    }
    const document = JSON.stringify({ ...about, report })
    await pool.query(
      `insert into report_content values ($1, $2, $3, $4, $5, 1, $6, $7, $1, encode(sha256(convert_to($8, 'UTF8')), 'hex'), $8,
         'accident', 'IV', $6, $6, null, $2, $9, 0, null, null, $9, $9, 2026, $10, null, $9, $11, '{}')`,
      [
        contentId,
        unitCode,
        eventCode,
        stage,
        sequence,
        new Date(AT),
        receiptCode,
        document,
        word,
        sequence + 1,
        AUTHOR,
      ],
    )
    await pool.query(`insert into report_draft values ($1, $2, 1, $3, $4, $5, $6)`, [
      unitCode,
      `new/${word}`,
      JSON.stringify({ word: `${unitCode}${word}` }),
      new Date(AT),
      word,
      AUTHOR,
    ])
    if (office === null) continue
    await pool.query(`insert into report_act values ($1, 'signed_for', $2, $3, $4, $5, $4, $6, null)`, [
      contentId,
      unitCode,
      office,
      word,
      new Date(AT),
      AUTHOR,
    ])
    await pool.query(
      `insert into phone_record values ($1, $2, $3, $4, $5, $6, $6, null, $4, null, $7, 'accident', 'IV', $6, $6, $4, $8, null, null,
         $4, $9)`,
      [
        idOf(`call ${unitCode} ${word}`),
        unitCode,
        office,
        word,
        eventCode,
        new Date(AT),
        personOf(unitCode).phone,
        `${unitCode}${word}`,
        AUTHOR,
      ],
    )
  }
}
