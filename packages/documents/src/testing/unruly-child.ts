// What a process may do that the one which reads files never should; `watched-child.test.ts` runs it.
import { spawnSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'

const PIECE_BYTES = 8_000_000
const PIECE_EVERY_MS = 4
/** As much as a machine can spare, should nobody look. */
const MAX_PIECES = 125

function outcomeOf(attempt: () => unknown): string {
  try {
    attempt()
    return 'done'
  } catch (error) {
    return error instanceof Error && 'code' in error ? String(error.code) : String(error)
  }
}

function say(message: unknown): void {
  process.stdout.write(`${JSON.stringify(message)}\n`)
}

const deeds: Readonly<Record<string, () => void>> = {
  // Buffers: V8 does not count them.
  hoard: () => {
    const hoard: Buffer[] = []
    setInterval(() => {
      if (hoard.length < MAX_PIECES) hoard.push(Buffer.alloc(PIECE_BYTES, 1))
    }, PIECE_EVERY_MS)
  },
  fillHeap: () => {
    const hoard: string[][] = []
    for (;;) hoard.push(Array.from({ length: 1_000 }, () => `${hoard.length}`))
  },
  hang: () => {
    for (;;);
  },
  dawdle: () => {
    setInterval(() => say({ kind: 'alive' }), 20)
  },
  crash: () => process.kill(process.pid, 'SIGSEGV'),
  leave: () => process.exit(0),
  flood: function pour() {
    process.stdout.write('x'.repeat(1 << 20), pour)
  },
  tell: () => {
    say({
      kind: 'error',
      code: 'told',
      params: {
        environment: Object.keys(process.env).join(' '),
        folder: process.cwd(),
        write: outcomeOf(() => writeFileSync('note', 'x')),
        spawn: outcomeOf(() => spawnSync('true')),
      },
    })
  },
}

deeds[process.argv[2] ?? '']?.()
