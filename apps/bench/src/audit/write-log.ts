import { createWriteStream } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import {
  addLeaf,
  EMPTY_TREE,
  generateEd25519Key,
  hashEntry,
  makeEd25519Signer,
  NO_ENTRY,
  rootOf,
  signNote,
  toAuditText,
  toCheckpointText,
  toLogHeader,
  toLogLine,
  toNoteInFile,
  toVerifierKeyLine,
} from '@zhidu/audit'

/** What `zhidu audit verify` is given. */
export interface LogFiles {
  readonly log: string
  readonly checkpoints: string
  readonly key: string
}

const ORIGIN = 'bench/audit'
const ENTRIES_PER_CHECKPOINT = 1_000
const FIRST_AT = Date.parse('2026-01-01T00:00:00Z')

/** An entry such as an inspector leaves: some 330 bytes. */
function makeText(seq: number): string {
  const person = seq % 900
  return toAuditText({
    v: 1,
    at: new Date(FIRST_AT + seq * 1_000).toISOString(),
    actor: { kind: 'account', id: `account-${person}`, name: `督查员${person}`, unit: `U${seq % 3_000}` },
    from: `10.0.${seq % 250}.${person % 250}`,
    action: seq % 5 === 0 ? 'personal.reveal' : 'check.record',
    object: `check/C-2026-${seq}`,
    outcome: seq % 50 === 0 ? 'refused' : 'done',
    reason: seq % 50 === 0 ? 'unit_out_of_reach' : null,
    detail: { unitCode: `U${seq % 3_000}`, method: 'phone', findings: ['unreachable'] },
  })
}

/** Writes an exported log of so many entries into a folder, with a signed checkpoint of every thousand. */
export async function writeLog(folder: string, entryCount: number): Promise<LogFiles> {
  const signer = makeEd25519Signer(generateEd25519Key(), () => ORIGIN)
  const notes: string[] = []
  async function* lines(): AsyncGenerator<string> {
    yield `${toLogHeader(ORIGIN)}\n`
    let tree = EMPTY_TREE
    let prev = NO_ENTRY
    for (let seq = 1; seq <= entryCount; seq += 1) {
      const text = makeText(seq)
      const hash = hashEntry(prev, text)
      yield `${toLogLine({ seq, text, prev, hash })}\n`
      tree = addLeaf(tree, Buffer.from(hash, 'hex'))
      prev = hash
      if (seq % ENTRIES_PER_CHECKPOINT !== 0 && seq !== entryCount) continue
      const commitment = toCheckpointText({ origin: ORIGIN, size: seq, root: rootOf(tree) })
      notes.push(toNoteInFile(await signNote(commitment, [signer])))
    }
  }
  const files = { log: 'audit-log.jsonl', checkpoints: 'checkpoints.txt', key: 'audit-key.pub' }
  await pipeline(Readable.from(lines()), createWriteStream(join(folder, files.log)))
  await writeFile(join(folder, files.checkpoints), notes.join(''))
  await writeFile(join(folder, files.key), `${toVerifierKeyLine(signer.key)}\n`)
  return { log: join(folder, files.log), checkpoints: join(folder, files.checkpoints), key: join(folder, files.key) }
}
