import { LEVELS, type Level } from '../facts/facts.ts'
import {
  type AppliesTo,
  type ClockRule,
  type CompletenessRule,
  type DeadlineRule,
  type DeductionRule,
  type Dimension,
  DIMENSIONS,
  type DimensionRule,
  type DutyLogRule,
  type FollowUpRule,
  type HonestCorrectionRule,
  type ItemRule,
  type ListsRule,
  type PreReportRule,
  type Regulation,
  type RegulationClause,
  type UnderstatementRule,
  type VetoRule,
  type WorkloadRule,
} from './regulation.ts'

/** The parts of a regulation in the order in which they are read. */
export const REGULATION_PARTS = [
  'basics',
  'clauses',
  'clocks',
  'deadlines',
  'preReport',
  'followUps',
  'completeness',
  'dimensions',
  'workload',
  'items',
  'deductions',
  'absorbingMisreports',
  'understatement',
  'honestCorrection',
  'lists',
  'dutyLog',
  'bonus',
  'total',
  'grades',
  'vetoes',
  'commendation',
  'groups',
  'filing',
  'phoneCheck',
  'dueProcess',
] as const
export type RegulationPart = (typeof REGULATION_PARTS)[number]

/** What the provisions of each part say. */
export interface ProvisionValues {
  readonly basics: Pick<Regulation, 'title' | 'notice' | 'source' | 'period'>
  readonly clauses: RegulationClause
  readonly clocks: ClockRule & { readonly level: Level }
  readonly deadlines: DeadlineRule
  readonly preReport: PreReportRule
  readonly followUps: FollowUpRule
  readonly completeness: CompletenessRule
  readonly dimensions: DimensionRule & { readonly dimension: Dimension }
  readonly workload: WorkloadRule
  readonly items: ItemRule
  readonly deductions: DeductionRule
  readonly absorbingMisreports: Regulation['absorbingMisreports']
  readonly understatement: UnderstatementRule
  readonly honestCorrection: HonestCorrectionRule
  readonly lists: ListsRule
  readonly dutyLog: DutyLogRule
  readonly bonus: Regulation['bonus']
  readonly total: Regulation['total']
  readonly grades: Regulation['grades']
  readonly vetoes: VetoRule
  readonly commendation: Regulation['commendation']
  readonly groups: Regulation['groups']
  readonly filing: Regulation['filing']
  readonly phoneCheck: Regulation['phoneCheck']
  readonly dueProcess: Regulation['dueProcess']
}

/** One thing that a regulation says. */
export type Provision = {
  [Part in RegulationPart]: {
    readonly part: Part
    /** What it is about, the same in every version: the fault and whom it is for. */
    readonly key: string
    /** The coarser half of the key: the fault alone. */
    readonly stem: string
    /** Id; null = the document as a whole. */
    readonly clause: string | null
    readonly value: ProvisionValues[Part]
  }
}[RegulationPart]

function scopeOf({ categories, levels, tiers }: AppliesTo): string {
  const all = (keys: readonly string[] | null): string => (keys === null ? '*' : [...keys].sort().join('+'))
  return `${all(levels)}/${all(categories)}/${all(tiers)}`
}

/** Everything a regulation says, in the order of its parts; parts that it does not have are left out. */
export function listProvisions(regulation: Regulation): Provision[] {
  const { bonus, clauses, clocks, commendation, dimensions, dueProcess, filing, grades, items } = regulation
  const { dutyLog, honestCorrection, lists, understatement } = regulation
  const { notice, period, phoneCheck, preReport, source, title, total, workload } = regulation
  const alone = (part: RegulationPart) => ({ key: part, stem: part })
  return [
    { part: 'basics', ...alone('basics'), clause: null, value: { title, notice, source, period } },
    ...clauses.map((value): Provision => ({ part: 'clauses', key: value.id, stem: value.id, clause: value.id, value })),
    ...LEVELS.map((level): Provision => {
      const value = { level, ...clocks[level] }
      return { part: 'clocks', key: level, stem: level, clause: value.clause, value }
    }),
    ...regulation.deadlines.map((value): Provision => {
      const stem = `${value.stage}/${value.channel}`
      return { part: 'deadlines', key: `${stem}/${scopeOf(value)}`, stem, clause: value.clause, value }
    }),
    ...(preReport === null
      ? []
      : [{ part: 'preReport' as const, ...alone('preReport'), clause: preReport.clause, value: preReport }]),
    ...regulation.followUps.map((value): Provision => ({
      part: 'followUps',
      key: scopeOf(value),
      stem: '',
      clause: value.clause,
      value,
    })),
    ...regulation.completeness.map((value): Provision => {
      const key = `${value.stage}/${scopeOf(value)}`
      return { part: 'completeness', key, stem: value.stage, clause: value.clause, value }
    }),
    ...DIMENSIONS.map((dimension): Provision => {
      const value = { dimension, ...dimensions[dimension] }
      return { part: 'dimensions', key: dimension, stem: dimension, clause: null, value }
    }),
    ...(workload === null
      ? []
      : [{ part: 'workload' as const, ...alone('workload'), clause: workload.clause, value: workload }]),
    ...(items === null ? [] : [{ part: 'items' as const, ...alone('items'), clause: items.clause, value: items }]),
    ...regulation.deductions.map((value): Provision => {
      const modes = value.dutyModes === null ? '*' : [...value.dutyModes].sort().join('+')
      const key = `${value.code}/${scopeOf(value)}/${modes}`
      return { part: 'deductions', key, stem: value.code, clause: value.clause, value }
    }),
    {
      part: 'absorbingMisreports',
      ...alone('absorbingMisreports'),
      clause: null,
      value: regulation.absorbingMisreports,
    },
    ...(understatement === undefined
      ? []
      : [
          {
            part: 'understatement' as const,
            ...alone('understatement'),
            clause: understatement.clause,
            value: understatement,
          },
        ]),
    ...(honestCorrection === undefined
      ? []
      : [
          {
            part: 'honestCorrection' as const,
            ...alone('honestCorrection'),
            clause: honestCorrection.clause,
            value: honestCorrection,
          },
        ]),
    ...(lists === undefined ? [] : [{ part: 'lists' as const, ...alone('lists'), clause: lists.clause, value: lists }]),
    ...(dutyLog === undefined
      ? []
      : [{ part: 'dutyLog' as const, ...alone('dutyLog'), clause: dutyLog.clause, value: dutyLog }]),
    { part: 'bonus', ...alone('bonus'), clause: bonus.clause, value: bonus },
    { part: 'total', ...alone('total'), clause: null, value: total },
    { part: 'grades', ...alone('grades'), clause: grades.clause, value: grades },
    ...regulation.vetoes.map((value): Provision => {
      const key = [...value.misreports].sort().join('+')
      return { part: 'vetoes', key, stem: '', clause: value.clause, value }
    }),
    { part: 'commendation', ...alone('commendation'), clause: commendation.clause, value: commendation },
    { part: 'groups', ...alone('groups'), clause: null, value: regulation.groups },
    { part: 'filing', ...alone('filing'), clause: filing.clause, value: filing },
    { part: 'phoneCheck', ...alone('phoneCheck'), clause: phoneCheck.clause, value: phoneCheck },
    { part: 'dueProcess', ...alone('dueProcess'), clause: dueProcess.clause, value: dueProcess },
  ]
}
