import type { CaveatTable, QualityAgreement, QualityLeniency } from '@zhidu/contract'
import type { ExportLanguage } from '../export/exported-file.ts'

type Part = Extract<CaveatTable, 'coverage' | 'load' | 'agreement' | 'leniency' | 'upper'>
export const QUALITY_SHEETS = ['coverage', 'load', 'agreement', 'leniency', 'upper'] as const satisfies readonly Part[]

/** Words of the five sheets. */
export interface QualitySheetWords {
  readonly title: (office: string, quarter: string) => string
  readonly sheet: Readonly<Record<Part, string>>
  readonly since: (quarter: string) => string
  readonly header: Readonly<Record<Part, readonly string[]>>
  readonly word: Readonly<Record<QualityAgreement['word'], string>>
  readonly leniency: Readonly<Record<QualityLeniency['word'], string>>
  readonly standing: Readonly<Record<'broken' | 'due' | 'monthExceeded' | 'nightExceeded', string>>
  readonly anyFinding: string
  readonly join: string
}

const AGREEMENT_ZH = ['相同', '对数', '相同 95% 下限', '相同 95% 上限', 'AC1', 'AC1 下限', 'AC1 上限', 'κ', '结论']
const AGREEMENT_EN = [
  'Same',
  'Pairs',
  'Same, low 95%',
  'Same, high 95%',
  'AC1',
  'AC1 low',
  'AC1 high',
  'Kappa',
  'Verdict',
]

export const QUALITY_SHEET_WORDS: Readonly<Record<ExportLanguage, QualitySheetWords>> = {
  'zh-CN': {
    title: (office, quarter) => `${office}抽查质量（${quarter}）`,
    sheet: { coverage: '覆盖与负担', load: '督查员负荷', agreement: '一致性', leniency: '宽严', upper: '上级复核' },
    since: (quarter) => `自${quarter}起`,
    header: {
      coverage: [
        '单位编码',
        '单位',
        '考核分组',
        '计入',
        '电话',
        '视频',
        '实地',
        '夜查',
        '最多一月',
        '待认定',
        '未查成',
        '复核',
        '距上次（天）',
        '占用（分）',
        '有时间的次数',
        '总次数',
        '按规则',
      ],
      load: ['督查员', '人次', '夜查', '占用（分）', '有时间的次数', '路程（公里）', '查得最多的单位', '次数'],
      agreement: ['清单', '问项或问题', ...AGREEMENT_ZH],
      leniency: ['督查员', '抽查', '发现', '应有', '偶然下限', '偶然上限', 'p', '结论'],
      upper: [
        '单位编码',
        '下级单位',
        ...AGREEMENT_ZH,
        '下级没发现',
        '其中上级发现',
        '答案相同',
        '答案对数',
        '相隔（天，中位）',
        '待复核',
      ],
    },
    word: { agrees: '一致', unclear: '分不清', disagrees: '不一致', few: '样本少' },
    leniency: { strict: '偏严', lenient: '偏宽', unclear: '看不出差别', alone: '没有别人查过同类', few: '样本少' },
    standing: { broken: '早该查', due: '本季该查', monthExceeded: '月次数超限', nightExceeded: '夜查超限' },
    anyFinding: '有无问题',
    join: '、',
  },
  en: {
    title: (office, quarter) => `Quality of inspection, ${office}, ${quarter}`,
    sheet: {
      coverage: 'Coverage and burden',
      load: 'Load',
      agreement: 'Agreement',
      leniency: 'Leniency',
      upper: 'Upper re-checks',
    },
    since: (quarter) => `Since ${quarter}`,
    header: {
      coverage: [
        'Unit code',
        'Unit',
        'Peer group',
        'Counted',
        'Phone',
        'Video',
        'On site',
        'By night',
        'Most in a month',
        'Undecided',
        'Inconclusive',
        'Second',
        'Days since last',
        'Minutes',
        'With a time',
        'Visits',
        'By the rules',
      ],
      load: ['Inspector', 'Visits', 'By night', 'Minutes', 'With a time', 'Way (km)', 'Unit checked most', 'Times'],
      agreement: ['List', 'Item or finding', ...AGREEMENT_EN],
      leniency: ['Inspector', 'Checks', 'Found', 'Expected', 'Luck, low', 'Luck, high', 'p', 'Verdict'],
      upper: [
        'Unit code',
        'Office below',
        ...AGREEMENT_EN,
        'Nothing found below',
        'Of these found here',
        'Same answers',
        'Answers compared',
        'Days apart (median)',
        'To be made',
      ],
    },
    word: { agrees: 'agree', unclear: 'cannot tell', disagrees: 'disagree', few: 'few' },
    leniency: {
      strict: 'strict',
      lenient: 'lenient',
      unclear: 'no difference seen',
      alone: 'nobody else checked the like',
      few: 'few',
    },
    standing: {
      broken: 'overdue',
      due: 'due this quarter',
      monthExceeded: 'above the month’s limit',
      nightExceeded: 'above the limit of nights',
    },
    anyFinding: 'Any finding',
    join: ', ',
  },
}
