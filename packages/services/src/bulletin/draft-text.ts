import { writeChineseNumber, writeQuarter } from '@zhidu/contract'
import {
  type BulletinDocument,
  type BulletinFacts,
  type BulletinParagraph,
  type BulletinRun,
  type BulletinUnit,
  type DeductionCode,
  type ParagraphStyle,
  quarterRange,
  type Tier,
} from '@zhidu/domain'
import {
  CHECK_FAULTS,
  DEMANDS,
  DRAFT_WORDS,
  MISREPORT_FAULTS,
  REPORT_FAULTS,
  TERRITORY_WORDS,
  writeDay,
} from './draft-words.ts'
import { figureText } from './resolve-figure.ts'

/** Units named for one kind of fault, those with the most first. */
const MOST_NAMED = 5

export interface DraftFrame {
  readonly officeName: string
  readonly tier: Tier
  readonly rulesTitle: string
  /** Missing = the rules are an office's own. */
  readonly rulesNotice: string | null
  /** `2026-10-12`: the day it is drafted on. */
  readonly today: string
  readonly annexTitles: readonly string[]
}

/**
 * Writes paragraphs: `{all/late}` in a text becomes a figure, its names in percent-encoding; a sentence with one that is not measured
 * is left out.
 */
export class DraftWriter {
  readonly #facts: BulletinFacts
  readonly #paragraphs: BulletinParagraph[] = []

  constructor(facts: BulletinFacts) {
    this.#facts = facts
  }

