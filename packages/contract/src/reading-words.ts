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
  'burden',
  'coverage',
  'visits',
  'distance',
  'agreement',
  'reword',
  'relative',
  'luckOfMany',
  'later',
] as const
export type Caveat = (typeof CAVEATS)[number]

/** Which caveats belong to which table. */
export const CAVEATS_OF = {
  league: ['counts', 'rank', 'few', 'none'],
  funnel: ['luck', 'few', 'many', 'overdispersed', 'none'],
  trend: ['limits', 'few', 'none'],
  compare: ['pair', 'few', 'none'],
  sensitivity: ['weights', 'rank'],
  coverage: ['coverage', 'burden'],
  load: ['visits', 'distance'],
  agreement: ['agreement', 'reword'],
  leniency: ['relative', 'luckOfMany'],
  upper: ['agreement', 'later'],
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
    burden: '占用时间只含手机记录的抽查；“·”后是有时间的次数和总次数。上级直接来查的不在内，本级看不到。',
    coverage:
      '覆盖规则取各抽取方案里最严的；“早该查”“本季该查”与抽取时同一算法。待认定、未查成、复核都不计入次数上限，但都占用单位的时间。',
    visits: '人次是去了几次，不是工作量：实地一次比电话一次久得多，请同时看时间。',
    distance: '路程是同一夜相邻两处的直线距离，只在督查员同意记录位置时才有；没有记录不是 0。',
    agreement:
      '结论看 AC1 的 95% 区间：整个在 0.6 以上为一致，整个在 0.6 以下为不一致，跨过为分不清；不足 5 对为样本少。',
    reword: '不一致多半是问项没写清楚，不是谁查得不对：先改写再计分。改写过的问项重新比对。',
    relative:
      '宽严是相对别人说的：同一方式、同是日间或夜间、同一考核分组的抽查放在一起比。只有两三个人时，偏宽和偏严分不出是谁。',
    luckOfMany:
      '词只在全体一起看、误判率不超过 5% 时才说；没有说的，不等于没有差别：漏掉一半问题的人，查满 150 次才多半看得出。',
    later: '上级复核往往隔了多日，情况可能已变：不同不等于下级查得不对。',
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
    burden:
      'Minutes are of checks recorded by telephone alone; behind the dot, how many have a time, of all. Checks by the office above are not told here.',
    coverage:
      'Rules of coverage are the strictest of the plans; “overdue” and “due this quarter” are computed as in draws. Undecided, inconclusive and second checks do not count towards a limit, but all take the unit’s time.',
    visits:
      'Visits are how often somebody went, not how much work it was: an on-site visit takes longer than a call, so look at the minutes.',
    distance:
      'The way is the straight line between one place and the next of one night, known only where the inspector agreed to tell it; not told is not 0.',
    agreement:
      'The verdict goes by the 95 % range of AC1: all of it from 0.6 up = agree, all below = disagree, across it = cannot tell; fewer than 5 pairs = few.',
    reword:
      'Where checks disagree the item is mostly unclear, and nobody wrong: reword it before it is scored. A reworded item is compared anew.',
    relative:
      'Leniency is told against others: checks by the same method, both by day or by night, in the same peer group. Of two or three people it cannot be told who is lenient and who strict.',
    luckOfMany:
      'The words are said only at a false rate of 5 % among all together. Silence is no proof of sameness: who misses half is mostly seen only after some 150 checks.',
    later:
      'Upper re-checks often come days later, when things may have changed: a difference does not mean that the check below was wrong.',
  },
}

/** The caveats of a table in their order. */
export function listCaveats(table: CaveatTable, language: Language): string[] {
  return CAVEATS_OF[table].map((caveat) => CAVEAT_WORDS[language][caveat])
}
