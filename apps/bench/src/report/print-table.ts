/** Columns after the first are right-aligned, as figures are. */
export function toTextTable(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = header.map((title, column) => Math.max(title.length, ...rows.map((row) => row[column]?.length ?? 0)))
  const line = (cells: readonly string[]): string =>
    cells
      .map((cell, column) => (column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0)))
      .join('  ')
  const rule = widths.map((width) => '-'.repeat(width)).join('  ')
  return [line(header), rule, ...rows.map(line)].join('\n').replace(/ +$/gm, '')
}

export function toCount(value: number): string {
  return Math.round(value).toLocaleString('en-US')
}

export function toMilliseconds(value: number): string {
  return value < 10 ? value.toFixed(1) : toCount(value)
}

/** How many times as long; below 1 = faster. */
export function toRatio(value: number, reference: number): string {
  const ratio = value / reference
  return ratio < 0.1 ? ratio.toFixed(3) : ratio < 10 ? ratio.toFixed(2) : toCount(ratio)
}

export function toMegabytes(bytes: number | null): string {
  return bytes === null ? '–' : `${Math.round(bytes / 1_000_000)} MB`
}
