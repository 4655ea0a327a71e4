import type { DrawReport, Step, StepResult } from './verify-draw.ts'

export interface VerifyWords {
  readonly steps: Readonly<Record<Step, string>>
  readonly outcomes: Readonly<Record<StepResult['outcome'], string>>
  readonly genuine: string
  readonly failed: (step: string) => string
  readonly noKey: string
  readonly publicSeed: (what: string, where: string, value: string) => string
  readonly thisLanguage: string
  readonly heading: string
  readonly intro: string
  readonly choose: string
  readonly poolFile: string
  readonly certificateFile: string
  readonly keyFile: string
  readonly notChosen: string
  readonly step: string
  readonly outcome: string
  readonly detail: string
  readonly visits: string
  readonly unit: string
  readonly odds: string
  readonly wholeOdds: string
  readonly inspectors: string
  readonly substitutions: string
  readonly time: string
  readonly out: string
  readonly standIn: string
  readonly reason: string
  readonly by: string
  readonly nobodyLeft: string
  readonly chooseFile: string
  readonly due: string
  readonly noPair: string
  readonly certificateNumber: (id: string, head: string) => string
  readonly unreadable: (name: string) => string
}

export const VERIFY_WORDS: Readonly<Record<'zh-CN' | 'en', VerifyWords>> = {
  'zh-CN': {
    steps: {
      certificate_read: '证书格式',
      signature: '证书签名',
      key_trusted: '签名公钥',
      pool_hash: '名单库哈希值',
      pool_read: '名单库格式',
      facts: '证书所载与名单库一致',
      seed: '种子与事先公布的一致',
      rules: '覆盖规则',
      selection: '抽取结果',
      pairs: '督查员配对与回避',
      substitutions: '替补记录',
    },
    outcomes: { passed: '相符', failed: '不符', open: '未核' },
    genuine: '核验通过：重新计算的结果与证书完全一致。',
    failed: (step) => `核验不通过：“${step}”不符。`,
    noKey: '没有提供公钥：签名与证书自带的公钥相符，但这把公钥是不是本单位的，请用另外保存的公钥核对。',
    publicSeed: (what, where, value) => `请自行查对公开数：${what}；公布处：${where}；证书所载：${value}`,
    thisLanguage: '中文',
    heading: '抽取核验',
    intro: '选择或拖入名单库和证书两个文件，本页当场重新抽取一遍。不联网，文件不离开这台电脑。',
    choose: '把文件拖到这里，或逐个选择',
    poolFile: '名单库',
    certificateFile: '抽取证书',
    keyFile: '公钥（可不选）',
    notChosen: '未选择',
    step: '步骤',
    outcome: '结果',
    detail: '说明',
    visits: '现在应查的单位',
    unit: '单位',
    odds: '抽中那一步的机会（本单位签数 / 筒中签数）',
    wholeOdds: '全程被抽中的机会',
    inspectors: '督查员',
    substitutions: '替补记录',
    time: '时间（UTC）',
    out: '抽中未查',
    standIn: '替补',
    reason: '原因',
    by: '经办',
    nobodyLeft: '替补已用完',
    chooseFile: '选择文件',
    due: '到期必查',
    noPair: '无可配对的督查员',
    certificateNumber: (id, head) => `证书编号 ${id}，末条哈希值 ${head}`,
    unreadable: (name) => `读不了文件 ${name}。`,
  },
  en: {
    steps: {
      certificate_read: 'form of the certificate',
      signature: 'signature of the certificate',
      key_trusted: 'signing key',
      pool_hash: 'hash of the pool',
      pool_read: 'form of the pool',
      facts: 'certificate repeats the pool rightly',
      seed: 'seed is what was declared',
      rules: 'coverage rules',
      selection: 'units drawn',
      pairs: 'pairs of inspectors and recusal',
      substitutions: 'substitutions',
    },
    outcomes: { passed: 'fits', failed: 'does not fit', open: 'not checked' },
    genuine: 'Verified: computed again, everything comes out as the certificate says.',
    failed: (step) => `Not verified: “${step}” does not fit.`,
    noKey:
      'No key was given: the signature fits the key in the certificate; whether that key is the office’s own, check with one you kept.',
    publicSeed: (what, where, value) =>
      `Look up the public number yourself: ${what}; published at: ${where}; the certificate says: ${value}`,
    thisLanguage: 'English',
    heading: 'Verify a draw',
    intro:
      'Choose or drop the pool and the certificate; this page draws again, here and now. No network; the files stay on this machine.',
    choose: 'Drop the files here, or choose each',
    poolFile: 'Pool',
    certificateFile: 'Certificate',
    keyFile: 'Key (optional)',
    notChosen: 'none chosen',
    step: 'Step',
    outcome: 'Outcome',
    detail: 'Detail',
    visits: 'Units to visit now',
    unit: 'Unit',
    odds: 'Odds at its step (own slips / slips in the urn)',
    wholeOdds: 'Odds to be drawn at all',
    inspectors: 'Inspectors',
    substitutions: 'Substitutions',
    time: 'Time (UTC)',
    out: 'Drawn, not visited',
    standIn: 'Stands in',
    reason: 'Reason',
    by: 'By',
    nobodyLeft: 'no substitute left',
    chooseFile: 'Choose a file',
    due: 'due, had to be drawn',
    noPair: 'no pair possible',
    certificateNumber: (id, head) => `Certificate ${id}, hash of its last entry ${head}`,
    unreadable: (name) => `Cannot read ${name}.`,
  },
}

/** Sentences about a report beside its steps: the outcome, and what is left for people to look up. */
export function listSentences({ file, isGenuine, steps }: DrawReport, words: VerifyWords): readonly string[] {
  const failed = steps.find((one) => one.outcome === 'failed')
  if (!isGenuine) return [words.failed(words.steps[failed?.step ?? 'certificate_read'])]
  const isKeyOpen = steps.some(({ outcome, step }) => step === 'key_trusted' && outcome === 'open')
  const { declaration, value } = file?.certificate.seed ?? {}
  return [
    words.genuine,
    ...(isKeyOpen ? [words.noKey] : []),
    ...(declaration?.kind === 'public' && value?.kind === 'public'
      ? [words.publicSeed(declaration.what, declaration.where, value.value)]
      : []),
  ]
}
