import { readFileSync } from 'node:fs'

export interface ProcessMemory {
  /** VmRSS, bytes. */
  readonly held: number
  /** VmHWM, bytes: the most it ever held. */
  readonly peak: number
}

function bytesOf(status: string, name: string): number {
  return Number(new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(status)?.[1] ?? 0) * 1_024
}

/** What a process holds now; null when it has ended, or where the system has no /proc. */
export function readProcessMemory(pid: number): ProcessMemory | null {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'latin1')
    return { held: bytesOf(status, 'VmRSS'), peak: bytesOf(status, 'VmHWM') }
  } catch {
    return null
  }
}
