import { computeCommitment } from '@zhidu/draw'

/** An officer's secret: kept by the officer alone, on paper or in a file, until the pool is frozen. */
export interface DrawSecret {
  readonly nonce: string
  readonly text: string
}

/** 128 random bits, made in this browser. */
export function makeNonce(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  return [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('')
}

export function toCommitment(officer: string, { nonce, text }: DrawSecret): string {
  return computeCommitment({ officer, nonce, text })
}

/** One line, to be copied or saved. */
export function toSlip({ nonce, text }: DrawSecret): string {
  return `${nonce} ${text}`
}

/** The same read back; null = no such line. */
export function fromSlip(line: string): DrawSecret | null {
  const [, nonce, text] = /^([0-9a-f]{32}) (.+)$/.exec(line.trim()) ?? []
  return nonce === undefined || text === undefined ? null : { nonce, text }
}
