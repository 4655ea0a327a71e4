import { writeChineseNumber } from '@zhidu/contract'
import {
  type BulletinDocument,
  type BulletinFacts,
  type BulletinParagraph,
  type BulletinRun,
  type BulletinUnit,
  type ResolveFigure,
  textOfParagraph,
} from '@zhidu/domain'
import { DRAFT_WORDS, TERRITORY_WORDS, writeDay } from './draft-words.ts'
import type { DraftFrame } from './draft-text.ts'
import { figureText } from './resolve-figure.ts'
import { titleOf } from './to-word.ts'

/** Units told of in the text; all of them are in the annex. */
const MOST_NAMED = 10

/** What a version changed of one unit; null = it is not in that version. */
export interface UnitCorrection {
  readonly unitCode: string
  readonly name: string
  readonly before: BulletinUnit | null
  readonly after: BulletinUnit | null
}

function isSameResult(a: BulletinUnit | null, b: BulletinUnit | null): boolean {
  const told = (unit: BulletinUnit | null) =>
    unit === null ? null : [unit.rank, unit.isTied, unit.summary, unit.codes, unit.name]
  return JSON.stringify(told(a)) === JSON.stringify(told(b))
}

/** Units whose result is another in the later version, in its order, those that are gone behind. */
export function listCorrections(before: BulletinFacts, after: BulletinFacts): UnitCorrection[] {
  const old = new Map(before.units.map((unit) => [unit.unitCode, unit]))
  const now = new Map(after.units.map((unit) => [unit.unitCode, unit]))
  const codes = [...new Set([...now.keys(), ...old.keys()])]
  return codes.flatMap((unitCode) => {
    const [was, is] = [old.get(unitCode) ?? null, now.get(unitCode) ?? null]
    const name = is?.name ?? was?.name ?? unitCode
    return isSameResult(was, is) ? [] : [{ unitCode, name, before: was, after: is }]
  })
}

export interface CorrectionFrame extends Pick<DraftFrame, 'officeName' | 'tier' | 'today'> {
  readonly before: BulletinFacts
  readonly after: BulletinFacts
  /** Why the quarter was supplemented, the oldest first. */
  readonly reasons: readonly string[]
}

/** The paragraph with every figure as the new version gives it; null = nothing in it changes. */
function correctParagraph({ runs }: BulletinParagraph, version: number, resolve: ResolveFigure): BulletinRun[] | null {
  let hasChanged = false
  const corrected = runs.map((run): BulletinRun => {
    if (run.kind === 'text') return run
    const text = resolve(version, run.key)
    if (text === null) return { kind: 'text', text: run.text }
    if (text !== run.text) hasChanged = true
    return { ...run, version, text, reason: null }
  })
  return hasChanged ? corrected : null
}

function resultOf(unit: BulletinUnit | null): string {
  if (unit === null || unit.rank === null || unit.summary.score === null) return '未测量'
  return `得分${unit.summary.score / 100}分、名次第${unit.rank}`
}

function toUnitRuns({ after, before, name, unitCode }: UnitCorrection, facts: BulletinFacts): BulletinRun[] {
  const field = (metric: 'score' | 'rank'): BulletinRun => {
    const key = `unit:${unitCode}/${metric}`
    return { kind: 'field', key, version: facts.version, text: figureText(facts, key) ?? '', reason: null }
  }
  const head: BulletinRun = { kind: 'text', text: `${name}：${resultOf(before)}，更正为` }
  if (after === null || after.rank === null) return [head, { kind: 'text', text: '未测量。' }]
  return [
    head,
    { kind: 'text', text: '得分' },
    field('score'),
    { kind: 'text', text: '分、名次第' },
    field('rank'),
    { kind: 'text', text: '。' },
  ]
}

function text(words: string): BulletinRun[] {
  return [{ kind: 'text', text: words }]
}

/**
 * 更正通报: what the published text said and what a later version of the frozen quarter makes of it, paragraph by paragraph, then
 * unit by unit. null = nothing that was published changes.
 */
export function draftCorrection(
  published: BulletinDocument,
  resolve: ResolveFigure,
  frame: CorrectionFrame,
): BulletinDocument | null {
  const { after, before, officeName, reasons, tier, today } = frame
  const { version } = after
  const changed = published.paragraphs.flatMap((paragraph) => {
    const runs = correctParagraph(paragraph, version, resolve)
    return runs === null ? [] : [{ paragraph, runs }]
  })
  const units = listCorrections(before, after)
  if (changed.length === 0 && units.length === 0) return null
  const title = titleOf(published)
  const number = published.paragraphs.find(({ style }) => style === 'number')
  const named = number === undefined ? `《${title}》` : `《${title}》（${textOfParagraph(number)}）`
  const why = reasons.length === 0 ? '' : `更正缘由：${reasons.map((one) => one.replace(/[。；]$/, '')).join('；')}。`
  const parts: Omit<BulletinParagraph, 'id'>[] = [
    { style: 'mark', runs: text(DRAFT_WORDS.mark(officeName)) },
    { style: 'number', runs: text(DRAFT_WORDS.number(today.slice(0, 4))) },
    { style: 'title', runs: text(DRAFT_WORDS.correctionTitle(title)) },
    { style: 'recipients', runs: text(TERRITORY_WORDS[tier].to) },
    { style: 'body', runs: text(`${named}印发后，经复核，部分数据有误，现予更正。${why}`) },
  ]
  let heading = 0
  const open = (words: string): void => {
    heading += 1
    parts.push({ style: 'heading', runs: text(`${writeChineseNumber(heading)}、${words}`) })
  }
  if (changed.length > 0) open('正文更正')
  for (const { paragraph, runs } of changed) {
    parts.push({ style: 'body', runs: text(`原文：“${textOfParagraph(paragraph)}”`) })
    parts.push({ style: 'body', runs: [...text('更正为：“'), ...runs, ...text('”')] })
  }
  if (units.length > 0) open('有关单位考核结果更正')
  for (const unit of units.slice(0, MOST_NAMED)) parts.push({ style: 'body', runs: toUnitRuns(unit, after) })
  if (units.length > 0) {
    const words = `考核结果有变化的共${units.length}家，见附件。其余内容不变。`
    parts.push({ style: 'body', runs: text(words) })
    parts.push({ style: 'attachments', runs: text(`1. ${DRAFT_WORDS.correctionAnnex}`) })
  }
  parts.push({ style: 'signature', runs: text(officeName) }, { style: 'date', runs: text(writeDay(today)) })
  return { version, paragraphs: parts.map((part, index) => ({ id: `p${index + 1}`, ...part })) }
}