  #toRuns(sentence: string): BulletinRun[] | null {
    const runs: BulletinRun[] = []
    for (const [index, piece] of sentence.split(/\{([^}]+)\}/).entries()) {
      if (index % 2 === 0) {
        if (piece !== '') runs.push({ kind: 'text', text: piece })
        continue
      }
      const key = decodeURIComponent(piece)
      const text = figureText(this.#facts, key)
      if (text === null) return null
      runs.push({ kind: 'field', key, version: this.#facts.version, text, reason: null })
    }
    return runs
  }

  /** Names of units and rules are `literal`: a brace in them is a brace. */
  add(style: ParagraphStyle, ...sentences: (string | { readonly literal: string })[]): void {
    const runs = sentences.flatMap((one): BulletinRun[] =>
      typeof one === 'string' ? (this.#toRuns(one) ?? []) : [{ kind: 'text', text: one.literal }],
    )
    this.#paragraphs.push({ id: `p${this.#paragraphs.length + 1}`, style, runs: joinTexts(runs) })
  }

  end(): BulletinDocument {
    return { version: this.#facts.version, paragraphs: this.#paragraphs }
  }
}

function joinTexts(runs: readonly BulletinRun[]): BulletinRun[] {
  return runs.reduce<BulletinRun[]>((joined, run) => {
    const last = joined.at(-1)
    if (run.kind === 'text' && last?.kind === 'text') {
      return [...joined.slice(0, -1), { kind: 'text', text: last.text + run.text }]
    }
    return [...joined, run]
  }, [])
}

function isNothing(facts: BulletinFacts, encodedKey: string): boolean {
  return figureText(facts, decodeURIComponent(encodedKey)) === '0'
}

/** Faults that happened, as a list: 迟报3件、未报1件. Empty = none. */
function listFaults(
  facts: BulletinFacts,
  scope: string,
  faults: readonly (readonly [DeductionCode, string])[],
): string {
  return faults
    .filter(([code]) => !isNothing(facts, `${scope}/count.${code}`))
    .map(([code, words]) => words.replace('{}', `{${scope}/count.${code}}`))
    .join('、')
}

/** A full stop behind a figure that is there. */
function endOf(facts: BulletinFacts, key: string): string[] {
  return figureText(facts, key) === null ? [] : ['。']
}

function writeOverview(writer: DraftWriter, facts: BulletinFacts): void {
  const { groups } = facts
  writer.add(
    'body',
    '纳入考核{all/units}家，参与排名{all/ranked}家，{all/unmeasured}家无应报事件、未被抽查，不参与排名。',
    '应报突发事件信息{all/owed}件，按时首报{all/onTime}件，迟报{all/late}件，未报{all/missing}件。',
    '按时率{all/onTimeShare}',
    '，{all/onTimeChange}',
    ...endOf(facts, 'all/onTimeShare'),
    '抽查值班{all/checks}次，合格{all/checksPassed}次。',
    '平均得分{all/meanScore}分。',
    ...(isNothing(facts, 'all/underAppeal')
      ? []
      : ['{all/underAppeal}家单位有扣分申诉未作出决定，附件中标为“申诉中”，有变更的以补充更正为准。']),
  )
  for (const [index, group] of groups.entries()) {
    const scope = `group:${encodeURIComponent(group)}`
    writer.add(
      'point',
      { literal: `（${writeChineseNumber(index + 1)}）${group}。` },
      `参与排名{${scope}/ranked}家`,
      `，按时率{${scope}/onTimeShare}（{${scope}/onTime}/{${scope}/decided}）`,
      `，平均得分{${scope}/meanScore}分`,
      '。',
      `{${scope}/standing}`,
    )
  }
}

function writeReports(writer: DraftWriter, facts: BulletinFacts): void {
  const faults = listFaults(facts, 'all', REPORT_FAULTS)
  writer.add(
    'body',
    '应报要素{all/elementsOwed}项，已报{all/elementsGiven}项，完整率{all/elementsShare}。',
    ...(faults === '' ? [] : [`报送中存在：${faults}。`]),
  )
}

function writeChecks(writer: DraftWriter, facts: BulletinFacts): void {
  if (isNothing(facts, 'all/checks')) {
    writer.add('body', DRAFT_WORDS.noChecks)
    return
  }
  const faults = listFaults(facts, 'all', CHECK_FAULTS)
  writer.add(
    'body',
    '共抽查{all/checks}次，合格{all/checksPassed}次，合格率{all/checksShare}',
    '，{all/checksChange}',
    '。',
    ...(faults === '' ? [] : [`发现问题：${faults}。`]),
  )
}

function writeFilings(writer: DraftWriter, facts: BulletinFacts): void {
  if (isNothing(facts, 'all/filingsOwed')) {
    writer.add('body', DRAFT_WORDS.noFilings)
    return
  }
  writer.add(
    'body',
    '应报节假日材料{all/filingsOwed}份，按时{all/filingsOnTime}份，迟报{all/filingsLate}份，未报{all/filingsMissing}份。',
    '按时率{all/filingsShare}。',
  )
}

/** Counts that are not 0, as a list. */
function listCounts(facts: BulletinFacts, scope: string, words: Readonly<Record<string, string>>): string {
  return Object.entries(words)
    .filter(([metric]) => !isNothing(facts, `${scope}/${metric}`))
    .map(([metric, text]) => text.replace('{}', `{${scope}/${metric}}`))
    .join('、')
}

interface Fault {
  readonly title: string
  /** How bad it is of a unit; 0 = not named. Compared place by place. */
  readonly weigh: (unit: BulletinUnit) => readonly [number, number]
  readonly say: (unit: BulletinUnit, facts: BulletinFacts) => string
}

function scopeOf({ unitCode }: BulletinUnit): string {
  return `unit:${encodeURIComponent(unitCode)}`
}

function countOf({ codes }: BulletinUnit, faults: readonly (readonly [DeductionCode, string])[]): number {
  return faults.reduce((sum, [code]) => sum + (codes[code] ?? 0), 0)
}

const FAULTS: readonly Fault[] = [
  {
    title: '首报不及时',
    weigh: ({ summary: { timeliness } }) => [timeliness.missing, timeliness.late],
    say: (unit, facts) =>
      `应报{${scopeOf(unit)}/owed}件，${listCounts(facts, scopeOf(unit), { late: '迟报{}件', missing: '未报{}件' })}`,
  },
  {
    title: '值班纪律不严',
    weigh: ({ summary: { checks } }) => [checks.total - checks.passed, -checks.passed],
    say: (unit, facts) => {
      const faults = listFaults(facts, scopeOf(unit), CHECK_FAULTS)
      const counted = `抽查{${scopeOf(unit)}/checks}次，不合格{${scopeOf(unit)}/checksFailed}次`
      return faults === '' ? counted : `${counted}（${faults}）`
    },
  },
  {
    title: '节假日材料报送不及时',
    weigh: ({ summary: { filings } }) => [filings.missing, filings.late],
    say: (unit, facts) => listCounts(facts, scopeOf(unit), { filingsLate: '迟报{}份', filingsMissing: '未报{}份' }),
  },
  {
    title: '信息报告不实',
    weigh: (unit) => [countOf(unit, MISREPORT_FAULTS), 0],
    say: (unit, facts) => listFaults(facts, scopeOf(unit), MISREPORT_FAULTS),
  },
]

/** The worst units of a fault; the official order where two are alike. */
function listNamed({ units }: BulletinFacts, { weigh }: Fault): BulletinUnit[] {
  return units
    .filter((unit) => weigh(unit).some((weight) => weight > 0))
    .sort((a, b) => weigh(b)[0] - weigh(a)[0] || weigh(b)[1] - weigh(a)[1])
    .slice(0, MOST_NAMED)
}

function writeFaults(writer: DraftWriter, facts: BulletinFacts): void {
  let number = 0
  for (const fault of FAULTS) {
    const named = listNamed(facts, fault)
    if (named.length === 0) continue
    number += 1
    writer.add(
      'point',
      `（${writeChineseNumber(number)}）${fault.title}。`,
      ...named.flatMap((unit, index) => [
        { literal: unit.name },
        `${fault.say(unit, facts)}${index === named.length - 1 ? '。' : '；'}`,
      ]),
    )
  }
  if (number === 0) writer.add('body', DRAFT_WORDS.noFaults)
}

/** The draft of a bulletin: every figure of it a field of this version of the frozen quarter. */
export function draftBulletin(facts: BulletinFacts, frame: DraftFrame): BulletinDocument {
  const writer = new DraftWriter(facts)
  const { to, whole } = TERRITORY_WORDS[frame.tier]
  const { firstOn, lastOn } = quarterRange(facts.quarter)
  const rules = frame.rulesNotice === null ? '' : DRAFT_WORDS.notice(frame.rulesNotice)
  writer.add('mark', { literal: DRAFT_WORDS.mark(frame.officeName) })
  writer.add('number', DRAFT_WORDS.number(frame.today.slice(0, 4)))
  writer.add('title', DRAFT_WORDS.title(writeQuarter(facts.quarter), whole))
  writer.add('recipients', to)
  const intro = DRAFT_WORDS.intro(frame.rulesTitle, frame.officeName, writeDay(firstOn), writeDay(lastOn), whole)
  writer.add('body', { literal: rules === '' ? intro : intro.replace('》', `》${rules}`) })
  const parts = [writeOverview, writeReports, writeChecks, writeFilings, writeFaults]
  for (const [index, heading] of DRAFT_WORDS.headings.entries()) {
    writer.add('heading', `${writeChineseNumber(index + 1)}、${heading}`)
    parts[index]?.(writer, facts)
  }
  for (const [index, demand] of DEMANDS.entries()) {
    writer.add('point', `（${writeChineseNumber(index + 1)}）${demand}`)
  }
  for (const [index, title] of frame.annexTitles.entries()) {
    writer.add('attachments', { literal: `${index + 1}. ${title}` })
  }
  writer.add('signature', { literal: frame.officeName })
  writer.add('date', { literal: writeDay(frame.today) })
  return writer.end()
}
