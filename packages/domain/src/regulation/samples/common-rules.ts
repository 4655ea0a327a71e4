import type { Level } from '../../facts/facts.ts'
import type { ClockRule, DimensionRule, Dimension, Regulation } from '../regulation.ts'
import { dimension } from './rule-makers.ts'

/** Parts that a published method does not speak of, filled in so that it can be used; each sample says so in its notes. */
export const NOT_IN_SOURCE = '原文未见，示例补充'

export const NO_DIMENSION: DimensionRule = dimension(0)

export function sameClock(clause: string, startsAt: ClockRule['startsAt']): Readonly<Record<Level, ClockRule>> {
  const rule = { clause, startsAt }
  return { I: rule, II: rule, III: rule, IV: rule }
}

export function dimensions(
  some: Readonly<Partial<Record<Dimension, DimensionRule>>>,
): Readonly<Record<Dimension, DimensionRule>> {
  return {
    timeliness: NO_DIMENSION,
    completeness: NO_DIMENSION,
    truthfulness: NO_DIMENSION,
    discipline: NO_DIMENSION,
    filing: NO_DIMENSION,
    ...some,
  }
}

type Supplement = Pick<
  Regulation,
  | 'format'
  | 'notice'
  | 'effectiveFrom'
  | 'preReport'
  | 'followUps'
  | 'completeness'
  | 'absorbingMisreports'
  | 'filing'
  | 'items'
  | 'workload'
  | 'bonus'
  | 'total'
  | 'vetoes'
  | 'groups'
  | 'phoneCheck'
  | 'dueProcess'
>

/** What every published sample begins with; `clause` bears `NOT_IN_SOURCE`. */
export function supplement(clause: string): Supplement {
  return {
    format: 2,
    notice: '按公布的考核办法编写的示例，非该单位现行办法',
    effectiveFrom: null,
    preReport: null,
    followUps: [],
    completeness: [],
    absorbingMisreports: ['omitted', 'concealed'],
    filing: { clause, leadDays: 5, moveTo: 'none', forms: ['whereabouts', 'roster'] },
    items: null,
    workload: null,
    bonus: {
      clause,
      points: { instruction_national: 0, instruction_province: 0, instruction_city: 0, media: 0 },
      perEvent: 'all',
      maxPerPeriod: null,
    },
    total: { floor: null, cap: null },
    vetoes: [],
    groups: [],
    phoneCheck: { clause, maxRings: 3, maxSeconds: 15, attempts: 2, spacingSeconds: 180, callBackSeconds: 600 },
    dueProcess: { clause, explanationWorkingDays: 3, appealWorkingDays: 5 },
  }
}
