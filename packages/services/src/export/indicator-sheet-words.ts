import type { FunnelRow, Indicator, TreeBreak, TrendSignal } from '@zhidu/domain'
import type { ExportLanguage } from './exported-file.ts'

/** Words of the funnel and of a unit's series as files. */
export interface IndicatorSheetWords {
  readonly indicator: Readonly<Record<Indicator, string>>
  readonly funnelTitle: (group: string, quarter: string) => string
  readonly funnelHeader: readonly string[]
  readonly flag: Readonly<Record<FunnelRow['flag'], string>>
  readonly trendTitle: (unit: string, quarter: string) => string
  readonly trendHeader: readonly string[]
  readonly signal: Readonly<Record<TrendSignal, string>>
  readonly breaks: Readonly<Record<TreeBreak, string>>
  readonly unseen: (others: number) => string
  readonly notes: string
}

export const INDICATOR_SHEET_WORDS: Readonly<Record<ExportLanguage, IndicatorSheetWords>> = {
  'zh-CN': {
    indicator: { timeliness: '按时率', completeness: '要素完整率', checks: '抽查合格率', filings: '节假日报送按时率' },
    funnelTitle: (group, quarter) => `${group}漏斗图数据（${quarter}）`,
    funnelHeader: [
      '指标',
      '单位编码',
      '单位',
      '做到',
      '应做',
      '比率（%）',
      '95% 下限（%）',
      '95% 上限（%）',
      '全组（%）',
      '组内位置',
    ],
    flag: {
      in: '界限之内',
      low_alert: '低于 95% 界限',
      low_alarm: '低于 99.8% 界限',
      high_alert: '高于 95% 界限',
      high_alarm: '高于 99.8% 界限',
    },
    trendTitle: (unit, quarter) => `${unit}长期走势（至${quarter}）`,
    trendHeader: ['指标', '时段', '做到', '应做', '比率（%）', '下限（%）', '上限（%）', '全组（%）', '信号', '断点'],
    signal: {
      low_alarm: '低于 99.8% 界限',
      low_alert: '低于 95% 界限',
      high_alarm: '高于 99.8% 界限',
      high_alert: '高于 95% 界限',
      below_limit: '低于下限',
      above_limit: '高于上限',
      falling: '连降 7 点',
      rising: '连升 7 点',
      near_low: '3 点中 2 点靠近下限',
      near_high: '3 点中 2 点靠近上限',
      shift_low: '连续 7 点低于均值',
      shift_high: '连续 7 点高于均值',
    },
    breaks: { merged: '合并', split: '拆分', moved: '隶属或分组变动' },
    unseen: (others) => `其他 ${others} 家不在本辖区，不显示名称和件数。`,
    notes: '怎样读：',
  },
  en: {
    indicator: {
      timeliness: 'On-time rate',
      completeness: 'Elements given',
      checks: 'Checks passed',
      filings: 'Holiday filing on time',
    },
    funnelTitle: (group, quarter) => `Funnel plot data, ${group}, ${quarter}`,
    funnelHeader: [
      'Indicator',
      'Unit code',
      'Unit',
      'Done',
      'Owed',
      'Share (%)',
      'Low 95% (%)',
      'High 95% (%)',
      'Group (%)',
      'Place in the group',
    ],
    flag: {
      in: 'within the limits',
      low_alert: 'below the 95% limit',
      low_alarm: 'below the 99.8% limit',
      high_alert: 'above the 95% limit',
      high_alarm: 'above the 99.8% limit',
    },
    trendTitle: (unit, quarter) => `Long-term course of ${unit} to ${quarter}`,
    trendHeader: [
      'Indicator',
      'Period',
      'Done',
      'Owed',
      'Share (%)',
      'Low limit (%)',
      'High limit (%)',
      'Group (%)',
      'Signal',
      'Break',
    ],
    signal: {
      low_alarm: 'below the 99.8% limit',
      low_alert: 'below the 95% limit',
      high_alarm: 'above the 99.8% limit',
      high_alert: 'above the 95% limit',
      below_limit: 'below the lower limit',
      above_limit: 'above the upper limit',
      falling: '7 falls in a row',
      rising: '7 rises in a row',
      near_low: '2 of 3 near the lower limit',
      near_high: '2 of 3 near the upper limit',
      shift_low: '7 in a row below the mean',
      shift_high: '7 in a row above the mean',
    },
    breaks: { merged: 'merged', split: 'split', moved: 'moved or regrouped' },
    unseen: (others) => `${others} other units are out of reach; their names and counts are not shown.`,
    notes: 'How to read it:',
  },
}
