const FONT = '"PingFang SC","Microsoft YaHei","Noto Sans CJK SC","Source Han Sans SC","Noto Sans SC",sans-serif'

/** Colours and type of every chart; visual.md §8. */
export const ZHIDU_THEME = {
  color: ['#1d5a9e', '#b64a0c', '#7d93ad', '#13755a', '#8a5700', '#686d76'],
  backgroundColor: 'transparent',
  textStyle: { fontFamily: FONT, fontSize: 12, color: '#686d76' },
  categoryAxis: { axisLine: { show: false }, axisTick: { show: false }, splitLine: { show: false } },
  valueAxis: { axisLine: { show: false }, splitLine: { lineStyle: { color: '#ebe9e4' } } },
  line: { symbolSize: 6, lineStyle: { width: 1.5 } },
  tooltip: { backgroundColor: '#fff', borderColor: '#cfccc5', textStyle: { color: '#1b1e23' } },
} as const

/** The colours that option builders take, by what they say. */
export const CHART_COLORS = {
  ink: '#1b1e23',
  inkSoft: '#686d76',
  loss: '#b64a0c',
  gain: '#1d5a9e',
  own: '#1d5a9e',
  peers: '#8a939e',
  link: '#9b9ea4',
  grid: '#ebe9e4',
} as const
