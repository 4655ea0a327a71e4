import type { Language } from './kinds-words.ts'

/** What has to be known of a table before a name is read out of it; stands under every table, on paper and in files. */
export const CAVEATS = [
  'counts',
  'rank',
  'luck',
  'few',
  'none',
  'many',
  'overdispersed',
  'limits',
  'weights',
  'pair',
] as const
export type Caveat = (typeof CAVEATS)[number]

/** Which caveats belong to which table. */
export const CAVEATS_OF = {
  league: ['counts', 'rank', 'few', 'none'],
  funnel: ['luck', 'few', 'many', 'overdispersed', 'none'],
  trend: ['limits', 'few', 'none'],
  compare: ['pair', 'few', 'none'],
  sensitivity: ['weights', 'rank'],
} as const satisfies Record<string, readonly Caveat[]>
export type CaveatTable = keyof typeof CAVEATS_OF

export const CAVEAT_WORDS: Readonly<Record<Language, Readonly<Record<Caveat, string>>>> = {
  'zh-CN': {
    counts: '件数是事实，名次是推断：件数少时，名次会因一两件报告大幅变动。',
    rank: '名次相邻不等于水平不同；分不清先后的，不宜说谁比谁好。',
    luck: '落在界限外，只说明“难用偶然解释”，不说明原因；请先看证据，再下结论。',
    few: '应报不足 5 件的，比率一件之差就是 20 个百分点以上，请看件数和区间，不看百分数。',
    none: '“—”为没有应报或没有抽查，不是 0，也不是 100%，不参加比较。',
    many: '同时看很多单位，总有少数因偶然落在 95% 界限外；界限外的家数接近说明中的数时，不宜逐家点名。',
    overdispersed: '组内差别大于偶然时，说明各单位条件不同，界限外的单位会偏多，宜先查条件再比高低。',
    limits: '界限由本单位自己的数算出：界限内的升降分不出是变化还是偶然，不宜写“提高”“下降”。',
    weights: '权重是人定的：换一组相近的权重名次就变的，名次主要由权重决定。',
    pair: '概率只对这两家、这一项、这一时段有效；概率不到 80% 的，按分不清处理。',
  },
  en: {
    counts: 'Counts are facts, ranks are inferences: on small numbers one or two reports move a rank a long way.',
    rank: 'Neighbouring ranks do not mean different quality; where the order cannot be told, do not say who is better.',
    luck: 'Beyond a limit means “hard to explain by luck”, not why; look at the evidence before drawing a conclusion.',
    few: 'Below five reports owed one report moves the rate by 20 points or more: read counts and interval, not the percentage.',
    none: '“—” means nothing was owed or checked; it is neither 0 nor 100 %, and it is not compared.',
    many: 'Among many units a few always lie beyond the 95 % limits by luck; when about as many do as the note says, name none.',
    overdispersed:
      'A group that differs more than luck has units in unlike conditions: more of them lie beyond the limits, so look at conditions first.',
    limits:
      'Limits come from the unit’s own numbers: within them a rise or fall cannot be told from luck, so write neither.',
    weights:
      'Weights are chosen by people: a rank that changes with slightly different weights is mostly made by them.',
    pair: 'The probability holds for these two units, this indicator and this period; below 80 % treat it as cannot tell.',
  },
}

/** The caveats of a table in their order. */
export function listCaveats(table: CaveatTable, language: Language): string[] {
  return CAVEATS_OF[table].map((caveat) => CAVEAT_WORDS[language][caveat])
}
