import type { QualityAgreement, QualityUnit, QualityWindow } from '@zhidu/contract'
import { QUALITY_WINDOWS } from '@zhidu/domain'

export const QUALITY_PARTS = ['coverage', 'load', 'agreement', 'leniency', 'upper'] as const
export type QualityPart = (typeof QUALITY_PARTS)[number]

/** Parts that take several quarters together. */
export function isWindowed(part: QualityPart): boolean {
  return part !== 'coverage' && part !== 'load'
}

export function toPart(text: string | null): QualityPart {
  return QUALITY_PARTS.find((one) => one === text) ?? 'coverage'
}

export function toWindow(text: string | null): QualityWindow {
  return QUALITY_WINDOWS.find((one) => String(one) === text) ?? 4
}

/** Percent of an axis from −1 to 1. */
export function agreementPercent(value: number): number {
  return ((value + 1) / 2) * 100
}

/** Two decimals, with the minus of figures; never a minus before zero. */
export function figure(value: number): string {
  const text = Math.abs(value).toFixed(2)
  return value < 0 && Number(text) > 0 ? `\u2212${text}` : text
}

/** What the rules of coverage say of a unit, the gravest first; empty = nothing. Keys under `inspectionQuality.standing`. */
export function standingsOf({ month, night, within }: QualityUnit): string[] {
  return [
    ...(within === 'broken' || within === 'due' ? [within] : []),
    ...(month === 'exceeded' ? ['monthExceeded'] : []),
    ...(night === 'exceeded' ? ['nightExceeded'] : []),
    ...(month === 'full' ? ['monthFull'] : []),
    ...(night === 'full' ? ['nightFull'] : []),
  ]
}

export function isGrave(standing: string): boolean {
  return standing === 'broken' || standing === 'due' || standing.endsWith('Exceeded')
}

const ORDER: Readonly<Record<QualityAgreement['word'], number>> = { disagrees: 0, unclear: 1, agrees: 2, few: 3 }

/** What disagrees first, then by agreement from low to high. */
export function byAgreement<T extends QualityAgreement>(rows: readonly T[]): T[] {
  return rows.toSorted((a, b) => ORDER[a.word] - ORDER[b.word] || (a.ac1 ?? 0) - (b.ac1 ?? 0))
}
