import { type ChildProcessByStdio, spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { setPriority, tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { TableError, toMegabytes } from '../table/table.ts'
import type { ReaderMessage } from './messages.ts'
import { readProcessMemory } from './process-memory.ts'

/** Megabytes of JavaScript objects a child may hold; past them V8 ends it with SIGABRT. */
const HEAP_MEGABYTES = 192
const LOOK_EVERY_MS = 20
/** Of a processor that somebody else wants the child gets a tenth, of one that is idle all. */
const NICE = 10
/** Longer than any message of an honest child. */
const MAX_LINE_CHARS = 1 << 25

export interface WatchLimits {
  /** Resident memory, buffers included, past which it is killed. */
  readonly memoryBytes: number
  /** Of silence while it is waited for. */
  readonly stallSeconds: number
  /** Of waiting for it altogether. */
  readonly totalSeconds: number
}

export interface WatchOptions {
  readonly limits: WatchLimits
  readonly signal?: AbortSignal | undefined
  /** Told the most the child ever held, in bytes, as often as it is looked at. */
  readonly onPeak?: ((bytes: number) => void) | undefined
}

/** A child that may read and say lines on its standard output, nothing else. */
export interface WatchedChild {
  /** Its next message. Throws TableError when it was ended or ended by itself, or the reason of the signal. */
  next(): Promise<ReaderMessage>
  /** Ends it if it still runs; resolves when nothing of it is left. */
  stop(): Promise<void>
}

async function* linesOf(stream: Readable): AsyncGenerator<string, undefined> {
  let rest: string[] = []
  let chars = 0
  for await (const piece of stream.setEncoding('utf8')) {
    const parts = String(piece).split('\n')
    for (const [index, part] of parts.entries()) {
      rest.push(part)
      chars += part.length
      if (index < parts.length - 1) {
        yield rest.join('')
        rest = []
        chars = 0
      }
    }
    if (chars > MAX_LINE_CHARS) return undefined
  }
  return undefined
}

/** Whoever waits for an answer goes before a file that is read; where the system has no say in that, as it comes. */
function giveWay(pid: number): void {
  try {
    setPriority(pid, NICE)
  } catch {
    // It has ended already, which its reader will see.
  }
}

class Watched implements WatchedChild {
  readonly #child: ChildProcessByStdio<null, Readable, null>
  readonly #options: WatchOptions
  readonly #folder: string
  readonly #lines: AsyncGenerator<string, undefined>
  readonly #ended: Promise<void>
  readonly #watch: NodeJS.Timeout
  #waitedMs = 0
  /** Why it was killed. */
  #refusal: TableError | null = null

  constructor(script: string, args: readonly string[], folder: string, options: WatchOptions) {
    this.#options = options
    this.#folder = folder
    // No environment, no input, no writing, no further process; what it needs is in its arguments.
    const flags = [`--max-old-space-size=${HEAP_MEGABYTES}`, '--permission', '--allow-fs-read=*']
    this.#child = spawn(process.execPath, [...flags, script, ...args], {
      cwd: folder,
      env: {},
      stdio: ['ignore', 'pipe', 'ignore'],
    })
    if (this.#child.pid !== undefined) giveWay(this.#child.pid)
    this.#ended = new Promise((done) => {
      this.#child.once('close', () => done())
      this.#child.once('error', () => done())
    })
    this.#lines = linesOf(this.#child.stdout)
    this.#watch = setInterval(() => this.#look(), LOOK_EVERY_MS)
    options.signal?.addEventListener('abort', this.#onAbort, { once: true })
    if (options.signal?.aborted === true) this.#kill(null)
  }

  readonly #onAbort = (): void => this.#kill(null)

  #kill(refusal: TableError | null): void {
    this.#refusal ??= refusal
    this.#child.kill('SIGKILL')
  }

  /** Buffers are outside V8's limit: how much the process holds is seen from here. */
  #look(): void {
    const { limits, onPeak } = this.#options
    const memory = this.#child.pid === undefined ? null : readProcessMemory(this.#child.pid)
    if (memory === null) return
    onPeak?.(memory.peak)
    if (memory.held > limits.memoryBytes) {
      this.#kill(new TableError('file_reader_memory', { limit: toMegabytes(limits.memoryBytes) }))
    }
  }

  #giveUp(): void {
    const { stallSeconds, totalSeconds } = this.#options.limits
    const isTotal = this.#waitedMs + stallSeconds * 1_000 > totalSeconds * 1_000
    const code = isTotal ? 'file_too_slow' : 'file_stalled'
    this.#kill(new TableError(code, { limit: String(isTotal ? totalSeconds : stallSeconds) }))
  }

  async #nextLine(): Promise<string | undefined> {
    const { stallSeconds, totalSeconds } = this.#options.limits
    const patience = Math.min(stallSeconds * 1_000, totalSeconds * 1_000 - this.#waitedMs)
    const since = performance.now()
    const timer = setTimeout(() => this.#giveUp(), Math.max(patience, 0))
    try {
      return (await this.#lines.next()).value
    } finally {
      clearTimeout(timer)
      this.#waitedMs += performance.now() - since
    }
  }

  async next(): Promise<ReaderMessage> {
    for (;;) {
      const line = await this.#nextLine()
      if (line === undefined) throw await this.#whyEnded()
      const message = JSON.parse(line) as ReaderMessage
      if (message.kind === 'error') throw new TableError(message.code, message.params)
      if (message.kind !== 'alive') return message
    }
  }

  async #whyEnded(): Promise<unknown> {
    this.#child.kill('SIGKILL')
    await this.#ended
    if (this.#options.signal?.aborted === true) return this.#options.signal.reason
    if (this.#refusal !== null) return this.#refusal
    if (this.#child.signalCode === 'SIGABRT')
      return new TableError('file_reader_memory', { limit: `${HEAP_MEGABYTES} MB` })
    return new TableError('file_reader_ended')
  }

  async stop(): Promise<void> {
    clearInterval(this.#watch)
    this.#options.signal?.removeEventListener('abort', this.#onAbort)
    // What nobody reads any more would keep the child from being closed.
    this.#child.stdout.destroy()
    this.#child.kill('SIGKILL')
    await this.#ended
    await rm(this.#folder, { recursive: true, force: true })
  }
}

/** Starts a module of ours in a process that is limited and watched. `stop` it, however it ends. */
export async function startChild(
  script: string,
  args: readonly string[],
  options: WatchOptions,
): Promise<WatchedChild> {
  const folder = await mkdtemp(join(tmpdir(), 'zhidu-reader-'))
  return new Watched(script, args, folder, options)
}
