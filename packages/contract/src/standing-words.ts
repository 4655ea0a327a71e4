import type { NamedEnd, StandingHeadline } from '@zhidu/domain'
import type { Language } from './kinds-words.ts'

/** Names of the first and the last of all, where they may be written; null = may not. */
export interface EndNames {
  readonly first: string | null
  readonly last: string | null
}

const CHINESE_NUMBERS = ['零', '一', '二', '三', '四', '五', '六', '七', '八', '九', '十']

/** 三; as figures above ten. */
export function writeOrdinal(value: number, language: Language): string {
  return language === 'zh-CN' ? (CHINESE_NUMBERS[value] ?? ` ${value} `) : String(value)
}

/** Two of something is another word than the second. */
function chineseCount(value: number): string {
  return value === 2 ? '两' : writeOrdinal(value, 'zh-CN')
}

function chineseCertainty({ certainCount, likelyCount }: NamedEnd, verb: string): string {
  if (likelyCount === 0) return `确定${verb}`
  return certainCount === 0 ? `多半${verb}` : `${verb}（${certainCount} 家确定、${likelyCount} 家多半）`
}

function englishCertainty({ certainCount, likelyCount }: NamedEnd, verb: string): string {
  if (likelyCount === 0) return `certainly ${verb}`
  return certainCount === 0 ? `likely ${verb}` : `${verb} (${certainCount} certainly, ${likelyCount} likely)`
}

/** The only unit at an end, which has its own clause. */
function isAlone({ certainCount, likelyCount }: NamedEnd, name: string | null): boolean {
  return name !== null && certainCount + likelyCount === 1
}

function chineseEnds({ ahead, behind }: StandingHeadline, names: EndNames): string[] {
  const clauses: string[] = []
  if (ahead?.isUnbroken && !isAlone(ahead, names.first))
    clauses.push(`前 ${ahead.certainCount + ahead.likelyCount} 家${chineseCertainty(ahead, '领先')}`)
  if (names.first !== null) clauses.push(`${names.first}列第一`)
  if (behind !== null && !isAlone(behind, names.last)) {
    const count = behind.certainCount + behind.likelyCount
    const who = behind.isUnbroken ? `末尾 ${count} 家` : `末段 ${behind.listedCount} 家中 ${count} 家`
    clauses.push(`${who}${chineseCertainty(behind, '落后')}`)
  }
  if (names.last !== null) clauses.push(`${names.last}列末位`)
  return clauses
}

function englishEnds({ ahead, behind }: StandingHeadline, names: EndNames): string[] {
  const clauses: string[] = []
  if (ahead?.isUnbroken && !isAlone(ahead, names.first)) {
    clauses.push(`the first ${ahead.certainCount + ahead.likelyCount} are ${englishCertainty(ahead, 'ahead')}`)
  }
  if (names.first !== null) clauses.push(`${names.first} is first`)
  if (behind !== null && !isAlone(behind, names.last)) {
    const count = behind.certainCount + behind.likelyCount
    const who = behind.isUnbroken ? `the last ${count}` : `${count} of the last ${behind.listedCount}`
    clauses.push(`${who} are ${englishCertainty(behind, 'behind')}`)
  }
  if (names.last !== null) clauses.push(`${names.last} is last`)
  return clauses
}

function writeChinese(headline: StandingHeadline, measured: number, names: EndNames): string {
  const { bandCount, kind, restCount, word } = headline
  const ends = chineseEnds(headline, names)
  if (kind === 'few') {
    return ends.length === 0
      ? `本季参加排名 ${measured} 家，不足 5 家，不分档，先后分不清。`
      : `本季参加排名 ${measured} 家，不足 5 家，不分档：${ends.join('，')}，其余分不清先后。`
  }
  const unfit = word === 'cannot_rank' ? '这张表不宜当排名看：' : ''
  if (kind === 'flat' && ends.length === 0) return `${unfit}本季 ${measured} 家分不出档，名次先后分不清。`
  const bands =
    bandCount === 1 ? '本季分不出档' : `本季${word === 'well' ? '能' : '只能'}分出${chineseCount(bandCount)}档`
  const rest =
    ends.length === 0
      ? '档内分不清先后，也分不清谁真正领先、谁真正落后'
      : restCount === 0
        ? '档内分不清先后'
        : `其余 ${restCount} 家在档内分不清先后`
  return unfit === '' ? `${bands}：${[...ends, rest].join('，')}。` : `${unfit}${[bands, ...ends, rest].join('，')}。`
}

function writeEnglish(headline: StandingHeadline, measured: number, names: EndNames): string {
  const { bandCount, kind, restCount, word } = headline
  const ends = englishEnds(headline, names)
  if (kind === 'few') {
    const tail = ends.length === 0 ? 'their order cannot be told' : `${ends.join(', ')}; no more can be told`
    return `${measured} units are ranked, fewer than five, so there are no bands: ${tail}.`
  }
  const unfit = word === 'cannot_rank' ? 'Do not read this table as a ranking. ' : ''
  if (kind === 'flat' && ends.length === 0) return `${unfit}The ${measured} units cannot be told apart this quarter.`
  const bands =
    bandCount === 1
      ? 'No bands can be told apart this quarter'
      : `${word === 'well' ? '' : 'Only '}${bandCount} bands can be told apart this quarter`
  const rest =
    ends.length === 0
      ? 'within a band no order can be told, nor who is truly ahead or behind'
      : restCount === 0
        ? 'within a band no order can be told'
        : `within their bands the other ${restCount} cannot be told apart`
  return `${unfit}${bands}: ${[...ends, rest].join(', ')}.`
}

/** The first sentence of a league table; the same on screen, on paper and in files. `measured`: units ranked. */
export function writeStandingHeadline(
  headline: StandingHeadline,
  measured: number,
  names: EndNames,
  language: Language,
): string {
  return language === 'zh-CN' ? writeChinese(headline, measured, names) : writeEnglish(headline, measured, names)
}

export const CERTAINTY_WORDS = {
  'zh-CN': { certain: '确定', likely: '多半', cannot_tell: '分不清' },
  en: { certain: 'certain', likely: 'likely', cannot_tell: 'cannot tell' },
} as const satisfies Record<Language, object>

/** Whether the table may be read as a ranking at all. */
export const RANKABILITY_WORDS = {
  'zh-CN': {
    cannot_rank: { level: '低', text: '这张表不宜当排名看' },
    with_care: { level: '中等', text: '能分档，档内分不清' },
    well: { level: '高', text: '档与档、首尾都分得开' },
  },
  en: {
    cannot_rank: { level: 'low', text: 'do not read this table as a ranking' },
    with_care: { level: 'medium', text: 'bands can be told apart, places within them cannot' },
    well: { level: 'high', text: 'bands and both ends can be told apart' },
  },
} as const satisfies Record<Language, object>
