import { readdirSync, readFileSync } from 'node:fs'

const SAMPLE_EVERY_MS = 100

/** The most memory any process of a sort held at one time, in bytes; null = this system does not tell. */
export interface PeakMemory {
  /** The process that imports. */
  readonly importer: number | null
  /** Its child that takes workbooks apart; null = there was none. */
  readonly reader: number | null
  /** The largest process of PostgreSQL, shared buffers included as far as it touched them. */
  readonly postgres: number | null
}

interface ProcessStatus {
  readonly pid: number
  readonly parent: number
  /** VmHWM, bytes: the high-water mark since the process began. */
  readonly peak: number
}

function readStatus(pid: number): ProcessStatus | null {
  try {
    const text = readFileSync(`/proc/${pid}/status`, 'utf8')
    const figure = (name: string): number => Number(new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(text)?.[1] ?? 0)
    return { pid, parent: figure('PPid'), peak: figure('VmHWM') * 1_024 }
  } catch {
    // It has ended since the folder was read.
    return null
  }
}

function listProcesses(): ProcessStatus[] {
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name))
  return pids.flatMap((pid) => readStatus(Number(pid)) ?? [])
}

function larger(a: number | null, b: number): number {
  return a === null ? b : Math.max(a, b)
}

/** Watches an importing process, its children and an engine's processes until `stop`. `postmaster` null = not ours. */
export function watchPeakMemory(importer: number, postmaster: number | null): { stop(): PeakMemory } {
  let peak: PeakMemory = { importer: null, reader: null, postgres: null }
  if (process.platform !== 'linux') return { stop: () => peak }
  const sample = (): void => {
    for (const { parent, peak: bytes, pid } of listProcesses()) {
      if (pid === importer) peak = { ...peak, importer: larger(peak.importer, bytes) }
      else if (parent === importer) peak = { ...peak, reader: larger(peak.reader, bytes) }
      else if (pid === postmaster || parent === postmaster) peak = { ...peak, postgres: larger(peak.postgres, bytes) }
    }
  }
  const timer = setInterval(sample, SAMPLE_EVERY_MS)
  return {
    stop: () => {
      clearInterval(timer)
      return peak
    },
  }
}
