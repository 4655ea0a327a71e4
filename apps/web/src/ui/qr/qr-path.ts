import { encode } from 'uqr'

export interface QrPath {
  /** Modules a side, quiet zone included. */
  readonly size: number
  readonly d: string
}

/** A QR code as one path of an SVG, a unit a module; rows are drawn run by run. */
export function toQrPath(text: string): QrPath {
  const { data, size } = encode(text, { ecc: 'M', border: 4 })
  const runs = data.flatMap((row, y) => {
    const line = row.map((isDark) => (isDark ? '1' : '0')).join('')
    return [...line.matchAll(/1+/g)].map((run) => `M${run.index} ${y}h${run[0].length}v1h-${run[0].length}z`)
  })
  return { size, d: runs.join('') }
}
