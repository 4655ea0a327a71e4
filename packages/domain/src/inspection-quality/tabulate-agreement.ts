import type { AgreementCounts } from '@zhidu/statistics'
import { DAY_MS, MINUTE_MS } from '../calendar/local-time.ts'
import { type CheckMethod, type Finding, FINDINGS } from '../facts/facts.ts'
import type { ChecklistItem, ItemAnswer } from '../inspection/checklist.ts'
import type { Ratio } from '../ratio/ratio.ts'
import { addPair, type JudgedAgreement, judgeAgreement, NO_PAIRS } from './judge-agreement.ts'

/** Checks within half an hour of each other saw the same shift. Source: docs/indicators/inspection-agreement.md */
export const BLIND_WINDOW_MINUTES = 30
/** Further apart, and what differs may have changed. */
const MOST_APART_MS = DAY_MS

/** One check of a pair. */
export interface PairedCheck {
  /** Epoch ms. */
  readonly at: number
  readonly method: CheckMethod
  readonly checklistId: string
  readonly items: readonly ChecklistItem[]
  readonly answers: readonly { readonly item: string; readonly answer: ItemAnswer }[]
  /** As found, whatever was decided. */
  readonly findings: readonly Finding[]
  /** False = nothing was proved either way. */
  readonly isConclusive: boolean
}

export interface CheckPair {
  readonly first: PairedCheck
  readonly second: PairedCheck
}

export interface ItemAgreement extends JudgedAgreement {
  readonly checklistId: string
  /** As it was worded: an item that is worded anew is looked at anew. */
  readonly item: Pick<ChecklistItem, 'key' | 'section' | 'text' | 'finding'>
}

export interface FindingAgreement extends JudgedAgreement {
  readonly finding: Finding
}

export interface PairAgreement {
  /** Pairs that count, and those too far apart in time. */
  readonly pairs: number
  readonly apart: number
  /** Of those that count, made within the window of each other. */
  readonly withinWindow: Ratio
  /** By list and item; those both were asked. */
  readonly items: readonly ItemAgreement[]
  /** In the order of `FINDINGS`; those both could find. */
  readonly findings: readonly FindingAgreement[]
  /** Whether anything was found at all. */
  readonly result: JudgedAgreement
}

/** What the calls of a telephone check prove by themselves. */
const BY_CALLS: readonly Finding[] = ['absent', 'no_answer', 'invalid_number']

function answerOf({ answers }: PairedCheck, key: string): 'yes' | 'no' | null {
  const answer = answers.findLast(({ item }) => item === key)?.answer
  return answer === undefined || answer === 'not_applicable' ? null : answer
}

function couldFind(check: PairedCheck, finding: Finding): boolean {
  if (check.findings.includes(finding)) return true
  if (!check.isConclusive) return false
  if (check.method === 'phone' && BY_CALLS.includes(finding)) return true
  return check.items.some((item) => item.finding === finding && answerOf(check, item.key) !== null)
}

function compareItems(
  { first, second }: CheckPair,
  into: Map<string, { item: ItemAgreement['item']; checklistId: string; counts: AgreementCounts }>,
) {
  if (first.checklistId !== second.checklistId) return
  for (const { finding, key, section, text } of first.items) {
    const [one, other] = [answerOf(first, key), answerOf(second, key)]
    const isSame = second.items.some((item) => item.key === key && item.text === text)
    if (one === null || other === null || !isSame) continue
    const name = JSON.stringify([first.checklistId, key, text])
    const known = into.get(name)
    const counts = addPair(known?.counts ?? NO_PAIRS, one === 'yes', other === 'yes')
    into.set(name, { checklistId: first.checklistId, item: { key, section, text, finding }, counts })
  }
}

function compareFindings(pairs: readonly CheckPair[]): FindingAgreement[] {
  return FINDINGS.flatMap((finding) => {
    const compared = pairs.filter(({ first, second }) => couldFind(first, finding) && couldFind(second, finding))
    if (compared.length === 0) return []
    const counts = compared.reduce(
      (sum, { first, second }) => addPair(sum, first.findings.includes(finding), second.findings.includes(finding)),
      NO_PAIRS,
    )
    return [{ finding, ...judgeAgreement(counts) }]
  })
}

function compareResults(pairs: readonly CheckPair[]): JudgedAgreement {
  const counts = pairs
    .filter(({ first, second }) => first.isConclusive && second.isConclusive)
    .reduce((sum, { first, second }) => addPair(sum, first.findings.length > 0, second.findings.length > 0), NO_PAIRS)
  return judgeAgreement(counts)
}

function gapOf({ first, second }: CheckPair): number {
  return Math.abs(second.at - first.at)
}

/**
 * How far first and second checks agree: per item answered by yes or no in both, per finding that both could find, and whether
 * anything was found. “Not applicable” is no answer. Pairs more than a day apart do not count.
 * Card: docs/indicators/inspection-agreement.md
 */
export function tabulateAgreement(all: readonly CheckPair[]): PairAgreement {
  const pairs = all.filter((pair) => gapOf(pair) <= MOST_APART_MS)
  const within = pairs.filter((pair) => gapOf(pair) <= BLIND_WINDOW_MINUTES * MINUTE_MS).length
  const items: Parameters<typeof compareItems>[1] = new Map()
  for (const pair of pairs) compareItems(pair, items)
  return {
    pairs: pairs.length,
    apart: all.length - pairs.length,
    withinWindow: { part: within, whole: pairs.length },
    items: [...items.values()].map(({ checklistId, counts, item }) => ({
      checklistId,
      item,
      ...judgeAgreement(counts),
    })),
    findings: compareFindings(pairs),
    result: compareResults(pairs),
  }
}

export interface UpperAgreement {
  readonly pairs: number
  /** Whole days between, the middle one; null = no pair. */
  readonly medianDays: number | null
  /** Whether anything was found at all. */
  readonly result: JudgedAgreement
  /** Where the first check found nothing: so often the upper one did. */
  readonly missed: Ratio
  /** In the order of `FINDINGS`. */
  readonly findings: readonly FindingAgreement[]
  /** Answers that were the same, of those both gave; no range, for answers of one check are not independent. */
  readonly answers: Ratio
}

/** How far an office's checks agree with those the office above made again: its own indicator. Any time apart. */
export function tabulateUpper(pairs: readonly CheckPair[]): UpperAgreement {
  const items: Parameters<typeof compareItems>[1] = new Map()
  for (const pair of pairs) compareItems(pair, items)
  const answers = [...items.values()].map(({ counts }) => counts)
  const result = compareResults(pairs)
  const days = pairs.map((pair) => Math.floor(gapOf(pair) / DAY_MS)).toSorted((a, b) => a - b)
  return {
    pairs: pairs.length,
    medianDays: days[Math.floor((days.length - 1) / 2)] ?? null,
    result,
    missed: { part: result.counts.secondOnly, whole: result.counts.secondOnly + result.counts.bothNo },
    findings: compareFindings(pairs),
    answers: {
      part: answers.reduce((sum, { bothNo, bothYes }) => sum + bothYes + bothNo, 0),
      whole: answers.reduce((sum, one) => sum + one.bothYes + one.bothNo + one.firstOnly + one.secondOnly, 0),
    },
  }
}
