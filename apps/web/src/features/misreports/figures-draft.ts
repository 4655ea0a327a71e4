import type { MisreportCasePage, MisreportFigures } from '@zhidu/contract'
import { CASUALTY_FIGURES, type CasualtyFigure } from '@zhidu/domain'

/** Figures as they are typed: '' = not said. */
export type CasualtyDraft = Readonly<Record<CasualtyFigure, string>>
export interface StatementDraft extends CasualtyDraft {
  /** As a field for local times has it. */
  readonly at: string
}
export interface FiguresDraft {
  readonly statements: readonly StatementDraft[]
  readonly found: CasualtyDraft
}

export const NO_CASUALTIES: CasualtyDraft = { deaths: '', missing: '', injuries: '' }
export const EMPTY_FIGURES: FiguresDraft = { statements: [], found: NO_CASUALTIES }
const WHOLE = /^\d{1,7}$/
const LOCAL = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2})?$/
const MINUTE_LENGTH = 16

/** `2026-11-20T08:30` as an instant of local time; null = not a time. */
export function toInstantText(local: string): string | null {
  if (!LOCAL.test(local)) return null
  return `${local.length === MINUTE_LENGTH ? `${local}:00` : local}+08:00`
}

function toCasualtyDraft(said: Readonly<Record<CasualtyFigure, number | null>>): CasualtyDraft {
  const text = (value: number | null) => (value === null ? '' : String(value))
  return { deaths: text(said.deaths), missing: text(said.missing), injuries: text(said.injuries) }
}

/** What was handed in last, or the times of the reports where nothing was. */
export function toFiguresDraft({ figures, reports }: Pick<MisreportCasePage, 'figures' | 'reports'>): FiguresDraft {
  const local = (instant: string) => instant.slice(0, '2026-11-20T08:30:00'.length)
  if (figures !== null) {
    const statements = figures.statements.map(({ at, ...said }) => ({ at: local(at), ...toCasualtyDraft(said) }))
    return { statements, found: figures.found === null ? NO_CASUALTIES : toCasualtyDraft(figures.found) }
  }
  const statements = reports.flatMap(({ at }) => (at === null ? [] : [{ at: local(at), ...NO_CASUALTIES }]))
  return { statements, found: NO_CASUALTIES }
}

function toCasualties(draft: CasualtyDraft) {
  const value = (text: string) => (text.trim() === '' ? null : Number(text))
  return { deaths: value(draft.deaths), missing: value(draft.missing), injuries: value(draft.injuries) }
}

function isWhole(draft: CasualtyDraft): boolean {
  return CASUALTY_FIGURES.every((figure) => draft[figure].trim() === '' || WHOLE.test(draft[figure].trim()))
}

function isEmpty(draft: CasualtyDraft): boolean {
  return CASUALTY_FIGURES.every((figure) => draft[figure].trim() === '')
}

/** What goes to the server; null = nothing was typed, undefined = something is no figure or no time. */
export function toFigures({ found, statements }: FiguresDraft): MisreportFigures | null | undefined {
  if (!isWhole(found) || !statements.every(isWhole)) return undefined
  if (isEmpty(found) && statements.every(isEmpty)) return null
  const said = statements.map(({ at, ...casualties }) => ({
    at: toInstantText(at),
    casualties: toCasualties(casualties),
  }))
  const dated = said.flatMap(({ at, casualties }) => (at === null ? [] : [{ at, stage: null, ...casualties }]))
  if (dated.length !== said.length) return undefined
  return { statements: dated, found: isEmpty(found) ? null : toCasualties(found) }
}
